from django.apps import AppConfig


class ThrottleConfig(AppConfig):
    name = "cove.kernel.throttle"
    label = "throttle"

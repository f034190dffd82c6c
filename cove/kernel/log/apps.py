from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "cove.kernel.log"
    label = "log"

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "cove.engine.tracking"
    label = "tracking"

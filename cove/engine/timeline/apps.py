from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "cove.engine.timeline"
    label = "timeline"

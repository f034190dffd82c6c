from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "cove.cockpit.insight"
    label = "insight"

from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "cove.engine.automation"
    label = "automation"

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "cove.edge"
    label = "edge"

from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "cove.engine.audiences"
    label = "audiences"

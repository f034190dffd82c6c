from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "cove.directory.privacy"
    label = "privacy"

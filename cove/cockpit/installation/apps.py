from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "cove.cockpit.installation"
    label = "installation"

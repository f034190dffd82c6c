from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "cove.directory.org"
    label = "org"

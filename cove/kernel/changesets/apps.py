from django.apps import AppConfig


class ChangesetsConfig(AppConfig):
    name = "cove.kernel.changesets"
    label = "changesets"

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cove.directory.people"
    label = "people"

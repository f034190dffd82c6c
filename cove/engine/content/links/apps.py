from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "cove.engine.content.links"
    label = "links"

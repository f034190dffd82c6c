from django.apps import AppConfig


class SignpostsConfig(AppConfig):
    name = "cove.kernel.signposts"
    label = "signposts"

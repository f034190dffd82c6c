from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cove.kernel.files"
    label = "files"

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cove.kernel.jobs"
    label = "jobs"

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "cove.cockpit.workbench"
    label = "workbench"

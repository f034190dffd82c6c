from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "cove.engine.channels.doctor"
    label = "doctor"

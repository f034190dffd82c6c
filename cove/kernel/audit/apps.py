from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cove.kernel.audit"
    label = "audit"

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "cove.kernel.mail"
    label = "mail"

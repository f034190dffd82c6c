from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "cove.engine.channels.email"
    label = "email"

    def ready(self) -> None:
        """Declare the kinds of outward acts."""
        from cove.engine.channels.email.outbound import mails  # noqa: F401 -- declared by import

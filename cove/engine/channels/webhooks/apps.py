from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "cove.engine.channels.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Declare the kind of outward act."""
        from cove.engine.channels.webhooks import outbound  # noqa: F401 -- declared by import

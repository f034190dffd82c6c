from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "cove.engine.channels.credits"
    label = "credits"

    def ready(self) -> None:
        """Let the gate ask this purse."""
        from cove.engine.channels.credits.commands import purse  # noqa: F401 -- declared by import

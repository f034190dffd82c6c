from django.apps import AppConfig


class WeComConfig(AppConfig):
    name = "cove.engine.channels.wecom"
    label = "wecom"

    def ready(self) -> None:
        """Declare the kinds of outward acts."""
        from cove.engine.channels.wecom import outbound

        outbound.declare()

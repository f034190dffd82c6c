from django.apps import AppConfig


class AdsConfig(AppConfig):
    name = "cove.engine.channels.ads"
    label = "ads"

    def ready(self) -> None:
        """Declare the kinds of outward acts."""
        from cove.engine.channels.ads import outbound

        outbound.declare()

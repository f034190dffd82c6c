from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "cove.engine.channels.sms"
    label = "sms"

    def ready(self) -> None:
        """Declare the kinds of outward acts."""
        from cove.engine.channels.sms import outbound

        outbound.declare()

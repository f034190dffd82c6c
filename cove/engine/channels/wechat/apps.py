from django.apps import AppConfig


class WechatConfig(AppConfig):
    name = "cove.engine.channels.wechat"
    label = "wechat"

    def ready(self) -> None:
        """Declare the kinds of outward acts."""
        from cove.engine.channels.wechat import outbound

        outbound.declare()

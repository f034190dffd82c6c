from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "cove.engine.channels.delivery"
    label = "delivery"

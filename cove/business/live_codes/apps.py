from django.apps import AppConfig


class LiveCodesConfig(AppConfig):
    name = "cove.business.live_codes"
    label = "live_codes"

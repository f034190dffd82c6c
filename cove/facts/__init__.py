"""Floor 1: what can happen. One file an owner, every fact in the past tense, with its label and caption in both languages.

What a member, a rule, a webhook or a timeline can know about is in these files and nowhere else.
"""

from importlib import import_module

OWNERS = (
    "org",
    "people",
    "wecom",
    "wecom_staff",
    "wecom_support",
    "wechat",
    "live_codes",
    "tracking",
    "delivery",
    "privacy",
    "links",
    "messages",
    "doctor",
    "email",
    "sms",
    "ads",
    "credits",
    "webhooks",
)


def load_catalogue() -> None:
    """Import every owner's facts so that the catalogue is whole."""
    for owner in OWNERS:
        import_module(f"cove.facts.{owner}")

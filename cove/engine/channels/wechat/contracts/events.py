"""Which events and messages a callback may bring (C2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

QR_PREFIX = "qrscene_"
FORMS = {"text": "text", "image": "image", "voice": "voice", "video": "video", "shortvideo": "video", "link": "link"}
MENU_EVENTS = frozenset(
    {"CLICK", "VIEW", "view_miniprogram", "scancode_push", "scancode_waitmsg"}
    | {"pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"}
)
SUBSCRIPTIONS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}
PERSONAL = MENU_EVENTS | SUBSCRIPTIONS.keys() | {"subscribe", "unsubscribe", "SCAN", "TEMPLATESENDJOBFINISH"}
"""Events whose sender is a person; others come from the account itself."""


def is_personal(event: Mapping[str, Any]) -> bool:
    """Tell whether a callback is about the person who sent it."""
    return event.get("MsgType") != "event" or event.get("Event") in PERSONAL

"""What a message of customer service says, whatever kind it is (document 94670). The only place that knows the fields of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cove.engine.channels.wecom.contracts.support import KfMessage

MOST_TEXT = 4000
MOST_TARGET = 2048
MOST_NATIVE = 64


@dataclass(frozen=True, slots=True)
class Heard:
    """As `cove.facts.messages.MessageReceived` has it: the form, the text or title, what it leads to, the file, the platform's word."""

    form: str
    text: str = ""
    target: str = ""
    media_id: str = ""
    native: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How to read a kind: its form here, the fields that make its text, those that say where it leads, the one that names its file."""

    form: str
    texts: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    media: str = "media_id"
    between: str = " "


def heard(message: KfMessage) -> Heard:
    """Return what a message says; a kind that nobody knows keeps its name and whatever looks like its title."""
    said = message.said()
    kind = _KINDS.get(message.msgtype)
    if kind is None:
        text = _first(said, "title", "content", "name", "nickname")
        return Heard("other", text[:MOST_TEXT], media_id=_text(said, "media_id"), native=message.msgtype[:MOST_NATIVE])
    form = "menu" if message.msgtype == "text" and said.get("menu_id") else kind.form
    text, target = _joined(said, kind.texts), _joined(said, kind.target, kind.between)
    return Heard(form, text[:MOST_TEXT], target[:MOST_TARGET], _text(said, kind.media))


def _text(said: Mapping[str, Any], name: str) -> str:
    """Return a field as text; the platform gives an order number or a product list in more than one type."""
    found = said.get(name)
    if isinstance(found, list):
        return " ".join(str(one) for one in found)
    return str(found) if isinstance(found, str | int | float) else ""


def _first(said: Mapping[str, Any], *names: str) -> str:
    return next((found for name in names if (found := _text(said, name))), "")


def _joined(said: Mapping[str, Any], names: Sequence[str], between: str = " ") -> str:
    return between.join(filter(None, (_text(said, name) for name in names)))


_KINDS: Mapping[str, _Kind] = {
    "text": _Kind("text", ("content",)),
    "image": _Kind("image"),
    "voice": _Kind("voice"),
    "video": _Kind("video"),
    "file": _Kind("file"),
    "location": _Kind("location", ("name", "address"), ("latitude", "longitude"), between=","),
    "link": _Kind("link", ("title",), ("url",)),
    "business_card": _Kind("business_card", (), ("userid",)),
    "miniprogram": _Kind("miniprogram", ("title",), ("appid", "pagepath"), "thumb_media_id"),
    "msgmenu": _Kind("menu", ("head_content",)),
    "channels": _Kind("channels", ("nickname", "title")),
    "channels_shop_product": _Kind("product", ("title",), ("product_id",)),
    "channels_shop_order": _Kind("order", ("product_titles",), ("order_id",)),
    "merged_msg": _Kind("history", ("title",)),
}

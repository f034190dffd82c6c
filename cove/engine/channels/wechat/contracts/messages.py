"""What a message of an account may be: a text, a picture, a card with a link, an article, or a card of a mini-program (C4).

Kept as {"form": …, …} in replies and orders; `on_the_wire` makes the platform's form of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.kernel.words import Words

LONGEST_TEXT = 2048
"""Bytes; the platform says 45002 to more."""

MOST_REPLIES = 3
"""As many as the shortest window allows."""

FORMS: dict[str, tuple[str, ...]] = {
    "text": ("content",),
    "image": ("media_id",),
    "link": ("title", "description", "url", "picture"),
    "article": ("article_id",),
    "mini": ("title", "app_id", "path", "media_id"),
}
_OPTIONAL = frozenset({"description", "picture"})
_MISSING = Words("请填写消息内容", "Fill in what the message says")
_FORM = Words("不支持的消息类型", "There is no such form of message")
_LONG = Words("文字最多 2048 字节（约 680 个汉字）", "A text has at most 2,048 bytes")
_URL = Words("请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://")


def fault_of(message: Mapping[str, Any]) -> Words | None:
    """Return what is wrong with a message, None if nothing is."""
    names = FORMS.get(str(message.get("form")))
    if names is None:
        return _FORM
    values = {name: str(message.get(name) or "").strip() for name in names}
    if any(not value and name not in _OPTIONAL for name, value in values.items()):
        return _MISSING
    if len(values.get("content", "").encode()) > LONGEST_TEXT:
        return _LONG
    if any(values.get(name) and not values[name].startswith(("http://", "https://")) for name in ("url", "picture")):
        return _URL
    return None


def cleaned(message: Mapping[str, Any]) -> dict[str, str]:
    """Return a message with the fields of its form and no others."""
    form = str(message["form"])
    return {"form": form} | {name: str(message.get(name) or "").strip() for name in FORMS[form]}


def on_the_wire(message: Mapping[str, str]) -> dict[str, Any]:
    """Return the platform's form of a message."""
    form = message["form"]
    if form == "text":
        return {"msgtype": "text", "text": {"content": message["content"]}}
    if form == "image":
        return {"msgtype": "image", "image": {"media_id": message["media_id"]}}
    if form == "link":
        article = {name: message[name] for name in ("title", "description", "url")} | {"picurl": message["picture"]}
        return {"msgtype": "news", "news": {"articles": [article]}}
    if form == "article":
        return {"msgtype": "mpnewsarticle", "mpnewsarticle": {"article_id": message["article_id"]}}
    card = {"title": message["title"], "appid": message["app_id"], "pagepath": message["path"]}
    return {"msgtype": "miniprogrampage", "miniprogrampage": card | {"thumb_media_id": message["media_id"]}}

"""What a message to customers consists of: text and attachments. Source: WeCom documents 92137, 92135, 92366, 95094."""

from typing import Any

from sandbox.wecom.errors import PlatformError
from sandbox.wecom.media import MESSAGE, MOMENT, living
from sandbox.wecom.requests import Call

MOST_ATTACHMENTS = 9
TEXT_BYTES = 4000
# The largest sizes of the texts in a link or mini-program card, in bytes.
CARD_BYTES = {
    "link": {"title": 128, "picurl": 2048, "desc": 512, "url": 2048},
    "miniprogram": {"title": 64},
}
KINDS = ("image", "link", "miniprogram", "video", "file")
MEDIA_OF = {"image": "image", "video": "video", "file": "file"}


def text_of(call: Call, *, most: int = TEXT_BYTES) -> str:
    """Return the text of a message, empty without one; 45002 when it has more than `most` bytes."""
    given = call.body.get("text") or {}
    if not isinstance(given, dict):
        raise PlatformError(40058, "text")
    text = Call(call.world, {}, given).text("content")
    if len(text.encode()) > most:
        raise PlatformError(45002)
    return text


def attachments_of(call: Call) -> list[dict[str, Any]]:
    """Return the attachments as they came; 41064 for too many, 41065 for wrong ones, 40007 for media that is not there (any more)."""
    given = call.body.get("attachments") or []
    if not isinstance(given, list):
        raise PlatformError(41065)
    if len(given) > MOST_ATTACHMENTS:
        raise PlatformError(41064)
    for item in given:
        check_attachment(call, item)
    return given


def check_attachment(call: Call, item: Any, *, purpose: int = MESSAGE) -> None:
    """Refuse an attachment that is not one."""
    kind = item.get("msgtype") if isinstance(item, dict) else None
    body = item.get(kind) if isinstance(kind, str) else None
    if kind not in KINDS or not isinstance(body, dict):
        raise PlatformError(41065)
    if any(len(str(body.get(name, "")).encode()) > most for name, most in CARD_BYTES.get(kind, {}).items()):
        raise PlatformError(41065)
    if kind == "link" and not ((body.get("title") or purpose == MOMENT) and body.get("url")):
        raise PlatformError(41065)
    if kind == "image" and not (body.get("media_id") or body.get("pic_url")):
        raise PlatformError(41065)
    if kind == "miniprogram":
        if not all(body.get(name) for name in ("title", "appid", "page")):
            raise PlatformError(41065)
        _check_media(call, body.get("pic_media_id"), "image", purpose)
    if kind in ("video", "file") or (kind == "image" and body.get("media_id")):
        _check_media(call, body.get("media_id"), MEDIA_OF[kind], purpose)
    if kind == "link" and purpose == MOMENT:
        _check_media(call, body.get("media_id"), "image", purpose)


def _check_media(call: Call, media_id: Any, kind: str, purpose: int) -> None:
    if not isinstance(media_id, str) or living(call.world, call.corp_id, media_id, kind=kind, purpose=purpose) is None:
        raise PlatformError(40007)


def pieces(text: str, attachments: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Return a message as the single messages that a phone shows."""
    found: list[tuple[str, dict[str, Any]]] = [("text", {"content": text})] if text else []
    return found + [(one["msgtype"], one[one["msgtype"]]) for one in attachments]

"""What an application may send in customer service, kind by kind. Source: WeCom documents 94677, 95122."""

from collections.abc import Callable
from typing import Any

from sandbox.wecom.directory import member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.media import MESSAGE, living
from sandbox.wecom.requests import Call

TEXT_BYTES = 2048
MOST_ENTRIES = 10
# Sizes in bytes of UTF-8. What is too long here is cut off, not refused.
CUT = {"title": 128, "desc": 512}
MINI_TITLE = 64
URL_BYTES = 2048
MENU_BYTES = 1024
# The texts of each kind of entry, with the most bytes of each.
ENTRIES: dict[str, dict[str, int]] = {
    "click": {"id": 64, "content": 128},
    "view": {"url": URL_BYTES, "content": MENU_BYTES},
    "miniprogram": {"appid": 32, "pagepath": MENU_BYTES, "content": MENU_BYTES},
    "text": {"content": 256},
}
# UNCONFIRMED: which of 95008 and 95009 is for what; both are about menus (fact sheet B16).
BAD_MENU = 95008
BAD_ENTRY = 95009
Body = dict[str, Any]


def checked(call: Call, kind: str) -> Body:
    """Return the content of a message as a phone gets it; 40008, 40007, 40058, 40063, 45002, 60111, 95008 or 95009 for a wrong one."""
    body = call.body.get(kind)
    check = CHECKS.get(kind)
    if check is None or not isinstance(body, dict):
        raise PlatformError(40008)
    return check(call, body)


def _inner(call: Call, body: Body) -> Call:
    return Call(call.world, {}, body, call.app)


def _text(call: Call, body: Body) -> Body:
    if not 0 < len(_inner(call, body).text("content").encode()) <= TEXT_BYTES:
        raise PlatformError(45002)
    return body


def _file(kind: str) -> Callable[[Call, Body], Body]:
    def check(call: Call, body: Body) -> Body:
        _living(call, _inner(call, body).required("media_id"), kind)
        return body

    return check


def _living(call: Call, media_id: str, kind: str) -> None:
    if living(call.world, call.corp_id, media_id, kind=kind, purpose=MESSAGE) is None:
        raise PlatformError(40007)


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _link(call: Call, body: Body) -> Body:
    said = _inner(call, body)
    title, url, desc = said.required("title"), said.required("url"), said.text("desc")
    if not url.startswith(("http://", "https://")) or len(url.encode()) > URL_BYTES:
        raise PlatformError(40058, "url")
    _living(call, said.required("thumb_media_id"), "image")
    return body | {"title": _cut(title, CUT["title"]), "desc": _cut(desc, CUT["desc"])}


def _miniprogram(call: Call, body: Body) -> Body:
    said = _inner(call, body)
    said.required("appid")
    said.required("pagepath")
    _living(call, said.required("thumb_media_id"), "image")
    return body | {"title": _cut(said.text("title"), MINI_TITLE)}


def _menu(call: Call, body: Body) -> Body:
    said, entries = _inner(call, body), body.get("list") or []
    if any(len(said.text(name).encode()) > MENU_BYTES for name in ("head_content", "tail_content")):
        raise PlatformError(BAD_MENU)
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_ENTRIES:
        raise PlatformError(BAD_MENU)
    for entry in entries:
        _entry(entry)
    return body


def _entry(entry: Any) -> None:
    kind = entry.get("type") if isinstance(entry, dict) else None
    inside = entry.get(kind) if isinstance(kind, str) else None
    if kind not in ENTRIES or not isinstance(inside, dict):
        raise PlatformError(BAD_ENTRY)
    for name, most in ENTRIES[kind].items():
        # An entry that answers may do without an id of its own.
        needed = (kind, name) != ("click", "id")
        given = inside.get(name, "" if not needed else None)
        if not isinstance(given, str) or len(given.encode()) > most or (needed and not given):
            raise PlatformError(BAD_ENTRY)


def _location(_call: Call, body: Body) -> Body:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not degrees(body.get(name), most):
            raise PlatformError(40058, name)
    return body


def degrees(given: Any, most: int) -> bool:
    """Whether it is a number of degrees, `most` at most to either side."""
    return isinstance(given, int | float) and not isinstance(given, bool) and abs(given) <= most


def _business_card(call: Call, body: Body) -> Body:
    if member_of(call.world, call.corp_id, _inner(call, body).required("userid")) is None:
        raise PlatformError(60111)
    return body


def _acquisition_link(call: Call, body: Body) -> Body:
    # UNCONFIRMED: with which number a link of somebody else is refused.
    slug = _inner(call, body).required("link_url").partition("?")[0].rpartition("/ca/")[2]
    row = call.storage.row(
        "SELECT 1 FROM acquisition_links WHERE corp_id=? AND slug=? AND deleted=0", call.corp_id, slug
    )
    if row is None:
        raise PlatformError(40058, "link_url")
    return body


CHECKS: dict[str, Callable[[Call, Body], Body]] = {
    "text": _text,
    "image": _file("image"),
    "voice": _file("voice"),
    "video": _file("video"),
    "file": _file("file"),
    "link": _link,
    "miniprogram": _miniprogram,
    "msgmenu": _menu,
    "location": _location,
    "business_card": _business_card,
    "ca_link": _acquisition_link,
}

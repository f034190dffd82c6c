"""What visitors send to customer service from their phones, in the shapes in which kf/sync_msg tells it (document 94670)."""

import secrets
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from sandbox.people import support
from sandbox.people.errors import RefusedError, missing
from sandbox.pictures import avatar_svg
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.directory import member_of
from sandbox.wecom.kf_contents import degrees
from sandbox.world import World

MOST_FILE_BYTES = 20 * 1024 * 1024
MOST_TEXT = 200
Body = dict[str, Any]


def send_card(world: World, pusher: Pusher, person_id: int, open_kfid: str, kind: str, given: Body) -> None:
    """Send a place, a link, a mini-program's card or a member's; RefusedError bad_card for what a phone could not send.

    `given`: location {name, address, latitude, longitude}, link {url, title, desc}, miniprogram {app_id, page}, business_card {userid}.
    """
    make = CARDS.get(kind)
    if make is None:
        raise RefusedError("bad_card", f"One of {', '.join(CARDS)} can be sent.")
    of = support.account(world, open_kfid)
    support.say(world, pusher, open_kfid, person_id, kind, make(world, of, given))


def send_file(
    world: World, pusher: Pusher, person_id: int, open_kfid: str, content_type: str, content: bytes, name: str
) -> None:
    """Send a file; what it is, picture, video, voice or just a file, its content type says. RefusedError bad_file."""
    if not 0 < len(content) <= MOST_FILE_BYTES:
        raise RefusedError("bad_file", "A file has at most 20 MB.")
    kind = FILES.get(content_type.partition("/")[0], "file")
    of = support.account(world, open_kfid)
    body = {"media_id": _kept(world, of, kind, content_type or "application/octet-stream", content, name)}
    support.say(world, pusher, open_kfid, person_id, kind, body)


def _kept(world: World, of: Row, kind: str, content_type: str, content: bytes, name: str) -> str:
    media_id = "3" + secrets.token_urlsafe(48)
    columns: Row = {"kind": kind, "name": name[:MOST_TEXT] or kind, "content_type": content_type, "content": content}
    world.storage.insert("media", media_id=media_id, corp_id=of["corp_id"], created_at=world.now(), **columns)
    return media_id


def _text(given: Body, name: str, *, needed: bool = False) -> str:
    text = given.get(name, "")
    if not isinstance(text, str) or len(text) > MOST_TEXT or (needed and not text.strip()):
        raise RefusedError("bad_card", f"{name} is a text of at most {MOST_TEXT} characters.")
    return text.strip()


def _location(_world: World, _of: Row, given: Body) -> Body:
    place: Body = {}
    for name, most in (("latitude", 90), ("longitude", 180)):
        place[name] = given.get(name)
        if not degrees(place[name], most):
            raise RefusedError("bad_card", f"{name} is a number of degrees.")
    return place | {"name": _text(given, "name"), "address": _text(given, "address", needed=True)}


def _link(_world: World, _of: Row, given: Body) -> Body:
    url = given.get("url")
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise RefusedError("bad_card", "url is the address of a page.")
    title = _text(given, "title") or str(urlsplit(url).hostname)
    return {"title": title, "desc": _text(given, "desc"), "url": url, "pic_url": ""}


def _mini(world: World, of: Row, given: Body) -> Body:
    row = world.storage.row("SELECT * FROM wx_apps WHERE app_id=? AND kind!='official'", _text(given, "app_id"))
    if row is None:
        raise missing("mini-program")
    picture = avatar_svg(row["name"], zlib.crc32(row["app_id"].encode())).encode()
    thumb = _kept(world, of, "image", "image/svg+xml", picture, row["name"])
    page = _text(given, "page") or "pages/index"
    return {"title": row["name"], "appid": row["app_id"], "pagepath": page, "thumb_media_id": thumb}


def _business_card(world: World, of: Row, given: Body) -> Body:
    member = member_of(world, of["corp_id"], _text(given, "userid", needed=True))
    if member is None:
        raise missing("member")
    return {"userid": member["userid"]}


FILES = {"image": "image", "video": "video", "audio": "voice"}
CARDS: dict[str, Callable[[World, Row, Body], Body]] = {
    "location": _location,
    "link": _link,
    "miniprogram": _mini,
    "business_card": _business_card,
}

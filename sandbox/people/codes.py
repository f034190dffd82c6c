"""What a link or a QR picture means on a phone."""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit, urlunsplit

import httpx

from sandbox.people import minis
from sandbox.people.acquiring import slug_with_channel, way_of_link
from sandbox.people.errors import RefusedError
from sandbox.people.persons import person
from sandbox.people.support import account
from sandbox.storage import Row
from sandbox.wechat.codes import living_code
from sandbox.wecom.contact_ways import link_of
from sandbox.world import World

LOOPBACK = re.compile(r"^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|::1)$")
FRIEND_LINK = re.compile(r"^/ca/(\w+)$")
GROUP_LINK = re.compile(r"^/gm/(\w+)$")
SERVICE_LINK = re.compile(r"^/kf/([\w-]+)$")
ACCOUNT_LINK = re.compile(r"^/weixin/q/[\w-]+$")
# Addresses of the platform that a phone does not open as a page.
PHONE_LINK = re.compile(r"^/(ca/\w+|gm/\w+|kf/[\w-]+|weixin/(q/[\w-]+|mini/.+))$")
PICTURE = re.compile(r"^/wwpic/(\w+)\.png$")
MOST_PICTURE_BYTES = 4 * 1024 * 1024
MOST_URL_CHARACTERS = 4096
PICTURE_SECONDS = 10


@dataclass(frozen=True)
class Meaning:
    """What a scanned text is: kind contact (a contact way), group, official, service, mini, web (a page) or text.

    `found` is the platform's row behind it; of a mini-program `path` and `query` say what it shows.
    """

    kind: str
    url: str = ""
    way: Row | None = None
    found: Row = field(default_factory=dict)
    path: str = ""
    query: str = ""


def split(url: str) -> SplitResult:
    """Return the parts of an http address; RefusedError bad_url when it is none."""
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or len(url) > MOST_URL_CHARACTERS:
        raise RefusedError("bad_url", "This is not an address of a web page.")
    return parts


def is_loopback(parts: SplitResult) -> bool:
    """Whether an address lies on this machine."""
    return bool(LOOPBACK.match((parts.hostname or "").lower()))


def is_own(world: World, parts: SplitResult) -> bool:
    """Whether an address is the sandbox's own."""
    public = urlsplit(world.settings.base_url)
    if (parts.hostname, parts.port) == (public.hostname, public.port):
        return True
    return is_loopback(parts) and (parts.port or 80) == world.settings.port


def meaning(world: World, text: str) -> Meaning:
    """Return what a scanned or typed text means."""
    link = minis.behind_link(world, text.strip())
    if link is not None:
        return Meaning("mini", text, found={"app_id": link["app_id"]}, path=link["path"], query=link["query"])
    try:
        parts = split(text)
    except RefusedError:
        return Meaning("text")
    if not is_own(world, parts):
        return Meaning("web", text.strip())
    return _own_meaning(world, parts, text.strip())


def _own_meaning(world: World, parts: SplitResult, text: str) -> Meaning:
    path = parts.path
    if found := FRIEND_LINK.match(path):
        way = living_way(world, slug=slug_with_channel(found[1], parts.query))
        return Meaning("contact", text, way)
    if found := GROUP_LINK.match(path):
        return Meaning("group", text, found=_living_join_way(world, found[1]))
    if ACCOUNT_LINK.match(path):
        code = living_code(world, url=f"{world.settings.base_url}{path}")
        if code is None:
            raise RefusedError("code_gone", "This code is unknown or has ended.", 410)
        return Meaning("official", text, found=code)
    if found := SERVICE_LINK.match(path):
        return Meaning("service", text, found=account(world, found[1]), query=parts.query)
    if mini := minis.in_address(text):
        return Meaning("mini", text, found={"app_id": mini[0]}, path=unquote(mini[1]), query=mini[2])
    return Meaning("web", text)


def _living_join_way(world: World, slug: str) -> Row:
    found = world.storage.row("SELECT * FROM join_ways WHERE slug=? AND deleted=0", slug)
    if found is None:
        raise RefusedError("code_gone", "This code no longer works.", 410)
    return found


def living_way(world: World, *, slug: str) -> Row:
    """Return the contact way, or the acquisition link, behind a friend link; RefusedError code_gone when there is none."""
    link = way_of_link(world, slug)
    if link is not None:
        return link
    found = world.storage.row("SELECT * FROM contact_ways WHERE slug=? AND deleted=0", slug)
    if found is None:
        raise RefusedError("code_gone", "This code no longer works.", 410)
    return found | {"fields": json.loads(found["fields"])}


def note_scan(world: World, person_id: int, url: str) -> None:
    """Keep what a phone scanned last."""
    world.storage.insert("scans", person_id=person_id, url=url, at=world.now())


async def recognise(world: World, person_id: int, picture_url: str) -> str | None:
    """Return the text inside a QR picture, or None.

    Pictures are known by their address, else by their bytes: only the sandbox's own can be read.
    """
    if picture_url.startswith("data:"):
        return _by_bytes(world, _inline(picture_url))
    parts = split(picture_url)
    known = PICTURE.match(parts.path)
    if known and is_own(world, parts):
        slug = world.storage.value("SELECT slug FROM contact_ways WHERE slug=?", known[1])
        if slug:
            return link_of(world, slug)
    target = _real_address(world, person_id, parts)
    return _by_bytes(world, await _fetch(world, target)) if target else None


def _real_address(world: World, person_id: int, parts: SplitResult) -> str | None:
    if re.match(rf"^p{person_id}\.([a-z]+\.)?localhost$", parts.hostname or ""):
        origin = urlsplit(person(world, person_id)["origin"])
        parts = parts._replace(scheme=origin.scheme, netloc=origin.netloc)
    return urlunsplit(parts) if is_loopback(parts) else None


def _by_bytes(world: World, picture: bytes) -> str | None:
    wanted = hashlib.sha256(picture).hexdigest()
    slug = world.storage.value("SELECT slug FROM contact_ways WHERE picture_sha256=?", wanted)
    if slug:
        return link_of(world, slug)
    found = world.storage.value("SELECT text FROM drawn_codes WHERE sha256=?", wanted)
    return str(found) if found else None


def _inline(url: str) -> bytes:
    head, _, data = url.partition(",")
    try:
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    except binascii.Error:
        return b""


async def _fetch(world: World, url: str) -> bytes:
    picture = b""
    try:
        async with world.client.stream("GET", url, timeout=PICTURE_SECONDS) as response:
            async for piece in response.aiter_bytes():
                picture += piece
                if len(picture) > MOST_PICTURE_BYTES:
                    return b""
    except httpx.HTTPError:
        return b""
    return picture

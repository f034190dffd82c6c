"""Uploaded files. Source: WeCom documents 90253 (temporary media), 90256 (pictures), 95098 (attachments)."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

LIFETIME_SECONDS = 3 * 86400
LEAST_BYTES = 5
MEGABYTE = 1024 * 1024
MOST_BYTES = {"image": 10 * MEGABYTE, "voice": 2 * MEGABYTE, "video": 10 * MEGABYTE, "file": 20 * MEGABYTE}
MOST_PICTURE_BYTES = 2 * MEGABYTE
MESSAGE, MOMENT, ALBUM = 0, 1, 2
DAY_SECONDS, MONTH_SECONDS = 86400, 30 * 86400
PICTURES_A_DAY, PICTURES_A_MONTH = 1000, 3000


@dataclass(frozen=True)
class Upload:
    """The file of a multipart body."""

    name: str
    content_type: str
    content: bytes


def upload(call: Call) -> dict[str, Any]:
    """POST media/upload?type=: a temporary file for messages; `created_at` is a text here."""
    kind = call.parameter("type")
    if kind not in MOST_BYTES:
        raise PlatformError(40004)
    media_id = _keep(call, kind, MESSAGE, MOST_BYTES[kind])
    return {"type": kind, "media_id": media_id, "created_at": str(call.world.now())}


def upload_attachment(call: Call) -> dict[str, Any]:
    """POST media/upload_attachment?media_type=&attachment_type=: a file for moments or albums; `created_at` is a number here."""
    kind, purpose = call.parameter("media_type"), call.parameter("attachment_type")
    if kind not in ("image", "video", "file"):
        raise PlatformError(40004)
    if purpose not in ("1", "2"):
        raise PlatformError(40058, "attachment_type")
    media_id = _keep(call, kind, int(purpose), MOST_BYTES[kind])
    return {"type": kind, "media_id": media_id, "created_at": call.world.now()}


def upload_picture(call: Call) -> dict[str, Any]:
    """POST media/uploadimg: a picture with an address that stays; 1000 a day and 3000 a month (document 90256)."""
    count = "SELECT count(*) FROM media WHERE corp_id=? AND kind='picture' AND created_at>?"
    for span, most in ((DAY_SECONDS, PICTURES_A_DAY), (MONTH_SECONDS, PICTURES_A_MONTH)):
        if call.storage.value(count, call.corp_id, call.world.now() - span) >= most:
            raise PlatformError(45009)
    media_id = _keep(call, "picture", MESSAGE, MOST_PICTURE_BYTES)
    return {"url": f"{call.world.settings.base_url}/wwmedia/{media_id}"}


def download(call: Call) -> Response:
    """GET media/get: the bytes of a temporary file, a part of them where a range is asked for; 40007 when unknown or over."""
    found = living(call.world, call.corp_id, call.parameter("media_id"))
    if found is None:
        raise PlatformError(40007)
    return Response(
        found["content"],
        media_type=found["content_type"],
        headers={"content-disposition": f'attachment; filename="{found["media_id"]}"'},
    )


def living(world: World, corp_id: str, media_id: str, *, kind: str = "", purpose: int | None = None) -> Row | None:
    """Return a file of this corp that has not ended, of the kind and purpose if they are given; None if there is none."""
    found = world.storage.row("SELECT * FROM media WHERE media_id=? AND corp_id=?", media_id, corp_id)
    if found is None or (kind and found["kind"] != kind):
        return None
    if purpose is not None and found["purpose"] != purpose:
        return None
    return found if world.now() - found["created_at"] < LIFETIME_SECONDS else None


def _keep(call: Call, kind: str, purpose: int, most: int) -> str:
    given = call.upload
    if given is None:
        raise PlatformError(44001)
    if len(given.content) <= LEAST_BYTES:
        raise PlatformError(40006)
    if len(given.content) > most:
        raise PlatformError(40009 if kind in ("image", "picture") else 40006)
    media_id = "3" + secrets.token_urlsafe(48) + hashlib.sha256(given.content).hexdigest()[:8]
    call.storage.insert(
        "media",
        media_id=media_id,
        corp_id=call.corp_id,
        kind=kind,
        purpose=purpose,
        name=given.name,
        content_type=given.content_type,
        content=given.content,
        created_at=call.world.now(),
    )
    return media_id

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.errors import NoAnswer

MediaKind = Literal["image", "voice", "video", "file"]
LIFETIME = timedelta(days=3)
MESSAGE, MOMENT, ALBUM = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way to the platform."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


async def upload_media(line: Line, kind: MediaKind, file: Upload, *, purpose: int = MESSAGE) -> tuple[str, datetime]:
    """Upload a file for messages (document 90253), moments or albums (95098); return its media id and when it ends, after three days.

    `created_at` is a text in the one answer and a number in the other.
    """
    if purpose == MESSAGE:
        document = await line.upload("media/upload", file, type=kind)
    else:
        document = await line.upload("media/upload_attachment", file, media_type=kind, attachment_type=purpose)
    try:
        made = datetime.fromtimestamp(int(document["created_at"]), UTC)
        return str(document["media_id"]), made + LIFETIME
    except (KeyError, ValueError, TypeError, OverflowError) as error:
        raise NoAnswer(reason="no media_id in the answer") from error


async def upload_picture(line: Line, file: Upload) -> str:
    """Upload a picture that stays and return its address (document 90256); at most 2 MB, 1000 a day."""
    document = await line.upload("media/uploadimg", file)
    return str(document.get("url") or "")


async def download_media(line: Line, media_id: str) -> bytes:
    """Return the bytes of a temporary file (document 90254); 40007 when it has ended."""
    return await line.download("media/get", media_id=media_id)

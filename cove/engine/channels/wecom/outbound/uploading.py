"""Files of ours on their way into a message: uploaded when it goes out, and again when the platform has forgotten them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.media import MESSAGE, MediaKind, Upload, upload_media
from cove.engine.channels.wecom.commands.media import keep_media
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.store import open_file

MARGIN = timedelta(hours=1)
BAD_MEDIA = 40007
ENOUGH_SECONDS = 20.0
"""For all files of a message; what the platform took by then is known to the next try."""


async def media_ids(line: Line, file_ids: Sequence[int], *, purpose: int = MESSAGE) -> dict[int, str]:
    """Return what the platform calls these files. Raises WeComError 40007 for a file that is gone here, Unreachable.

    An upload whose answer is lost leaves no doubt about the message, which has not left: it may be tried again.
    """
    try:
        async with asyncio.timeout(ENOUGH_SECONDS):
            return {file_id: await _media_id(line, file_id, purpose) for file_id in file_ids}
    except (NoAnswer, TimeoutError) as error:
        raise Unreachable(base_url=line.credentials.base_url) from error


async def _media_id(line: Line, file_id: int, purpose: int) -> str:
    who, corp_id = Actor.system(line.credentials.tenant_id), line.credentials.corp_id
    until = clock.now() + MARGIN
    known = await off_loop(queries.media, who, file_id=file_id, purpose=purpose, corp_id=corp_id, until=until)
    if known:
        return known
    file = await off_loop(_read, who, file_id)
    media_id, expires_at = await upload_media(line, _kind(file.content_type), file, purpose=purpose)
    await off_loop(
        keep_media, who, file_id=file_id, purpose=purpose, corp_id=corp_id, media_id=media_id, expires_at=expires_at
    )
    return media_id


def _read(actor: Actor, file_id: int) -> Upload:
    found = open_file(actor, file_id)
    if found is None:
        raise WeComError(BAD_MEDIA)
    row, handle = found
    with handle:
        return Upload(row.name, row.media_type, handle.read())


def _kind(content_type: str) -> MediaKind:
    if content_type.startswith("image/"):
        return "image"
    return "video" if content_type.startswith("video/") else "file"

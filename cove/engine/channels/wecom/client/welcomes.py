from __future__ import annotations

from collections.abc import Mapping

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.contracts.contents import Content

WINDOW_SECONDS = 20


async def send_welcome(
    line: Line, *, welcome_code: str, content: Content, media_ids: Mapping[int, str] | None = None
) -> None:
    """Send a new friend his welcome: the code works once, within 20 seconds of its event (document 92137).

    Text of at most 4000 bytes, at most nine attachments; `media_ids` are what the platform calls our files.
    """
    body = {"welcome_code": welcome_code, **content.body(dict(media_ids or {}))}
    await line.post("externalcontact/send_welcome_msg", body)

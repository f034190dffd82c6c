from __future__ import annotations

from cove.engine.channels.wecom.client.line import Line

WINDOW_SECONDS = 20


async def send_welcome(line: Line, *, welcome_code: str, text: str) -> None:
    """Send a new friend his welcome: the code works once, within 20 seconds of its event (document 92137). `text` at most 4000 bytes."""
    await line.post("externalcontact/send_welcome_msg", {"welcome_code": welcome_code, "text": {"content": text}})

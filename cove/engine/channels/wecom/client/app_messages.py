from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.errors import WeComError

BAD_AGENT_ID = 40056
TITLE_BYTES, TEXT_BYTES = 128, 512


async def send_card(line: Line, *, userids: Sequence[str], title: str, text: str, url: str) -> list[str]:
    """Send members a card of our application that leads to `url`; return the userids that it did not reach (document 90236).

    At most 1000 userids. Title and text are cut to what the platform takes. The same card to the same member within half an hour is
    dropped by the platform, so that a message whose answer was lost may be sent again.
    """
    agent_id = line.credentials.agent_id
    if not agent_id.isdecimal():
        raise WeComError(BAD_AGENT_ID)
    body = {
        "touser": "|".join(userids),
        "msgtype": "textcard",
        "agentid": int(agent_id),
        "textcard": {"title": cut(title, TITLE_BYTES), "description": cut(text or title, TEXT_BYTES), "url": url},
        "enable_duplicate_check": 1,
    }
    document = await line.post("message/send", body)
    unreached = f"{document.get('invaliduser') or ''}|{document.get('unlicenseduser') or ''}"
    return [userid for userid in unreached.split("|") if userid]


def cut(text: str, size: int) -> str:
    """Return as much of `text` as fits into `size` bytes of UTF-8, with an ellipsis where something was cut."""
    plain = text.encode()
    if len(plain) <= size:
        return text
    return plain[: size - 3].decode(errors="ignore") + "…"

"""Cards with buttons to members (documents 90236, 94888)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.app_messages import BAD_AGENT_ID
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.errors import WeComError

MOST_BUTTONS = 6


async def send_buttons(
    line: Line, *, userids: Sequence[str], title: str, text: str, task_id: str, buttons: Sequence[tuple[str, str]]
) -> str:
    """Send members a card with up to six buttons (key, text); return the code that changes it once.

    What somebody presses comes as the event `template_card_event` with `task_id`, unique and of letters, digits and ``_-@``.
    """
    card = {
        "card_type": "button_interaction",
        "main_title": {"title": title, "desc": text},
        "task_id": task_id,
        "button_list": [{"text": label, "key": key, "style": 1} for key, label in buttons[:MOST_BUTTONS]],
    }
    body: dict[str, Any] = {
        "touser": "|".join(userids),
        "msgtype": "template_card",
        "agentid": _agent(line),
        "template_card": card,
        "enable_duplicate_check": 1,
    }
    return str((await line.post("message/send", body)).get("response_code") or "")


async def close_buttons(line: Line, *, response_code: str, userids: Sequence[str], text: str) -> None:
    """Grey the buttons of a card and put `text` in their place. A code works once."""
    body: dict[str, Any] = {
        "userids": list(userids),
        "agentid": _agent(line),
        "response_code": response_code,
        "button": {"replace_name": text},
    }
    await line.post("message/update_template_card", body)


def _agent(line: Line) -> int:
    agent_id = line.credentials.agent_id
    if not agent_id.isdecimal():
        raise WeComError(BAD_AGENT_ID)
    return int(agent_id)

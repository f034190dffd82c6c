from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cove.engine.channels.wechat.client.line import Line


async def send_message(line: Line, *, openid: str, message: Mapping[str, Any]) -> None:
    """Send a customer-service message (custom/send, C4); `message` is its `msgtype` with the content under that name."""
    await line.post("cgi-bin/message/custom/send", {"touser": openid, **message})


async def show_typing(line: Line, *, openid: str, typing: bool) -> None:
    """Show that somebody writes, or no longer."""
    body = {"touser": openid, "command": "Typing" if typing else "CancelTyping"}
    await line.post("cgi-bin/message/custom/typing", body)


async def send_template(
    line: Line, *, openid: str, template_id: str, data: Mapping[str, str], url: str, mini: Mapping[str, str], key: str
) -> str:
    """Send a template message (C5); return the number under which TEMPLATESENDJOBFINISH tells what became of it.

    `mini` (appid, pagepath) comes before `url` where both are given. A second one with the same `key` within ten minutes is dropped there.
    """
    body: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": _values(data), "client_msg_id": key}
    body |= {"url": url} if url else {}
    body |= {"miniprogram": dict(mini)} if mini else {}
    document = await line.post("cgi-bin/message/template/send", body)
    return str(document.get("msgid", ""))


async def send_subscription(
    line: Line, *, openid: str, template_id: str, data: Mapping[str, str], page: str, mini: Mapping[str, str]
) -> None:
    """Send a subscription notice of an official account (subscribe/bizsend, C5); subscribe_msg_sent_event tells what became of it."""
    body: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": _values(data)}
    body |= {"page": page} if page else {}
    body |= {"miniprogram": dict(mini)} if mini else {}
    await line.post("cgi-bin/message/subscribe/bizsend", body)


async def send_mini_subscription(
    line: Line, *, openid: str, template_id: str, data: Mapping[str, str], page: str
) -> None:
    """Send a subscription notice of a mini-program (subscribe/send, C9)."""
    body = {
        "touser": openid,
        "template_id": template_id,
        "data": _values(data),
        "page": page,
        "miniprogram_state": "formal",
        "lang": "zh_CN",
    }
    await line.post("cgi-bin/message/subscribe/send", body)


def _values(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in data.items()}

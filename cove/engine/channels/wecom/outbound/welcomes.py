from __future__ import annotations

from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Refused, Verdict, kinds
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.welcomes import send_welcome
from cove.engine.channels.wecom.commands.welcomes import tell_welcome
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.uploading import BAD_MEDIA, media_ids
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _send(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    content, names = await _there(line, Content(text=said["text"], attachments=said.get("attachments") or ()))
    await send_welcome(line, welcome_code=said["welcome_code"], content=content, media_ids=names)
    return {"attachments": [part.model_dump(mode="json") for part in content.attachments]}


async def _there(line: Line, content: Content) -> tuple[Content, dict[int, str]]:
    """Leave out files that are gone: within its seconds a welcome without its picture is better than none."""
    names: dict[int, str] = {}
    for file_id in content.file_ids():
        try:
            names |= await media_ids(line, [file_id])
        except WeComError as error:
            if error.errcode != BAD_MEDIA:
                raise
    parts = tuple(part for part in content.attachments if part.file_id is None or part.file_id in names)
    return Content(text=content.text, attachments=parts), names


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    if not order.payload["welcome_code"]:
        return Refused("no_code")
    return await _send(order, http)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    tell_welcome(
        actor,
        contact_id=said["contact_id"],
        member_id=said["member_id"],
        member_name=said["member_name"],
        text=said["text"],
        # Where the answer was lost nobody knows what was left out, if anything.
        attachments=verdict.result.get("attachments", said.get("attachments") or []),
        verdict=verdict,
    )


SEND_WELCOME = kinds.add(
    "wecom.send_welcome",
    Kind(
        "wecom.send_welcome",
        Words("发送欢迎语", "Send a welcome"),
        # The platform takes each code once (41051 the second time), so within the window asking again cannot greet twice.
        Again.REFUSED,
        _perform,
        _settle,
        done_before=frozenset({"already_chatting"}),
    ),
)

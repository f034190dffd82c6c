from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wechat.client import mini
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands.entries import note_entry_made
from cove.engine.channels.wechat.contracts.quotas import MINI_CODES, MINI_LINKS
from cove.engine.channels.wechat.errors import WechatNoAnswer
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.uploads.kinds import PICTURES, kind_of
from cove.kernel.words import Words

MOST_PICTURE = 2_000_000


@performed
async def _make_code(line: Line, order: Order) -> dict[str, Any]:
    picture = await mini.make_mini_code(line, scene=order.payload["said"], page=order.payload["page"])
    if len(picture) > MOST_PICTURE or kind_of(picture) not in PICTURES:
        raise WechatNoAnswer(reason="no picture")
    return {"picture": b64encode(picture).decode()}


@performed
async def _make_address(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    make = mini.make_url_link if said["form"] == "link" else mini.make_scheme
    return {"address": await make(line, path=said["page"], query=said["said"], days=said["days"])}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    done = verdict.result if verdict.state is State.SENT else {}
    note_entry_made(
        actor,
        wechat_entry_id=order.payload["entry_id"],
        picture=b64decode(done.get("picture", "")),
        address=done.get("address", ""),
        problem=verdict.trouble,
    )


MAKE_MINI_CODE = kinds.add(
    "wechat.make_mini_code",
    Kind(
        "wechat.make_mini_code",
        Words("生成小程序码", "Make a mini-program code"),
        Again.HARMLESS,
        _make_code,
        _settle,
        channel="",
        quotas=(MINI_CODES,),
    ),
)
MAKE_MINI_LINK = kinds.add(
    "wechat.make_mini_link",
    Kind(
        "wechat.make_mini_link",
        Words("生成小程序链接", "Make an address of a mini-program"),
        # A second address leads to the same page.
        Again.HARMLESS,
        _make_address,
        _settle,
        channel="",
        quotas=(MINI_LINKS,),
    ),
)

from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wechat.client.codes import make_code
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands.codes import note_made
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _perform(line: Line, order: Order) -> dict[str, Any]:
    made = await make_code(line, scene=order.payload["scene"], seconds=order.payload["seconds"])
    return {"ticket": made.ticket, "url": made.url, "seconds": made.expire_seconds or 0}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    done = verdict.result if verdict.state is State.SENT else {}
    note_made(
        actor,
        scene_code_id=order.payload["scene_code_id"],
        ticket=done.get("ticket", ""),
        url=done.get("url", ""),
        seconds=done.get("seconds", 0),
        problem=verdict.trouble,
    )


MAKE_CODE = kinds.add(
    "wechat.make_code",
    Kind(
        "wechat.make_code",
        Words("生成公众号二维码", "Make a scene code"),
        # The same scene gives the same permanent code again.
        Again.HARMLESS,
        _perform,
        _settle,
        channel="",
    ),
)

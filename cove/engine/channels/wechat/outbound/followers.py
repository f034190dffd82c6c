from __future__ import annotations

from datetime import datetime
from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wechat.client.followers import read_follower
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.commands.events import take_answer
from cove.engine.channels.wechat.contracts.answers import UserInfo
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _perform(line: Line, order: Order) -> dict[str, Any]:
    return {"info": (await read_follower(line, order.payload["openid"])).model_dump()}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    # A platform that does not answer keeps nobody from being a contact: he is one without his unionid, until he is asked after again.
    said = order.payload
    take_answer(
        actor,
        account_id=said["account_id"],
        openid=said["openid"],
        info=understood(UserInfo, verdict.result["info"]) if verdict.state is State.SENT else None,
        event=said["event"],
        at=datetime.fromisoformat(said["at"]) if said["at"] else clock.now(),
        key=order.key,
    )


FETCH_FOLLOWER = kinds.add(
    "wechat.fetch_follower",
    Kind(
        "wechat.fetch_follower",
        Words("读取公众号粉丝资料", "Read who a follower is"),
        Again.HARMLESS,
        _perform,
        _settle,
        channel="",
    ),
)

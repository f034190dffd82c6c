from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wecom.client.directory import get_user
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.friends import FriendNews
from cove.engine.channels.wecom.commands.members import take_over_user
from cove.engine.channels.wecom.contracts.answers import User
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _fetch(line: Line, order: Order) -> dict[str, Any]:
    user = await get_user(line, order.payload["userid"])
    return {"user": user.model_dump(mode="json")}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    user = User.model_validate(verdict.result["user"]) if verdict.state is State.SENT else None
    said, then = order.payload, order.payload["then"]
    news = FriendNews.from_payload(then) if then else None
    take_over_user(actor, user=user, userid=said["userid"], was=said["was"], then=news)


FETCH_MEMBER = kinds.add(
    "wecom.fetch_member",
    Kind("wecom.fetch_member", Words("获取成员详情", "Fetch a member"), Again.HARMLESS, _fetch, _settle),
)

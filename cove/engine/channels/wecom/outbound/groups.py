from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Later, Order, Outcome, Sent, State, Verdict, kinds
from cove.engine.channels.wecom.client.groups import (
    add_join_way,
    delete_join_way,
    get_group,
    get_join_way,
    update_join_way,
)
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.groups import Left, take_over_group
from cove.engine.channels.wecom.commands.join_ways import tell_join_way
from cove.engine.channels.wecom.contracts.groups import GroupChat
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.quotas import calls
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

# A group is told as it was before for about two seconds after its event (fact sheet A5); then whatever is told is taken.
LAG_SECONDS = 2.0
MOST_LAGS = 3


@performed
async def _read(line: Line, order: Order) -> dict[str, Any]:
    read_at = clock.now()
    chat = await get_group(line, order.payload["chat_id"])
    return {"chat": chat.model_dump(mode="json"), "read_at": read_at.isoformat()}


async def _fetch(order: Order, http: httpx.AsyncClient) -> Outcome:
    outcome = await _read(order, http)
    wanted = order.payload["version"]
    late = isinstance(outcome, Sent) and wanted and outcome.result["chat"]["member_version"] != wanted
    if late and order.setbacks < MOST_LAGS:
        return Later("not_told_yet", seconds=LAG_SECONDS, retries=MOST_LAGS)
    return outcome


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        left = order.payload["left"]
        take_over_group(
            actor,
            chat=GroupChat.model_validate(verdict.result["chat"]),
            read_at=datetime.fromisoformat(verdict.result["read_at"]),
            left=Left.from_payload(left) if left else None,
        )


@performed
async def _make(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    way = await add_join_way(
        line,
        chat_ids=said["chat_ids"],
        state=said["state"],
        remark=said["remark"],
        new_groups=said["new_groups"],
        first_number=said["first_number"],
    )
    return {"config_id": way.config_id, "qr_url": way.qr_code, "chat_ids": way.chat_id_list}


def _settle_made(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    tell_join_way(actor, key=said["key"], state=said["state"], verdict=verdict)


@performed
async def _change(line: Line, order: Order) -> None:
    said = order.payload
    # The platform overwrites everything, so what is not changed here is sent as it stands there.
    now = await get_join_way(line, said["config_id"])
    await update_join_way(
        line,
        said["config_id"],
        chat_ids=said["chat_ids"],
        state=now.state,
        remark=now.remark,
        new_groups=now.room_base_name if now.auto_create_room else "",
        first_number=now.room_base_id,
    )


@performed
async def _remove(line: Line, order: Order) -> None:
    await delete_join_way(line, order.payload["config_id"])


FETCH_GROUP_CALLS = calls("fetch_group", "获取客户群详情", "details of groups")
FETCH_GROUP = kinds.add(
    "wecom.fetch_group",
    Kind(
        "wecom.fetch_group",
        Words("获取客户群详情", "Fetch a customer group"),
        Again.HARMLESS,
        _fetch,
        _settle,
        quotas=FETCH_GROUP_CALLS,
    ),
)
MAKE_JOIN_WAY = kinds.add(
    "wecom.make_join_way",
    # A lost answer may leave a code that nobody knows: it costs one of 500,000 and is seen by no one.
    Kind("wecom.make_join_way", Words("生成群活码", "Make a group code"), Again.HARMLESS, _make, _settle_made),
)
CHANGE_JOIN_WAY = kinds.add(
    "wecom.change_join_way",
    Kind("wecom.change_join_way", Words("修改群活码", "Change a group code"), Again.HARMLESS, _change),
)
REMOVE_JOIN_WAY = kinds.add(
    "wecom.remove_join_way",
    Kind("wecom.remove_join_way", Words("删除群活码", "Remove a group code"), Again.HARMLESS, _remove),
)

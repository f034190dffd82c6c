from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat.client import followers
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands import tags
from cove.engine.channels.wechat.contracts.tags import A_CALL
from cove.engine.channels.wechat.errors import WechatError
from cove.engine.channels.wechat.outbound.performing import performed
from cove.engine.channels.wechat.queries.publishing import openids
from cove.engine.channels.wechat.queries.tags import number_of_tag
from cove.kernel.actor import Actor
from cove.kernel.words import Words

BAD_TAG = 45159


async def _number(order: Order) -> int:
    number = await off_loop(number_of_tag, Actor.system(order.tenant_id), order.payload["tag_row_id"])
    if number is None:
        raise WechatError(BAD_TAG, "the platform never made this tag")
    return int(number)


@performed
async def _make(line: Line, order: Order) -> dict[str, Any]:
    # Whoever asks again after a lost answer finds it made.
    name = order.payload["name"]
    there = {one.name: one.id for one in await followers.list_tags(line)}
    return {"number": there.get(name) or (await followers.create_tag(line, name)).id}


@performed
async def _rename(line: Line, order: Order) -> None:
    await followers.rename_tag(line, await _number(order), order.payload["name"])


@performed
async def _remove(line: Line, order: Order) -> None:
    number = await _number(order)
    try:
        await followers.delete_tag(line, number)
    except WechatError as error:
        # Gone already is what was wanted.
        if error.errcode != BAD_TAG:
            raise


@performed
async def _tag(line: Line, order: Order) -> None:
    said, number = order.payload, await _number(order)
    who = await off_loop(openids, Actor.system(order.tenant_id), said["account_id"], said["contact_ids"])
    change = followers.put_tag if said["put"] else followers.take_tag_off
    for start in range(0, len(who), A_CALL):
        await change(line, number, who[start : start + A_CALL])


def _settle_made(actor: Actor, order: Order, verdict: Verdict) -> None:
    number = verdict.result.get("number") if verdict.state is State.SENT else None
    tags.note_tag_made(actor, wechat_tag_id=order.payload["tag_row_id"], number=number, problem=verdict.trouble)


def _settle_renamed(actor: Actor, order: Order, verdict: Verdict) -> None:
    tags.note_tag_renamed(actor, wechat_tag_id=order.payload["tag_row_id"], problem=verdict.trouble)


def _settle_removed(actor: Actor, order: Order, verdict: Verdict) -> None:
    tags.note_tag_removed(actor, wechat_tag_id=order.payload["tag_row_id"], problem=verdict.trouble)


def _settle_tagged(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    tags.note_tagged(
        actor,
        wechat_tag_id=said["tag_row_id"],
        contact_ids=said["contact_ids"],
        put=said["put"],
        problem=verdict.trouble,
    )


_KINDS = (
    ("wechat.make_tag", Words("新建公众号粉丝标签", "Make a tag of followers"), _make, _settle_made),
    ("wechat.rename_tag", Words("重命名公众号粉丝标签", "Rename a tag of followers"), _rename, _settle_renamed),
    ("wechat.remove_tag", Words("删除公众号粉丝标签", "Remove a tag of followers"), _remove, _settle_removed),
    ("wechat.tag_followers", Words("给公众号粉丝打标签", "Tag followers"), _tag, _settle_tagged),
)
for _key, _words, _perform, _settle in _KINDS:
    kinds.add(_key, Kind(_key, _words, Again.HARMLESS, _perform, _settle, channel=""))

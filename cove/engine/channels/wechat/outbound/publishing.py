from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat.client import publishing
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands.mass import note_mass_sent
from cove.engine.channels.wechat.commands.publishing import note_submitted
from cove.engine.channels.wechat.contracts.mass import on_the_wire
from cove.engine.channels.wechat.contracts.quotas import FEWEST, MASS_CALLS, PREVIEWS
from cove.engine.channels.wechat.errors import WechatError
from cove.engine.channels.wechat.outbound.performing import performed
from cove.engine.channels.wechat.queries.publishing import openids
from cove.kernel.actor import Actor
from cove.kernel.words import Words

BAD_OPENID = 40003


@performed
async def _mass(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    going = [one for one in said["contact_ids"] if one not in order.left_out]
    who = await off_loop(openids, Actor.system(order.tenant_id), said["account_id"], going)
    if len(who) < FEWEST:
        # The platform takes no list of one.
        raise WechatError(BAD_OPENID, "too few are left")
    key = f"cove-{order.tenant_id}-{order.id}"
    msg_id = await publishing.send_to_some(line, message=on_the_wire(said["message"]), openids=who, key=key)
    return {"msg_id": msg_id}


def _settle_mass(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_mass_sent(
        actor,
        part_id=order.payload["part_id"],
        key=order.key,
        contact_ids=order.payload["contact_ids"],
        left_out=order.left_out,
        verdict=verdict,
    )


@performed
async def _preview(line: Line, order: Order) -> None:
    said = order.payload
    who = await off_loop(openids, Actor.system(order.tenant_id), said["account_id"], [said["contact_id"]])
    if not who:
        raise WechatError(BAD_OPENID, "he follows no longer")
    await publishing.preview(line, message=on_the_wire(said["message"]), openid=who[0])


@performed
async def _publish(line: Line, order: Order) -> dict[str, Any]:
    return {"publish_id": await publishing.publish_draft(line, order.payload["media_id"])}


def _settle_publish(actor: Actor, order: Order, verdict: Verdict) -> None:
    sent = verdict.state is State.SENT
    note_submitted(
        actor,
        draft_id=order.payload["draft_id"],
        publish_id=verdict.result.get("publish_id", "") if sent else "",
        problem=verdict.trouble,
    )


SEND_MASS = kinds.add(
    "wechat.mass_send",
    Kind(
        "wechat.mass_send",
        Words("公众号群发", "Send a mass message"),
        # Our number of the call (clientmsgid) makes the platform refuse a second one.
        Again.REFUSED,
        _mass,
        _settle_mass,
        done_before=frozenset({"already_sent"}),
        purpose="marketing",
        channel="official_account",
        quotas=(MASS_CALLS,),
    ),
)
PREVIEW_MASS = kinds.add(
    "wechat.mass_preview",
    Kind(
        "wechat.mass_preview",
        Words("预览公众号群发", "Preview a mass message"),
        Again.UNSAFE,
        _preview,
        channel="official_account",
        quotas=(PREVIEWS,),
    ),
)
PUBLISH_DRAFT = kinds.add(
    "wechat.publish_draft",
    Kind(
        "wechat.publish_draft",
        Words("发布公众号图文", "Publish a draft"),
        # A second call finds no draft any more, or makes a second article.
        Again.UNSAFE,
        _publish,
        _settle_publish,
        channel="",
    ),
)

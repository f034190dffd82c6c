from __future__ import annotations

from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Later, Order, Outcome, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import moments
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.moments import note_moment_asked, note_moment_made, note_moment_members
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.tasks import MomentMember, MomentReactions
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.quotas import MOMENTS
from cove.engine.channels.wecom.outbound.tags import platform_ids
from cove.engine.channels.wecom.outbound.uploading import media_ids
from cove.engine.channels.wecom.troubles import trouble_of
from cove.kernel.actor import Actor
from cove.kernel.words import Words

JOB_SECONDS = 5.0
JOB_RETRIES = 60


@performed
async def _make(line: Line, order: Order) -> dict[str, Any]:
    row = await off_loop(queries.moment, Actor.system(order.tenant_id), order.payload["row_id"])
    content = Content.model_validate(row.content)
    names = await media_ids(line, content.file_ids(), purpose=moments.PURPOSE)
    tags = await platform_ids(line, row.tag_ids) if row.tag_ids else []
    jobid = await moments.add_moment(line, body=content.body(names), userids=row.userids, tag_ids=tags)
    return {"jobid": jobid}


def _settle_asked(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_moment_asked(actor, row_id=order.payload["row_id"], verdict=verdict)


@performed
async def _job(line: Line, order: Order) -> dict[str, Any]:
    job = await moments.moment_job(line, order.payload["jobid"])
    return {"status": job.status, "moment_id": job.result.moment_id, "errcode": job.result.errcode}


async def _read_job(order: Order, http: httpx.AsyncClient) -> Outcome:
    outcome = await _job(order, http)
    if isinstance(outcome, Sent) and outcome.result["status"] != moments.DONE:
        return Later("still_dispatching", seconds=JOB_SECONDS, retries=JOB_RETRIES)
    return outcome


def _settle_made(actor: Actor, order: Order, verdict: Verdict) -> None:
    sent, errcode = verdict.state is State.SENT, verdict.errcode
    found = verdict.result if sent else {}
    if found and found["errcode"]:
        errcode = found["errcode"]
    reason = "" if found and not found["errcode"] else trouble_of(errcode).reason if errcode else verdict.reason
    moment_id = found.get("moment_id", "") if not reason else ""
    note_moment_made(actor, row_id=order.payload["row_id"], moment_id=moment_id, reason=reason, errcode=errcode)


@performed
async def _members(line: Line, order: Order) -> dict[str, Any]:
    moment_id = order.payload["moment_id"]
    found = await moments.list_members(line, moment_id)
    published = [one.userid for one in found if one.publish_status]
    reactions = {userid: await _reactions(line, moment_id, userid) for userid in published}
    return {"members": [one.model_dump(mode="json") for one in found], "reactions": reactions}


async def _reactions(line: Line, moment_id: str, userid: str) -> dict[str, Any]:
    try:
        return (await moments.reactions(line, moment_id, userid)).model_dump(mode="json")
    except WeComError as error:
        # He took it down again.
        if error.errcode != moments.NOT_PUBLISHED:
            raise
        return {}


def _settle_members(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        members = [MomentMember.model_validate(one) for one in verdict.result["members"]]
        told = {key: MomentReactions.model_validate(one) for key, one in verdict.result["reactions"].items()}
        note_moment_members(actor, row_id=order.payload["row_id"], members=members, reactions=told)


@performed
async def _cancel(line: Line, order: Order) -> None:
    await moments.cancel_moment(line, order.payload["moment_id"])


MAKE = kinds.add(
    "wecom.make_moment",
    Kind(
        "wecom.make_moment",
        Words("创建企业朋友圈", "Make a moment"),
        # Asked twice, each member would have two moments to publish.
        Again.UNSAFE,
        _make,
        _settle_asked,
        purpose="marketing",
        quotas=(MOMENTS,),
    ),
)
READ_JOB = kinds.add(
    "wecom.read_moment_job",
    Kind(
        "wecom.read_moment_job",
        Words("查询朋友圈创建结果", "Read what became of a moment"),
        Again.HARMLESS,
        _read_job,
        _settle_made,
    ),
)
READ_MEMBERS = kinds.add(
    "wecom.read_moment",
    Kind(
        "wecom.read_moment",
        Words("查询朋友圈发表进度", "Read who published a moment"),
        Again.HARMLESS,
        _members,
        _settle_members,
    ),
)
CANCEL = kinds.add(
    "wecom.cancel_moment",
    Kind("wecom.cancel_moment", Words("取消企业朋友圈", "Cancel a moment"), Again.HARMLESS, _cancel),
)

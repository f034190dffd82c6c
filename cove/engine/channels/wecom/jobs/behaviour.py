"""Reading each night what members did with customers, as the platform counts it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import behaviour, customers
from cove.engine.channels.wecom.client.line import PatientLine
from cove.engine.channels.wecom.commands.behaviour import BEHAVIOUR_JOB, start_reading, take_over_behaviour
from cove.engine.channels.wecom.errors import WeComError
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

AGAIN = timedelta(days=3)
"""Figures of the last days may still change, and a night may have been missed."""
DAY, CHINA_SECONDS = 86_400, 8 * 3600
_READING = Words("正在读取联系客户统计", "Reading the figures of members")
_DONE = Words("读取了 {members} 位成员的统计", "Figures of {members} members were read")
_REFUSED = Words("企业微信未提供统计：{zh}", "WeCom gives no figures: {en}")


@job(BEHAVIOUR_JOB, zh="读取联系客户统计", en="Read the figures of members")
def read_behaviour(progress: Progress, actor: Actor) -> str:
    """Read the figures of the last days for every member who has customers."""
    return asyncio.run(_read(progress, actor))


async def _read(progress: Progress, actor: Actor) -> str:
    end = int(clock.now().timestamp() + CHINA_SECONDS) // DAY * DAY - CHINA_SECONDS
    begin = end - int(AGAIN.total_seconds())
    async with httpx.AsyncClient() as http:
        line = PatientLine(await off_loop(queries.credentials, actor), http)
        try:
            userids = await customers.list_followers(line)
            for number, userid in enumerate(userids):
                # One by one: asked together, the platform adds them up.
                days = await behaviour.behaviour_of(line, userids=[userid], begin=begin, end=end - 1)
                await off_loop(take_over_behaviour, actor, userid=userid, days=days)
                await off_loop(progress.report, done=number + 1, total=len(userids), message=_READING.here())
        except WeComError as error:
            said = error.trouble.words
            return _REFUSED.here({"zh": said.zh, "en": said.en})
    return _DONE.here({"members": len(userids)})


@each("night", "wecom.read_behaviour")
def read_everywhere() -> None:
    """Start reading for every company with a channel."""
    for tenant_id in queries.tenants_with_channel():
        with tenant_scope(tenant_id):
            start_reading(Actor.system(tenant_id))

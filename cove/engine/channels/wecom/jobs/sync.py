"""Taking over what the platform has: departments, members, tags, customers."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import ParamSpec, TypeVar

import httpx
from django.db import OperationalError

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import customers as customer_calls
from cove.engine.channels.wecom.client import directory, tags
from cove.engine.channels.wecom.client import groups as group_calls
from cove.engine.channels.wecom.client.line import Line, PatientLine
from cove.engine.channels.wecom.commands.channels import note_synced
from cove.engine.channels.wecom.commands.customers import end_missing, take_over_followed
from cove.engine.channels.wecom.commands.groups import dismiss_missing, take_over_group
from cove.engine.channels.wecom.commands.sync import SYNC_JOB, take_over_organisation
from cove.engine.channels.wecom.commands.tags import take_over_tag_groups, unlink_missing
from cove.engine.channels.wecom.contracts.answers import User
from cove.engine.channels.wecom.jobs.support import take_over_support
from cove.engine.channels.wecom.jobs.tools import take_over_tools
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.job import Progress, job
from cove.kernel.words import Words

P = ParamSpec("P")
R = TypeVar("R")

MEETINGS = 3
_DEPARTMENTS = Words("正在同步部门与成员", "Taking over departments and members")
_TAGS = Words("正在同步标签", "Taking over tags")
_CUSTOMERS = Words("正在同步客户，已读取 {read} 条", "Taking over customers, {read} read so far")
_GROUPS = Words("正在同步客户群", "Taking over customer groups")
_DONE = Words(
    "部门 {departments} 个，成员 {members} 人，标签 {tags} 个，新增客户关系 {added} 个，流失 {lost} 个，客户群 {groups} 个",
    "{departments} departments, {members} members, {tags} tags, {added} new friendships, {lost} lost, {groups} groups",
)


@job(SYNC_JOB, zh="同步企业微信", en="Sync from WeCom")
def sync_directory(progress: Progress, actor: Actor, *, customers: bool = True) -> str:
    """Make departments, members and tags equal to the platform's, and with `customers` the friendships too, losses included."""
    return asyncio.run(_sync(progress, actor, customers=customers))


async def _sync(progress: Progress, actor: Actor, *, customers: bool) -> str:
    async with httpx.AsyncClient() as http:
        line = PatientLine(await off_loop(queries.credentials, actor), http)
        began = clock.now()
        departments, members = await _organisation(line, progress, actor)
        await off_loop(progress.report, done=0, total=0, message=_TAGS.here())
        tag_count = await _tags(line, actor)
        added, lost = await _customers(line, progress, actor, began) if customers else (0, 0)
        group_count = await _groups(line, progress, actor, began) if customers else 0
        if customers:
            await take_over_tools(line, actor, began)
            await take_over_support(line, actor)
        await off_loop(note_synced, actor, channel_id=line.credentials.channel_id, at=clock.now())
    counted = {"departments": departments, "members": members, "tags": tag_count, "added": added, "lost": lost}
    return _DONE.here(counted | {"groups": group_count})


async def _tags(line: Line, actor: Actor) -> int:
    known = await off_loop(queries.linked_tags, actor)
    groups = await tags.list_tags(line)
    await off_loop(unlink_missing, actor, groups=groups, known=known)
    return await off_loop(take_over_tag_groups, actor, groups=groups)


async def _organisation(line: Line, progress: Progress, actor: Actor) -> tuple[int, int]:
    departments = await directory.list_departments(line)
    users: dict[str, User] = {}
    for number, department in enumerate(departments):
        await off_loop(progress.report, done=number, total=len(departments), message=_DEPARTMENTS.here())
        for user in await directory.list_users(line, department.id):
            known = users.setdefault(user.userid, user)
            # Appended, because the flags of leaders go by place.
            known.department += [key for key in (*user.department, department.id) if key not in known.department]
    return await off_loop(take_over_organisation, actor, departments=departments, users=list(users.values()))


async def _customers(line: Line, progress: Progress, actor: Actor, began: datetime) -> tuple[int, int]:
    followers = await customer_calls.list_followers(line)
    added, done, lost, read = 0, 0, 0, 0

    async def told(members: int) -> None:
        message = _CUSTOMERS.here({"read": read})
        await off_loop(progress.report, done=members, total=len(followers), message=message)

    for userids in _batches(followers, customer_calls.USERS_A_BATCH):
        seen: set[tuple[str, str]] = set()
        async for page in customer_calls.followed_by(line, userids):
            read_at = clock.now()
            added += await _kept(take_over_followed, actor, rows=page, read_at=read_at)
            seen |= {(row.follow_info.userid.lower(), row.external_contact.external_userid) for row in page}
            read += len(page)
            await told(done)
        lost += await _kept(end_missing, actor, userids=userids, seen=seen, before=began)
        done += len(userids)
    await told(done)
    return added, lost


async def _groups(line: Line, progress: Progress, actor: Actor, began: datetime) -> int:
    """Read every customer group whole: who joined or left unheard is told now. Groups that are no longer listed have ended."""
    owners, done = await customer_calls.list_followers(line), 0
    for batch in _batches(owners, group_calls.OWNERS_A_CALL):
        seen: list[str] = []
        async for page in group_calls.list_groups(line, owners=batch):
            seen += [entry.chat_id for entry in page]
        for chat_id in seen:
            read_at = clock.now()
            chat = await group_calls.get_group(line, chat_id)
            await _kept(take_over_group, actor, chat=chat, read_at=read_at)
            done += 1
            await off_loop(progress.report, done=done, total=0, message=_GROUPS.here())
        await _kept(dismiss_missing, actor, owners=batch, seen=seen, before=began)
    return done


async def _kept(command: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    # A page and a callback may lock the same people in another order: whoever the database turned away tries again.
    for _ in range(MEETINGS):
        try:
            return await off_loop(command, *args, **kwargs)
        except OperationalError:
            await asyncio.sleep(random.random())  # noqa: S311 -- spreading, not secrecy
    return await off_loop(command, *args, **kwargs)


def _batches(items: Sequence[str], size: int) -> Iterator[list[str]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch

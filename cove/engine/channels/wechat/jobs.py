"""Taking over what an account has: followers and their tags, drafts, templates. What callbacks did not tell is told then, once."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import httpx

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client import followers as calls
from cove.engine.channels.wechat.client import publishing, templates
from cove.engine.channels.wechat.client.line import Line, PatientLine
from cove.engine.channels.wechat.commands.accounts import note_synced
from cove.engine.channels.wechat.commands.followers import end_missing, take_over_followers
from cove.engine.channels.wechat.commands.publishing import take_over_drafts
from cove.engine.channels.wechat.commands.sync import SYNC_JOB, take_over_templates
from cove.engine.channels.wechat.commands.tags import take_over_tags
from cove.engine.channels.wechat.errors import WechatError
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.job import Progress, job
from cove.kernel.words import Words

_FOLLOWERS = Words("正在同步粉丝", "Taking over followers")
_TEMPLATES = Words("正在同步消息模板", "Taking over message templates")
MOST_DRAFTS = 1_000
_DONE = Words(
    "粉丝 {people} 人，新增 {added} 人，取消关注 {lost} 人，标签 {tags} 个，消息模板 {templates} 个",
    "{people} followers, {added} new, {lost} gone, {tags} tags, {templates} message templates",
)
# No right to a kind of template is no trouble: a mini-program has none of the one, many accounts none of the other.
_NO_RIGHT = frozenset({48001, 48004, 48008})


@job(SYNC_JOB, zh="同步公众号", en="Sync from a WeChat account")
def sync_account(progress: Progress, actor: Actor, *, account_id: int) -> str:
    """Make an account's followers and templates equal to the platform's."""
    return asyncio.run(_sync(progress, actor, account_id))


async def _sync(progress: Progress, actor: Actor, account_id: int) -> str:
    row = await off_loop(_account, actor, account_id)
    counted = {"people": 0, "added": 0, "lost": 0, "tags": 0}
    async with httpx.AsyncClient() as http:
        line = PatientLine(await off_loop(queries.credentials, actor, account_id), http)
        if row == "official":
            counted |= await _followers(line, progress, actor, clock.now())
        await off_loop(progress.report, done=0, total=0, message=_TEMPLATES.here())
        if row == "official":
            counted["tags"] = await _tags(line, actor)
            await _drafts(line, actor)
        counted["templates"] = await _templates(line, actor, official=row == "official")
        await off_loop(note_synced, actor, account_id=account_id, at=clock.now())
    return _DONE.here(counted)


def _account(actor: Actor, account_id: int) -> str:
    return queries.account(actor, account_id).kind


async def _followers(line: Line, progress: Progress, actor: Actor, began: datetime) -> dict[str, int]:
    account_id = line.credentials.account_id
    seen: set[str] = set()
    added, after = 0, ""
    while True:
        page = await calls.list_followers(line, after)
        fresh = [openid for openid in page.data.openid if openid not in seen]
        for start in range(0, len(fresh), calls.BATCH):
            read_at = clock.now()
            infos = await calls.read_followers(line, fresh[start : start + calls.BATCH])
            added += await off_loop(take_over_followers, actor, account_id=account_id, infos=infos, read_at=read_at)
            seen.update(fresh[start : start + calls.BATCH])
            await off_loop(progress.report, done=len(seen), total=max(page.total, len(seen)), message=_FOLLOWERS.here())
        if not fresh or not page.next_openid or page.next_openid == after:
            break
        after = page.next_openid
    lost = await off_loop(end_missing, actor, account_id=account_id, openids=seen, before=began)
    return {"people": len(seen), "added": added, "lost": lost}


async def _tags(line: Line, actor: Actor) -> int:
    try:
        found = await calls.list_tags(line)
    except WechatError as error:
        if error.errcode not in _NO_RIGHT:
            raise
        return 0
    return int(await off_loop(take_over_tags, actor, account_id=line.credentials.account_id, tags=found))


async def _drafts(line: Line, actor: Actor) -> None:
    found: list[dict[str, Any]] = []
    try:
        while True:
            page, total = await publishing.list_drafts(line, offset=len(found))
            found += page
            if not page or len(found) >= min(total, MOST_DRAFTS):
                break
    except WechatError as error:
        if error.errcode not in _NO_RIGHT:
            raise
        return
    await off_loop(take_over_drafts, actor, account_id=line.credentials.account_id, drafts=found)


async def _templates(line: Line, actor: Actor, *, official: bool) -> int:
    found = 0
    for form, read in (("template", templates.list_templates), ("subscription", templates.list_subscriptions)):
        if form == "template" and not official:
            continue
        try:
            rows = await read(line)
        except WechatError as error:
            if error.errcode not in _NO_RIGHT:
                raise
            continue
        found += await off_loop(
            take_over_templates, actor, account_id=line.credentials.account_id, form=form, templates=rows
        )
    return found

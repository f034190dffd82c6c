"""Looking at the channels: when somebody asks, and every hour."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, as_completed

import structlog
from django.db import connection

from cove.directory.org import facade as org
from cove.engine.channels.doctor import queries
from cove.engine.channels.doctor.commands import (
    EXAMINE_JOB,
    begin_examination,
    end_examination,
    keep_abilities,
    keep_findings,
    start_examination,
)
from cove.engine.channels.doctor.contracts import Abilities, Ability, Check, Finding, Level, abilities, patients
from cove.kernel.actor import Actor
from cove.kernel.jobs.commands import forget_runs
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

AT_ONCE = 2
"""Each takes a connection of the pool that all work shares."""
A_MINUTE = 30
"""Companies: whoever is looked at every hour must not stand before what members wait for."""
PATIENCE_SECONDS = 60.0

log = structlog.get_logger(__name__)

_ASKED = Words("正在检查：{label}", "Asking: {label}")
_DONE = Words("检查了 {count} 项，发现 {wrong} 个问题", "{count} questions asked, {wrong} problems found")
_STUMBLED = Words("检查时程序出错，已记入日志", "The check itself failed; it is in the log")
_SLOW = Words("检查没有在一分钟内得到结果", "The check came to no end within a minute")
_LATER = Words(
    "稍后会自动重试；若一直如此，请查看服务器日志并检查网络",
    "It is tried again by itself; if it stays so, look at the server's log and check the network",
)


@job(EXAMINE_JOB, zh="渠道体检", en="Look at the channels")
def examine_channels(progress: Progress, actor: Actor) -> str:
    """Ask every check of every channel in use, several at once, and keep what each says."""
    begin_examination(actor)
    with tenant_scope(actor.tenant_id):
        asked = [check for one in patients if one.in_use(actor) for check in queries.checks_of(one)]
    wrong = 0
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="doctor")
    try:
        for number, (check, findings) in enumerate(_answers(pool, actor, asked)):
            keep_findings(actor, check_key=check.key, findings=findings)
            wrong += len(findings)
            progress.report(done=number + 1, total=len(asked), message=_ASKED.here({"label": check.label.here()}))
        for one in _in_use(actor):
            keep_abilities(actor, channel=one.channel, found=_can(pool, actor, one))
    finally:
        # Whoever is stuck in a call that never ends keeps his thread, and nobody waits for him.
        pool.shutdown(wait=False, cancel_futures=True)
    end_examination(actor)
    return _DONE.here({"count": len(asked), "wrong": wrong})


def _answers(pool: ThreadPoolExecutor, actor: Actor, asked: list[Check]) -> list[tuple[Check, list[Finding]]]:
    waiting: dict[Future[list[Finding]], Check] = {pool.submit(_ask, actor, check): check for check in asked}
    found: dict[str, list[Finding]] = {}
    try:
        for done in as_completed(waiting, timeout=PATIENCE_SECONDS):
            found[waiting[done].key] = done.result()
    except TimeoutError:
        log.warning("checks of channels take too long", checks=[one.key for one in asked if one.key not in found])
    slow = [Finding(Level.WARNING, _SLOW, _LATER, key="slow")]
    return [(check, found.get(check.key, slow)) for check in asked]


def _in_use(actor: Actor) -> list[Abilities]:
    with tenant_scope(actor.tenant_id):
        return [one for one in abilities if one.channel in patients and patients[one.channel].in_use(actor)]


def _can(pool: ThreadPoolExecutor, actor: Actor, one: Abilities) -> list[Ability]:
    """Return what a channel can do; nothing when it stumbles or takes too long: then nothing is claimed."""

    def run() -> list[Ability]:
        try:
            with tenant_scope(actor.tenant_id):
                return one.run(actor)
        finally:
            connection.close()

    try:
        return pool.submit(run).result(timeout=PATIENCE_SECONDS)
    except Exception:
        log.exception("what a channel can do is not known", channel=one.channel, tenant=actor.tenant_id)
        return []


def _ask(actor: Actor, check: Check) -> list[Finding]:
    try:
        with tenant_scope(actor.tenant_id):
            return check.run(actor)
    except Exception:
        log.exception("a check of a channel stumbled", check=check.key, tenant=actor.tenant_id)
        return [Finding(Level.WARNING, _STUMBLED, _LATER, key="stumbled")]
    finally:
        connection.close()


@each("minute", "doctor.look_at_channels")
def look_at_channels() -> None:
    """Start looking at the channels of whoever was not looked at for an hour."""
    for tenant_id in queries.due(org.tenant_ids(), most=A_MINUTE):
        actor = Actor.system(tenant_id)
        with tenant_scope(tenant_id):
            in_use = any(one.in_use(actor) for one in patients)
        if in_use:
            start_examination(actor)
            # One run an hour would drown all others in the list of jobs.
            forget_runs(actor, kind=EXAMINE_JOB)
        else:
            begin_examination(actor)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.doctor.contracts import Ability, Finding, Level, checks, patients
from cove.engine.channels.doctor.models import AbilityResult, CheckResult, Examination
from cove.engine.channels.doctor.permissions import EXAMINE, KEEP
from cove.facts.doctor import ChannelBroke, ChannelHealed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.notices import notice_kind
from cove.kernel.words import Language, Words, speaking

EXAMINE_JOB = "doctor.examine_channels"
STUCK = timedelta(minutes=10)
"""A job that is older than this does not keep others from looking."""
OK = "ok"
_RANK = {OK: 0, Level.WARNING: 1, Level.BROKEN: 2}


def _in_words(many: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "channel": patients[one["patient"]].label.here() if one["patient"] in patients else one["patient"],
            "what": Words(one["zh"], one["en"]).plain(),
            "remedy": Words(one["remedy_zh"], one["remedy_en"]).plain(),
        }
        for one in many
    ]


CHANNEL_BROKEN = notice_kind(
    "doctor.channel_broken",
    "渠道异常",
    "A channel is broken",
    title=Words("{channel}异常：{what}", "{channel}: {what}"),
    body=Words("{remedy}", "{remedy}"),
    url="/settings/channel-health",
    urgent=True,
    mail="now",
    needs=EXAMINE,
    fill=_in_words,
)


@command(EXAMINE)
def start_examination(actor: Actor) -> JobRun:
    """Start looking at every channel in use, unless somebody does already; return the job's progress row."""
    going = JobRun.objects.filter(kind=EXAMINE_JOB, state__in=[JobRun.State.WAITING, JobRun.State.RUNNING])
    found = going.filter(asked_at__gt=clock.now() - STUCK).first()
    return found or start_job(actor, jobs[EXAMINE_JOB])


@command(KEEP, audited=False)
def begin_examination(actor: Actor) -> None:
    """Note that the tenant is being looked at, and forget what checks said that are no more."""
    now = clock.now()
    Examination.objects.update_or_create(tenant_id=actor.tenant_id, defaults={"begun_at": now, "finished_at": None})
    CheckResult.visible_to(actor).exclude(check_key__in=[check.key for check in checks]).delete()


@command(KEEP, audited=False)
def keep_findings(actor: Actor, *, check_key: str, findings: Sequence[Finding]) -> None:
    """Keep what a check found, and tell those who can set it right of what was well before and is broken now."""
    now = clock.now()
    row = CheckResult.visible_to(actor).select_for_update().filter(check_key=check_key).first()
    before = {one["key"]: one for one in row.findings} if row else {}
    documents = [_document(one, before.get(one.key), now.isoformat()) for one in findings]
    level = max((one["level"] for one in documents), key=lambda one: _RANK[one], default=OK)
    was = row.level if row else OK
    CheckResult.objects.update_or_create(
        tenant_id=actor.tenant_id,
        check_key=check_key,
        defaults={"level": level, "findings": documents, "checked_at": now},
    )
    channel = checks[check_key].channel
    for one in documents:
        if one["level"] == Level.BROKEN and before.get(one["key"], {}).get("level") != Level.BROKEN:
            publish(ChannelBroke(channel=channel, check=check_key, reason=one["zh"]))
            _tell(actor, channel, check_key, one)
    if was == Level.BROKEN and level != Level.BROKEN:
        publish(ChannelHealed(channel=channel, check=check_key))


@command(KEEP, audited=False)
def keep_abilities(actor: Actor, *, channel: str, found: Sequence[Ability]) -> None:
    """Keep what a channel can do."""
    documents = [
        {
            "key": one.key,
            "usable": one.usable,
            **_both("label", one.label),
            **_both("trouble", one.trouble),
            **_both("remedy", one.remedy),
            "left": one.left,
            "approved": one.approved,
            "most": one.most,
            "quotas": list(one.quotas),
        }
        for one in found
    ]
    AbilityResult.objects.update_or_create(
        tenant_id=actor.tenant_id,
        channel=channel,
        defaults={"abilities": documents, "checked_at": clock.now()},
    )


@command(KEEP, audited=False)
def end_examination(actor: Actor) -> None:
    """Note that every channel was looked at."""
    Examination.objects.filter(tenant_id=actor.tenant_id).update(finished_at=clock.now())


def _tell(actor: Actor, channel: str, check_key: str, one: Mapping[str, Any]) -> None:
    org.notify(
        actor,
        kind=CHANNEL_BROKEN.key,
        member_ids=org.holders_of(actor, EXAMINE),
        values={"patient": channel, **{name: one[name] for name in ("zh", "en", "remedy_zh", "remedy_en")}},
        once_key=f"{check_key}:{one['key']}:{one['since']}",
    )


def _said(language: Language, ending: str, finding: Finding) -> dict[str, str]:
    with speaking(language):
        return {ending: finding.words.here(), f"remedy_{ending}": finding.remedy.here()}


def _both(name: str, words: Words | None) -> dict[str, str]:
    said = {"zh": "", "en": ""}
    if words is not None:
        for ending, language in (("zh", "zh-CN"), ("en", "en")):
            with speaking(language):  # type: ignore[arg-type]  # both are languages
                said[ending] = words.here()
    return {f"{name}_{ending}": text for ending, text in said.items()}


def _document(finding: Finding, before: Mapping[str, Any] | None, now: str) -> dict[str, Any]:
    since = finding.since.isoformat() if finding.since else (before["since"] if before else now)
    return {
        "key": finding.key,
        "level": str(finding.level),
        **_said("zh-CN", "zh", finding),
        **_said("en", "en", finding),
        "since": since,
    }

from __future__ import annotations

from typing import Any

from cove.directory.org import facade as org
from cove.directory.privacy.models import PrivacySettings
from cove.directory.privacy.permissions import KEEP_PRIVACY, MANAGE_PRIVACY
from cove.facts.privacy import RetentionChanged
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.personal_data import retained
from cove.kernel.words import Words

LONGEST_DAYS = 36_500
CLEAN_UP_JOB = "privacy.clean_up"

_DAYS = Words("请填写 {least} 到 {most} 之间的天数，或选择一直保留", "Give between {least} and {most} days, or keep it")
_UNKNOWN = Words("没有这类数据", "There is no such class of data")


@command(MANAGE_PRIVACY)
def change_settings(actor: Actor, *, changes: dict[str, Any]) -> PrivacySettings:
    """Change grace_days, watermark and retention (class: days or None); what is left out stays. Raises InvalidInput."""
    row, _ = PrivacySettings.objects.select_for_update().get_or_create(tenant_id=actor.tenant_id)
    retention = changes.get("retention", {})
    if wrong := {f"retention.{key}": words for key, days in retention.items() if (words := _wrong(key, days))}:
        raise InvalidInput(fields=wrong)
    row.grace_days = changes.get("grace_days", row.grace_days)
    if "watermark" in changes:
        org.set_watermark(actor, shown=changes["watermark"])
    row.retention = {**row.retention, **retention}
    row.save()
    if retention:
        publish(RetentionChanged(classes=sorted(retention), member_id=actor.member_id))
    return row


def _wrong(key: str, days: int | None) -> Words | None:
    entry = retained.get(key)
    if entry is None:
        return _UNKNOWN
    if days is None or entry.least <= days <= LONGEST_DAYS:
        return None
    bounds = {"least": entry.least, "most": LONGEST_DAYS}
    return Words(_DAYS.zh.format(**bounds), _DAYS.en.format(**bounds))


@command(KEEP_PRIVACY)
def start_clean_up(actor: Actor) -> bool:
    """Start to remove what is old, unless that is being done; also False where everything is kept."""
    settings = PrivacySettings.of_tenant()
    kept_for_ever = all(settings.retention.get(entry.key, entry.usual) is None for entry in retained)
    running = JobRun.objects.filter(kind=CLEAN_UP_JOB, state__in=[JobRun.State.WAITING, JobRun.State.RUNNING])
    if kept_for_ever or running.exists():
        return False
    start_job(actor, jobs[CLEAN_UP_JOB])
    return True

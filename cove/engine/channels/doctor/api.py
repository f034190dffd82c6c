"""Console: does each channel work, and what is to be done where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import QuotaState
from cove.engine.channels.doctor import queries
from cove.engine.channels.doctor.commands import start_examination
from cove.engine.channels.doctor.contracts import Check
from cove.engine.channels.doctor.models import CheckResult
from cove.engine.channels.doctor.permissions import EXAMINE, SEE_HEALTH
from cove.engine.channels.doctor.schemas import (
    AbilityAnswer,
    AbilityQuota,
    ChannelHealth,
    CheckAnswer,
    ExaminationStarted,
    FindingAnswer,
    HealthAnswer,
    LevelName,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.words import Words

console = Router(tags=["channels"])

_RANK: dict[LevelName, int] = {"unknown": 0, "ok": 1, "warning": 2, "broken": 3}


@console.get("/channels/health", response={200: HealthAnswer, **refusals(Forbidden)}, **needs(SEE_HEALTH))
def read_health(request: HttpRequest) -> HealthAnswer:
    """Tell how each channel was when it was last looked at."""
    who = actor(request)
    found, examination = queries.health(who)
    # Whoever may see the health of channels sees how much is used of what they may do.
    used = {one.quota.key: one for one in delivery.quota_states(Actor.system(who.tenant_id))}
    return HealthAnswer(
        examined_at=examination.finished_at or examination.begun_at if examination else None,
        channels=[_channel(one, used) for one in found],
    )


@console.post("/channels/health", response={200: ExaminationStarted, **refusals(Forbidden)}, **needs(EXAMINE))
def examine(request: HttpRequest) -> ExaminationStarted:
    """Look at every channel now, as a job."""
    return ExaminationStarted(job_id=start_examination(actor(request)).id)


def _channel(one: queries.Health, used: Mapping[str, QuotaState]) -> ChannelHealth:
    answers = [_check(check, row) for check, row in one.found]
    worst = max((answer.level for answer in answers), key=lambda level: _RANK[level], default="unknown")
    return ChannelHealth(
        key=one.patient.key,
        label=one.patient.label.here(),
        path=one.patient.path,
        in_use=one.in_use,
        level=cast("LevelName", worst) if one.in_use else "unknown",
        checks=answers if one.in_use else [],
        abilities=[_ability(can, used) for can in one.abilities] if one.in_use else [],
    )


def _ability(can: dict[str, Any], used: Mapping[str, QuotaState]) -> AbilityAnswer:
    return AbilityAnswer(
        key=can["key"],
        label=Words(can["label_zh"], can["label_en"]).plain(),
        usable=can["usable"],
        trouble=Words(can["trouble_zh"], can["trouble_en"]).plain(),
        remedy=Words(can["remedy_zh"], can["remedy_en"]).plain(),
        left=can["left"],
        # Not in what was written down by an earlier version.
        approved=can.get("approved"),
        most=can["most"],
        quotas=[
            AbilityQuota(
                label=one.quota.label.here(), used=one.used, most=one.quota.most, per=one.quota.per, until=one.until
            )
            for key in can["quotas"]
            if (one := used.get(key))
        ],
    )


def _check(check: Check, row: CheckResult | None) -> CheckAnswer:
    return CheckAnswer(
        key=check.key,
        label=check.label.here(),
        level=cast("LevelName", row.level) if row else "unknown",
        checked_at=row.checked_at if row else None,
        findings=[
            FindingAnswer(
                level=one["level"],
                text=Words(one["zh"], one["en"]).plain(),
                remedy=Words(one["remedy_zh"], one["remedy_en"]).plain(),
                since=datetime.fromisoformat(one["since"]),
            )
            for one in (row.findings if row else [])
        ],
    )

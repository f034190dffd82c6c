"""Console: does each channel work, and what is to be done where it does not."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.doctor import queries
from cove.engine.channels.doctor.commands import start_examination
from cove.engine.channels.doctor.contracts import Check
from cove.engine.channels.doctor.models import CheckResult
from cove.engine.channels.doctor.permissions import EXAMINE, SEE_HEALTH
from cove.engine.channels.doctor.schemas import (
    ChannelHealth,
    CheckAnswer,
    ExaminationStarted,
    FindingAnswer,
    HealthAnswer,
    LevelName,
)
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
    found, examination = queries.health(actor(request))
    return HealthAnswer(
        examined_at=examination.finished_at or examination.begun_at if examination else None,
        channels=[_channel(one) for one in found],
    )


@console.post("/channels/health", response={200: ExaminationStarted, **refusals(Forbidden)}, **needs(EXAMINE))
def examine(request: HttpRequest) -> ExaminationStarted:
    """Look at every channel now, as a job."""
    return ExaminationStarted(job_id=start_examination(actor(request)).id)


def _channel(one: queries.Health) -> ChannelHealth:
    answers = [_check(check, row) for check, row in one.found]
    worst = max((answer.level for answer in answers), key=lambda level: _RANK[level], default="unknown")
    return ChannelHealth(
        key=one.patient.key,
        label=one.patient.label.here(),
        path=one.patient.path,
        in_use=one.in_use,
        level=cast("LevelName", worst) if one.in_use else "unknown",
        checks=answers if one.in_use else [],
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

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cove.engine.channels.doctor.contracts import Check, Patient, checks, patients
from cove.engine.channels.doctor.models import AbilityResult, CheckResult, Examination
from cove.engine.channels.doctor.permissions import SEE_HEALTH
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import every_tenant

EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Health:
    """How one channel is: whether it is used, and each of its checks with what it found last (None: not asked yet)."""

    patient: Patient
    in_use: bool
    found: list[tuple[Check, CheckResult | None]]
    abilities: list[dict[str, Any]]


def health(actor: Actor) -> tuple[list[Health], Examination | None]:
    """Return how each channel is, and when they were looked at. Raises Forbidden."""
    actor.require(SEE_HEALTH)
    system = Actor.system(actor.tenant_id)
    results = {row.check_key: row for row in CheckResult.visible_to(actor)}
    can = {row.channel: row.abilities for row in AbilityResult.visible_to(actor)}
    return [
        Health(
            one,
            one.in_use(system),
            [(check, results.get(check.key)) for check in checks_of(one)],
            can.get(one.key, []),
        )
        for one in patients
    ], Examination.objects.filter(tenant_id=actor.tenant_id).first()


def checks_of(patient: Patient) -> list[Check]:
    """Return the checks of a channel, in the order in which it declared them."""
    return [check for check in checks if check.channel == patient.key]


def due(tenant_ids: Iterable[int], *, most: int) -> list[int]:
    """Return up to `most` of the tenants that were not looked at for an hour: those never looked at first, then the longest ago."""
    with every_tenant("channels are looked at each hour"):
        looked = dict(Examination.unsealed.values_list("tenant_id", "begun_at"))
    waiting = [one for one in tenant_ids if one not in looked or looked[one] <= clock.now() - EVERY]
    # Whoever came last sets his channels up just now.
    return sorted(waiting, key=lambda one: (looked[one].timestamp() if one in looked else 0.0, -one))[:most]


def began(actor: Actor) -> datetime | None:
    """Return when the tenant was last looked at."""
    return Examination.objects.filter(tenant_id=actor.tenant_id).values_list("begun_at", flat=True).first()

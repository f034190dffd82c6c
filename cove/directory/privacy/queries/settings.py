from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from cove.directory.privacy.models import PrivacySettings
from cove.directory.privacy.permissions import MANAGE_PRIVACY
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Retained, retained
from cove.kernel.scope import every_tenant, tenant_scope


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a class of data is kept (None: until somebody decides), and how much is older than that now."""

    entry: Retained
    days: int | None
    would_go: int


def settings_of(actor: Actor) -> PrivacySettings:
    """Return what the tenant decided."""
    with tenant_scope(actor.tenant_id):
        return PrivacySettings.of_tenant()


def days_of(settings: PrivacySettings, entry: Retained) -> int | None:
    """Return for how many days a class is kept, None for ever."""
    days = settings.retention.get(entry.key, entry.usual)
    return None if days is None else max(int(days), entry.least)


def decided_days(keys: Collection[str]) -> dict[int, dict[str, int | None]]:
    """Return for how many days classes are kept, for every tenant that has decided anything; the others keep them as is usual."""
    with every_tenant("the limits of what grows old are laid for all tenants at once"):
        found = list(PrivacySettings.unsealed.order_by("tenant_id"))
    return {one.tenant_id: {key: days_of(one, retained[key]) for key in keys} for one in found}


def rules(actor: Actor) -> list[Rule]:
    """Return every class with what would go now. Raises Forbidden."""
    actor.require(MANAGE_PRIVACY)
    settings, now = settings_of(actor), clock.now()
    found = []
    for entry in retained:
        days = days_of(settings, entry)
        found.append(Rule(entry, days, 0 if days is None else entry.count(actor, now - timedelta(days=days))))
    return found


def would_go(actor: Actor, *, key: str, days: int) -> int:
    """Return how much of one class would go if it were kept for `days`. Raises Forbidden, KeyError for an unknown class."""
    actor.require(MANAGE_PRIVACY)
    return retained[key].count(actor, clock.now() - timedelta(days=days))

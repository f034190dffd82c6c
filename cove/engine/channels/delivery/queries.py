from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Min, Q, QuerySet

from cove.engine.channels.delivery.contracts import State, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import SEE_DELIVERIES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import every_tenant

# The performer of a row holds an advisory lock with its claim's number for as long as its connection lives.
_ORPHANS = """
SELECT tenant_id, id FROM delivery d
WHERE state = 'sending' AND NOT (id = ANY(%s)) AND (claimed_by = %s OR NOT EXISTS (
    SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((l.classid::bigint << 32) | l.objid::bigint) = d.claimed_by))
ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Which tenants have something due, those waiting longest first, and when the next act will be due (None: none is known)."""

    tenants: list[int]
    next_due: datetime | None


def deliveries(actor: Actor, *, state: str = "", kind: str = "") -> QuerySet[Delivery]:
    """Return the tenant's outward acts, in one state or of one kind if asked. Raises Forbidden."""
    actor.require(SEE_DELIVERIES)
    rows = Delivery.visible_to(actor)
    if state:
        rows = rows.filter(state=state)
    return rows.filter(kind=kind) if kind else rows


def known_kinds() -> list[str]:
    """Return the kinds of acts that this version can perform. Others wait for one that can, and hold up nobody."""
    return [kind.name for kind in kinds]


def outlook() -> Outlook:
    """Look at all tenants' outboxes."""
    now = clock.now()
    with every_tenant("the delivery loop finds what is due"):
        pending = Delivery.unsealed.filter(state=State.PENDING, kind__in=known_kinds())
        due = pending.filter(Q(not_before__lte=now) | Q(not_after__lte=now)).values("tenant_id")
        tenants = due.annotate(first=Min("not_before")).order_by("first").values_list("tenant_id", flat=True)
        later = pending.filter(not_before__gt=now).aggregate(first=Min("not_before"))["first"]
        return Outlook(list(tenants), later)


def orphans(*, claim: int, mine: list[int]) -> dict[int, list[int]]:
    """Return, by tenant, the acts under way that nobody performs: their performer is gone, or it is `claim` and they are not `mine`."""
    found: dict[int, list[int]] = {}
    with every_tenant("the delivery loop finds what a dead process left"), connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [mine, claim])
        for tenant_id, row_id in cursor.fetchall():
            found.setdefault(tenant_id, []).append(row_id)
    return found

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cove.directory.people import facade as people
from cove.engine.channels.delivery.contracts import FINAL, Again, State, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import SEE_DELIVERIES
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import every_tenant
from cove.kernel.words import Words

# The performer of a row holds an advisory lock with its claim's number for as long as its connection lives.
_ORPHANS = """
SELECT tenant_id, id FROM delivery d
WHERE state = 'sending' AND NOT (id = ANY(%s)) AND (claimed_by = %s OR NOT EXISTS (
    SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((l.classid::bigint << 32) | l.objid::bigint) = d.claimed_by))
ORDER BY id
"""
# From one tenant to the next by the index, and there no further than the first act: a million that wait cost no more than one.
_OUTLOOK = """
WITH RECURSIVE waiting AS (
    SELECT min(tenant_id) AS tenant_id FROM delivery WHERE state = 'pending'
    UNION ALL
    SELECT (SELECT min(d.tenant_id) FROM delivery d WHERE d.state = 'pending' AND d.tenant_id > w.tenant_id)
    FROM waiting w WHERE w.tenant_id IS NOT NULL
)
SELECT w.tenant_id, due.first, expired.first, later.first
FROM waiting w
LEFT JOIN LATERAL (
    SELECT d.not_before AS first FROM delivery d WHERE d.state = 'pending' AND d.tenant_id = w.tenant_id
    AND d.not_before <= %(now)s AND d.kind = ANY(%(kinds)s) ORDER BY d.not_before LIMIT 1
) due ON true
LEFT JOIN LATERAL (
    SELECT d.not_after AS first FROM delivery d WHERE d.state = 'pending' AND d.tenant_id = w.tenant_id
    AND d.not_after <= %(now)s AND d.kind = ANY(%(kinds)s) ORDER BY d.not_after LIMIT 1
) expired ON true
LEFT JOIN LATERAL (
    SELECT d.not_before AS first FROM delivery d WHERE d.state = 'pending' AND d.tenant_id = w.tenant_id
    AND d.not_before > %(now)s AND d.kind = ANY(%(kinds)s) ORDER BY d.not_before LIMIT 1
) later ON true
WHERE w.tenant_id IS NOT NULL
"""


_STILL = Words("仍在发送，请等待结果", "It is still under way; wait for its end")
_DONE = Words("已经完成", "It is done already")
_NOTHING_LEFT = Words("内容已不存在", "Its content is gone")
_PERHAPS = Words("对方可能已经收到，重发会重复", "It may have arrived, and would arrive twice")


@dataclass(frozen=True, slots=True)
class Outlook:
    """Which tenants have something due, those waiting longest first, and when the next act will be due (None: none is known)."""

    tenants: list[int]
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of outward acts is narrowed to; what is empty or None narrows nothing."""

    state: str = ""
    kind: str = ""
    reason: str = ""
    channel: str = ""
    purpose: str = ""
    heard: str = ""
    contact_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def deliveries(actor: Actor, filters: Filters | None = None) -> QuerySet[Delivery]:
    """Return the tenant's outward acts, those that the filters let through. Raises Forbidden."""
    actor.require(SEE_DELIVERIES)
    rows, asked = Delivery.visible_to(actor), filters or Filters()
    exactly = {name: getattr(asked, name) for name in ("state", "kind", "reason", "purpose", "heard")}
    rows = rows.filter(**{name: value for name, value in exactly.items() if value})
    if asked.channel:
        rows = rows.filter(kind__in=[kind.name for kind in kinds if kind.channel == asked.channel])
    if asked.contact_id is not None:
        rows = rows.filter(contact_id__in=people.family_of(actor, asked.contact_id))
    if asked.since:
        rows = rows.filter(created_at__gte=asked.since)
    return rows.filter(created_at__lt=asked.until) if asked.until else rows


def delivery(actor: Actor, delivery_id: int) -> Delivery:
    """Return one outward act. Raises Forbidden, NotFound."""
    row = deliveries(actor).filter(id=delivery_id).first()
    if row is None:
        raise NotFound
    return row


def why_not_again(row: Delivery) -> Words | None:
    """Return why an act cannot be sent again, or None where that is safe: it surely did not happen, or twice is as good as once."""
    kind = kinds.get(row.kind)
    if row.state not in FINAL:
        return _STILL
    if row.state == State.SENT:
        return _DONE
    if kind is None or not row.payload or row.reason == "erased":
        return _NOTHING_LEFT
    if row.not_after is not None and row.not_after <= clock.now():
        return REASONS["expired"]
    unsure = row.state == State.UNKNOWN or row.doubtful
    return _PERHAPS if unsure and kind.again is not Again.HARMLESS else None


def known_kinds() -> list[str]:
    """Return the kinds of acts that this version can perform. Others wait for one that can, and hold up nobody."""
    return [kind.name for kind in kinds]


def outlook() -> Outlook:
    """Look at all tenants' outboxes."""
    asked: dict[str, Any] = {"now": clock.now(), "kinds": known_kinds()}
    with every_tenant("the delivery loop finds what is due"), connection.cursor() as cursor:
        cursor.execute(_OUTLOOK, asked)
        rows = cursor.fetchall()
    due = sorted((first or expired, tenant_id) for tenant_id, first, expired, _ in rows if first or expired)
    return Outlook([tenant_id for _, tenant_id in due], min((later for *_, later in rows if later), default=None))


def orphans(*, claim: int, mine: list[int]) -> dict[int, list[int]]:
    """Return, by tenant, the acts under way that nobody performs: their performer is gone, or it is `claim` and they are not `mine`."""
    found: dict[int, list[int]] = {}
    with every_tenant("the delivery loop finds what a dead process left"), connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [mine, claim])
        for tenant_id, row_id in cursor.fetchall():
            found.setdefault(tenant_id, []).append(row_id)
    return found

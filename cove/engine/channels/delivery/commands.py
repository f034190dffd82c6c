from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import Channel
from cove.engine.channels.delivery.contracts import FINAL, Again, Order, State, Verdict, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import DELIVER
from cove.engine.channels.delivery.queries import known_kinds
from cove.kernel import clock
from cove.kernel.actor import Actor, Link
from cove.kernel.command import command
from cove.kernel.personal_data import Person, Retained, holds_rows, keeps
from cove.kernel.words import Words

WAKE_CHANNEL = "cove_delivery"

log = structlog.get_logger(__name__)


@command(DELIVER)
def deliver(
    actor: Actor,
    *,
    kind: str,
    key: str,
    payload: dict[str, Any],
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    lane: str = "",
) -> bool:
    """Put an outward act into the outbox, in the caller's transaction; return False if `key` is already there.

    Acts of one `lane` are performed one after the other, in the order in which they were put in. Raises KeyError for an unknown kind.
    """
    now = clock.now()
    wanted = {
        "kind": kinds[kind].name,
        "lane": lane,
        "payload": payload,
        "not_before": not_before or now,
        "not_after": not_after,
        "chain": [asdict(link) for link in actor.chain],
        "created_at": now,
    }
    _, made = Delivery.objects.get_or_create(key=key, defaults=wanted)
    if made:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
    return made


@command(DELIVER, audited=False)
def claim_due(actor: Actor, *, claim: int, limit: int) -> list[Order]:
    """Take up to `limit` due acts of the actor's tenant as `claim`; from now on only this claim may settle them.

    Whether a marketing message may reach its contact is asked here, at the last moment: an order that may not go out says why in `held`.
    """
    now = clock.now()
    earlier = Delivery.objects.filter(
        lane=OuterRef("lane"), id__lt=OuterRef("id"), state__in=[State.PENDING, State.SENDING]
    )
    rows = list(
        Delivery.visible_to(actor)
        .filter(Q(not_before__lte=now) | Q(not_after__lte=now), state=State.PENDING, kind__in=known_kinds())
        .exclude(~Q(lane="") & Exists(earlier))
        .select_for_update(skip_locked=True)
        .order_by("not_before", "id")[:limit]
    )
    Delivery.objects.filter(id__in=[row.id for row in rows]).update(
        state=State.SENDING, claimed_by=claim, claimed_at=now, attempts=F("attempts") + 1
    )
    held = _held_back(actor, rows)
    return [_order(row, claim, attempts=row.attempts + 1, held=held.get(row.id, "")) for row in rows]


@command(DELIVER, audited=False)
def settle(actor: Actor, *, order: Order, verdict: Verdict) -> bool:
    """Note the verdict on an order and tell its kind; return False if the claim is no longer this order's.

    A kind that stumbles over the news does not undo it: what was sent stays sent.
    """
    row = Delivery.visible_to(actor).select_for_update().filter(id=order.id, claimed_by=order.claim).first()
    # A row that others took for lost may still be settled by the one who really performed it.
    if row is None or row.state not in (State.SENDING, State.UNKNOWN):
        return False
    row.state, row.reason, row.errcode = verdict.state, verdict.reason, verdict.errcode
    # What a kind takes over itself is not kept here a second time: it is often about a person.
    row.result = verdict.result if kinds[row.kind].settle is None else {}
    row.doubtful = verdict.doubtful
    if verdict.state in FINAL:
        row.finished_at = clock.now()
        row.save()
        _tell(actor, order, verdict)
        return True
    row.not_before = verdict.not_before or clock.now()
    row.setbacks += verdict.setback
    row.claimed_by = None
    row.save()
    if verdict.pause:
        held = Delivery.visible_to(actor).filter(kind=row.kind, state=State.PENDING, not_before__lt=row.not_before)
        held.update(not_before=row.not_before)
    return True


@command(DELIVER, audited=False)
def take_back(actor: Actor, *, ids: Sequence[int]) -> None:
    """Decide about acts whose performer died midway: back to the queue where that is safe, else unknown, never sent blindly."""
    left = Delivery.visible_to(actor).filter(id__in=ids, state=State.SENDING, kind__in=known_kinds())
    for row in left.select_for_update(skip_locked=True):
        kind = kinds[row.kind]
        safe = kind.again is Again.HARMLESS or (kind.again is Again.REFUSED and row.not_after is not None)
        log.warning("delivery interrupted", delivery=row.id, kind=row.kind, again=safe)
        if safe:
            row.state, row.claimed_by = State.PENDING, None
            row.doubtful = kind.again is not Again.HARMLESS
            row.save(update_fields=["state", "claimed_by", "doubtful"])
            continue
        verdict = Verdict(State.UNKNOWN, reason="crashed", doubtful=True)
        row.state, row.reason, row.doubtful, row.finished_at = State.UNKNOWN, "crashed", True, clock.now()
        row.save(update_fields=["state", "reason", "doubtful", "finished_at"])
        _tell(actor, _order(row, row.claimed_by or 0, attempts=row.attempts), verdict)


def _tell(actor: Actor, order: Order, verdict: Verdict) -> None:
    tell = kinds[order.kind].settle
    if tell is None:
        return
    try:
        with transaction.atomic():
            tell(Actor.system(actor.tenant_id, chain=order.chain), order, verdict)
    except OperationalError:
        raise
    except Exception:
        log.exception("the news of a delivery was not digested", delivery=order.id, kind=order.kind)
        Delivery.visible_to(actor).filter(id=order.id).update(reason="internal_error")


def _held_back(actor: Actor, rows: Iterable[Delivery]) -> dict[int, str]:
    """Return, of acts that are marketing, those that may not reach their contact and why: one question a channel."""
    asked: dict[Channel, dict[int, int]] = {}
    for row in rows:
        kind, contact_id = kinds[row.kind], row.payload.get("contact_id")
        if kind.purpose == "marketing" and contact_id:
            asked.setdefault(kind.channel, {})[row.id] = contact_id
    found: dict[int, str] = {}
    for channel, contacts in asked.items():
        held = privacy.held_back(actor, contacts.values(), channel=channel)
        found |= {row_id: held[contact_id] for row_id, contact_id in contacts.items() if contact_id in held}
    return found


def _order(row: Delivery, claim: int, *, attempts: int, held: str = "") -> Order:
    return Order(
        id=row.id,
        tenant_id=row.tenant_id,
        kind=row.kind,
        key=row.key,
        payload=row.payload,
        attempts=attempts,
        setbacks=row.setbacks,
        doubtful=row.doubtful,
        not_after=row.not_after,
        claim=claim,
        chain=tuple(Link(**link) for link in row.chain),
        held=held,
    )


def _about(person: Person) -> QuerySet[Delivery]:
    externals = person.known_by("wecom_external")
    said = Q(payload__contact_id__in=person.contacts) | Q(payload__external_userid__in=externals)
    for external in externals:
        said |= Q(payload__icontains=external) | Q(key__contains=external) | Q(lane__contains=external)
    return Delivery.objects.filter(said)


def _forget(_actor: Actor, person: Person) -> int:
    """Keep that something went out, and how it ended; what it was and to whom goes. What waits goes out no more."""
    rows = _about(person)
    rows.filter(state=State.PENDING).update(state=State.REFUSED, reason="erased", finished_at=clock.now())
    # Whoever performs it now has the order in his hands; if he dies, nobody can begin it again without its content.
    rows.filter(state=State.SENDING).update(state=State.UNKNOWN, reason="erased", finished_at=clock.now())
    ids = list(rows.values_list("id", flat=True))
    for row_id in ids:
        Delivery.objects.filter(id=row_id).update(payload={}, result={}, lane="", key=f"erased:{row_id}")
    return len(ids)


def _old(before: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(finished_at__lt=before)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(Delivery.objects.filter(id__in=ids).delete()[0])


DELIVERIES = holds_rows(
    "delivery.deliveries",
    Words("发送记录", "Deliveries"),
    model=Delivery,
    rows=_about,
    columns={
        "kind": Words("类型", "Kind"),
        "payload": Words("内容", "Content"),
        "state": Words("结果", "Outcome"),
        "created_at": Words("时间", "Time"),
    },
    erase=_forget,
)
OLD_DELIVERIES = keeps(
    Retained(
        "delivery.deliveries",
        Words("发送记录", "Deliveries"),
        30,
        None,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)

"""The outbox: what is put in, claimed, settled and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from cove.engine.channels.delivery.commands import gate
from cove.engine.channels.delivery.contracts import FINAL, Again, Charge, Order, Purpose, State, Verdict, Wanted, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import DELIVER
from cove.engine.channels.delivery.queries.outbox import known_kinds
from cove.engine.channels.delivery.queries.rules import chosen_rules
from cove.kernel import clock
from cove.kernel.actor import Actor, Link
from cove.kernel.command import command

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
    purpose: Purpose | None = None,
) -> bool:
    """Put an outward act into the outbox, in the caller's transaction; return False if `key` is already there.

    Acts of one `lane` are performed one after the other, in the order in which they were put in. Raises KeyError for an unknown kind.
    """
    now = clock.now()
    wanted = {
        "kind": kinds[kind].name,
        "lane": lane,
        "payload": payload,
        "purpose": purpose or kinds[kind].purpose,
        "contact_id": payload.get("contact_id"),
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


@command(DELIVER)
def deliver_many(actor: Actor, *, kind: str, wanted: Sequence[Wanted], purpose: Purpose | None = None) -> int:
    """Put many acts of one kind into the outbox, in the caller's transaction; return how many of the keys were new."""
    now = clock.now()
    there = set(Delivery.visible_to(actor).filter(key__in=[one.key for one in wanted]).values_list("key", flat=True))
    fresh = {one.key: one for one in wanted if one.key not in there}
    chain = [asdict(link) for link in actor.chain]
    rows = [
        Delivery(
            kind=kinds[kind].name,
            key=one.key,
            lane=one.lane,
            payload=one.payload,
            purpose=purpose or kinds[kind].purpose,
            contact_id=one.payload.get("contact_id"),
            not_before=one.not_before or now,
            not_after=one.not_after,
            chain=chain,
            created_at=now,
        )
        for one in fresh.values()
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
    return len(rows)


@command(DELIVER, audited=False)
def claim_due(actor: Actor, *, claim: int, limit: int) -> list[Order]:
    """Take up to `limit` due acts of the actor's tenant as `claim`; from now on only this claim may settle them.

    Whether each may go out is asked here, at the last moment: an order that may not says why in `held`; what has to wait stays behind.
    """
    chosen, now = chosen_rules(actor), clock.now()
    rows = _due(actor, limit, now, paused=chosen is not None and chosen.paused)
    judged = gate.judge_claimed(actor, rows, chosen)
    _put_off(judged)
    taken = [row for row in rows if row.id not in judged.put_off]
    Delivery.objects.filter(id__in=[row.id for row in taken]).update(
        state=State.SENDING, claimed_by=claim, claimed_at=now, attempts=F("attempts") + 1
    )
    return [_order(row, claim, attempts=row.attempts + 1, judged=judged) for row in taken]


def _due(actor: Actor, limit: int, now: datetime, *, paused: bool) -> list[Delivery]:
    """Lock up to `limit` acts that are due, the longest waiting first; what nobody may send any more comes where room is left."""
    earlier = Delivery.objects.filter(
        lane=OuterRef("lane"), id__lt=OuterRef("id"), state__in=[State.PENDING, State.SENDING]
    )
    pending = Delivery.visible_to(actor).filter(state=State.PENDING, kind__in=known_kinds())
    if paused:
        pending = pending.exclude(Q(purpose="marketing") & (Q(not_after=None) | Q(not_after__gt=now)))
    pending = pending.exclude(~Q(lane="") & Exists(earlier)).select_for_update(skip_locked=True)
    rows = list(pending.filter(not_before__lte=now).order_by("not_before", "id")[:limit])
    if len(rows) < limit:
        # A query of its own: both in one would read all that is planned for tomorrow at each claim.
        rows += pending.filter(not_before__gt=now, not_after__lte=now).order_by("not_after", "id")[: limit - len(rows)]
    return rows


def _put_off(judged: gate.Judged) -> None:
    moments: dict[tuple[datetime, str], list[int]] = {}
    for row_id, when in judged.put_off.items():
        moments.setdefault(when, []).append(row_id)
    for (until, reason), ids in moments.items():
        Delivery.objects.filter(id__in=ids).update(not_before=until, reason=reason)


@command(DELIVER, audited=False)
def settle(actor: Actor, *, order: Order, verdict: Verdict) -> bool:
    """Note the verdict on an order and tell its kind; return False if the claim is no longer this order's.

    A kind that stumbles over the news does not undo it: what was sent stays sent.
    """
    row = Delivery.visible_to(actor).select_for_update().filter(id=order.id).first()
    if row is None or not theirs(row, order):
        return False
    back = note(actor, row, verdict)
    if verdict.state in FINAL:
        tell(actor, order, verdict)
    gate.give_back(actor, back)
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
            gate.release(actor, row, final=False)
            row.save(update_fields=["state", "claimed_by", "doubtful", "drawn"])
            continue
        verdict = Verdict(State.UNKNOWN, reason="crashed", doubtful=True)
        row.state, row.reason, row.doubtful, row.finished_at = State.UNKNOWN, "crashed", True, clock.now()
        row.save(update_fields=["state", "reason", "doubtful", "finished_at"])
        tell(actor, _order(row, row.claimed_by or 0, attempts=row.attempts), verdict)


def theirs(row: Delivery, order: Order) -> bool:
    """Tell whether a row is still this order's to settle. One that others took for lost is, by whoever really performed it."""
    return row.claimed_by == order.claim and row.state in (State.SENDING, State.UNKNOWN)


def note(actor: Actor, row: Delivery, verdict: Verdict) -> list[Charge]:
    """Write a verdict into its row, in the caller's transaction, and give back what was taken for an act that did not happen.

    Return the credits that the caller gives back at the end of his transaction.
    """
    row.state, row.reason, row.errcode = verdict.state, verdict.reason, verdict.errcode
    # What a kind takes over itself is not kept here a second time: it is often about a person.
    row.result = verdict.result if kinds[row.kind].settle is None else {}
    row.doubtful = verdict.doubtful
    undone = verdict.state not in (State.SENT, State.UNKNOWN)
    back = gate.release(actor, row, final=verdict.state in FINAL) if undone else []
    if verdict.state in FINAL:
        row.finished_at = clock.now()
        row.save()
        return back
    row.not_before = verdict.not_before or clock.now()
    row.setbacks += verdict.setback
    row.claimed_by = None
    row.save()
    if verdict.pause:
        held = Delivery.visible_to(actor).filter(kind=row.kind, state=State.PENDING, not_before__lt=row.not_before)
        held.update(not_before=row.not_before)
    return back


def tell(actor: Actor, order: Order, verdict: Verdict) -> None:
    """Tell a kind what became of one of its acts, in the caller's transaction. What it stumbles over undoes nothing else."""
    act = kinds[order.kind].settle
    if act is None:
        return
    try:
        with transaction.atomic():
            act(Actor.system(actor.tenant_id, chain=order.chain), order, verdict)
    except OperationalError:
        raise
    except Exception:
        log.exception("the news of a delivery was not digested", delivery=order.id, kind=order.kind)
        Delivery.visible_to(actor).filter(id=order.id).update(reason="internal_error")


def _order(row: Delivery, claim: int, *, attempts: int, judged: gate.Judged | None = None) -> Order:
    judged = judged or gate.Judged()
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
        held=judged.held.get(row.id, ""),
        left_out=judged.left_out.get(row.id, {}),
    )

"""The gate: whether an act that is due may leave now. Everything is asked for all acts of a claim at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import Channel
from cove.engine.channels.delivery.contracts import Charge, Quota, State, kinds, purses
from cove.engine.channels.delivery.models import Delivery, ReachRules, Touch
from cove.engine.channels.delivery.queries.rules import Rules, is_over, rules_of, touches, window
from cove.kernel import clock
from cove.kernel.actor import Actor

# Acts that wait for the same moment are put off together, so many at a time.
TOGETHER = 5_000
_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('delivery.gate:' || %s::text, 0))"
_DRAW = """
INSERT INTO delivery_quota_use (tenant_id, quota, subject, "window", used)
SELECT %s, one.quota, one.subject, one.at, 0 FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS one(quota, subject, at)
ORDER BY 2, 3, 4
ON CONFLICT (tenant_id, quota, subject, "window") DO UPDATE SET used = delivery_quota_use.used
RETURNING quota, subject, "window", used
"""
_NOTE = """
UPDATE delivery_quota_use u SET used = greatest(0, u.used + one.more)
FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::int[]) AS one(quota, subject, at, more)
WHERE u.tenant_id = %s AND u.quota = one.quota AND u.subject = one.subject AND u."window" = one.at
"""

Mark = tuple[str, str, datetime]
"""One count of a quota: its key, for whom, the beginning of the window."""


@dataclass(slots=True)
class Judged:
    """What becomes of the acts of a claim. `held`: not at all, and why; `left_out`: not to these people; `put_off`: not before then.

    `drawn` are the quotas an act takes from, `paid` what it costs.
    """

    held: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, dict[int, str]] = field(default_factory=dict)
    put_off: dict[int, tuple[datetime, str]] = field(default_factory=dict)
    drawn: dict[int, list[Mark]] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)

    def goes(self, row: Delivery) -> bool:
        """Tell whether an act leaves now."""
        return row.id not in self.held and row.id not in self.put_off


def judge_claimed(actor: Actor, rows: Sequence[Delivery], chosen: ReachRules | None) -> Judged:
    """Return what may leave of the acts just claimed by the company's chosen rules, and count what does.

    Acts whose time is over are not looked at.
    """
    now, judged = clock.now(), Judged()
    living = [row for row in rows if row.not_after is None or row.not_after > now]
    marketing = [row for row in living if row.purpose == "marketing"]
    limited = [row for row in living if kinds[row.kind].quotas]
    if not marketing and not limited and not any(_cost(row) for row in living):
        return judged
    with connection.cursor() as cursor:
        # One claim of a tenant at a time counts: two that did not see each other would both take the last one.
        cursor.execute(_TURN, [actor.tenant_id])
    if marketing:
        rules = rules_of(actor, chosen)
        _ask_people(actor, marketing, judged)
        _keep_quiet(actor, rules, marketing, judged, now)
        _keep_caps(actor, rules, [row for row in marketing if judged.goes(row)], judged)
    _draw_quotas(actor, [row for row in limited if judged.goes(row)], judged, now)
    _pay(actor, [row for row in living if judged.goes(row)], judged)
    _note(actor, [row for row in living if judged.goes(row)], judged, now)
    return judged


def people_of(row: Delivery) -> list[int]:
    """Return the contacts an act is for."""
    if row.contact_id is not None:
        return [row.contact_id]
    several = row.payload.get("contact_ids")
    return list(dict.fromkeys(several)) if isinstance(several, list) else []


def release(actor: Actor, row: Delivery, *, final: bool) -> list[Charge]:
    """Give back what an act took that did not happen: its quotas, and if it never will, its place among the caps.

    Return what is to be given back of credits then, with `give_back`.
    """
    if row.drawn:
        _count(actor, {(key, subject, datetime.fromisoformat(at)): -1 for key, subject, at in row.drawn})
        row.drawn = []
    if not final:
        return []
    if row.purpose == "marketing":
        Touch.objects.filter(tenant_id=actor.tenant_id, delivery_id=row.id).delete()
    paid, row.credits = row.credits, 0
    return [Charge(row.id, kinds[row.kind].tariff, paid, row.paid_at)] if paid else []


def give_back(actor: Actor, charges: Sequence[Charge]) -> None:
    """Give credits back: last of all in a transaction, as a claim takes them last, so that no two wait for each other."""
    if charges:
        for purse in purses:
            purse.give_back(actor, charges)


def _ask_people(actor: Actor, rows: Iterable[Delivery], judged: Judged) -> None:
    """Leave out who does not want it: one question a channel."""
    asked: dict[Channel, dict[int, list[int]]] = {}
    for row in rows:
        channel, contacts = kinds[row.kind].channel, people_of(row)
        if channel and contacts:
            asked.setdefault(channel, {})[row.id] = contacts
    for by, acts in asked.items():
        every = {contact for contacts in acts.values() for contact in contacts}
        refused = privacy.held_back(actor, every, channel=by)
        for row_id, contacts in acts.items():
            _leave_out(judged, row_id, contacts, {one: refused[one] for one in contacts if one in refused})


def _leave_out(judged: Judged, row_id: int, contacts: Sequence[int], refused: Mapping[int, str]) -> None:
    if not refused:
        return
    out = judged.left_out.setdefault(row_id, {})
    out.update(refused)
    if len(out) == len(contacts):
        judged.held[row_id] = next(iter(refused.values()))


def _keep_quiet(actor: Actor, rules: Rules, rows: Iterable[Delivery], judged: Judged, now: datetime) -> None:
    morning = rules.quiet_end(now)
    if morning is None:
        return
    for row in rows:
        if row.id in judged.held:
            continue
        if rules.quiet_then == "refuse" or (row.not_after is not None and row.not_after <= morning):
            judged.held[row.id] = "quiet_hours"
        else:
            judged.put_off[row.id] = (morning, "quiet_hours")
    if rules.quiet_then == "wait":
        _put_off_others(actor, morning, "quiet_hours", purpose="marketing")


def _keep_caps(actor: Actor, rules: Rules, rows: Sequence[Delivery], judged: Judged) -> None:
    contacts = {one for row in rows for one in people_of(row)}
    if not rules.caps or not contacts:
        return
    who, had = touches(actor, rules, contacts, but=[row.id for row in rows])
    for row in rows:
        meant = people_of(row)
        out = judged.left_out.get(row.id, {})
        over = {one: "over_cap" for one in meant if one not in out and is_over(rules, had[who[one]])}
        _leave_out(judged, row.id, meant, over)
        for person in {who[one] for one in meant if one not in out and one not in over}:
            had[person] = [count + 1 for count in had[person]]


def _draw_quotas(actor: Actor, rows: Sequence[Delivery], judged: Judged, now: datetime) -> None:
    if not rows:
        return
    asked = {row.id: [(quota, *_mark(quota, row, now)) for quota in kinds[row.kind].quotas] for row in rows}
    used = _used(actor, {mark for marks in asked.values() for _, mark, _ in marks})
    full: dict[str, datetime] = {}
    for row in rows:
        short = next(((quota, end) for quota, mark, end in asked[row.id] if used[mark] >= quota.most), None)
        if short is None:
            judged.drawn[row.id] = [mark for _, mark, _ in asked[row.id]]
            for mark in judged.drawn[row.id]:
                used[mark] += 1
        elif short[0].then == "refuse" or (row.not_after is not None and row.not_after <= short[1]):
            judged.held[row.id] = "quota_used"
        else:
            judged.put_off[row.id] = (short[1], "quota_used")
            if not short[0].of(row.payload):
                full[row.kind] = short[1]
    for kind, until in full.items():
        _put_off_others(actor, until, "quota_used", kind=kind)


def _mark(quota: Quota, row: Delivery, now: datetime) -> tuple[Mark, datetime]:
    begin, end = window(quota.per, quota.zone, now)
    said = quota.of(row.payload)
    # Whom it is counted for is often a person: recognised, never named.
    subject = hashlib.sha256(f"{row.tenant_id}:{said}".encode()).hexdigest() if said else ""
    return (quota.key, subject, begin), end


def _used(actor: Actor, marks: Iterable[Mark]) -> dict[Mark, int]:
    keys, subjects, begins = zip(*sorted(marks), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [actor.tenant_id, list(keys), list(subjects), list(begins)])
        return {(key, subject, begin): used for key, subject, begin, used in cursor.fetchall()}


def _count(actor: Actor, more: Mapping[Mark, int]) -> None:
    keys, subjects, begins = zip(*more, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [list(keys), list(subjects), list(begins), list(more.values()), actor.tenant_id])


def _put_off_others(actor: Actor, until: datetime, reason: str, **which: str) -> None:
    """Put off what waits beside, unless another claim has it in hand: it would come to the same answer one by one."""
    waiting = Delivery.objects.filter(
        tenant_id=actor.tenant_id, state=State.PENDING, not_before__lt=until, not_before__lte=clock.now(), **which
    ).exclude(not_after__lte=until)
    ids = list(waiting.select_for_update(skip_locked=True).values_list("id", flat=True)[:TOGETHER])
    Delivery.objects.filter(id__in=ids).update(not_before=until, reason=reason)


def _cost(row: Delivery) -> int:
    kind = kinds[row.kind]
    return kind.cost(row.payload) if kind.tariff and not row.credits else 0


def _pay(actor: Actor, rows: Iterable[Delivery], judged: Judged) -> None:
    asked = [Charge(row.id, kinds[row.kind].tariff, cost) for row in rows if (cost := _cost(row)) > 0]
    if not asked:
        return
    for purse in purses:
        taken = purse.take(actor, asked)
        judged.held |= taken.short
        judged.paid |= {row_id: paid for row_id, paid in taken.paid.items() if paid}


def _note(actor: Actor, rows: Sequence[Delivery], judged: Judged, now: datetime) -> None:
    """Write down what leaves: its quotas, and each person it goes to."""
    drawn: dict[Mark, int] = {}
    for row in rows:
        for mark in judged.drawn.get(row.id, ()):
            drawn[mark] = drawn.get(mark, 0) + 1
    if drawn:
        _count(actor, drawn)
    reached = [
        Touch(contact_id=contact_id, delivery_id=row.id, at=now)
        for row in rows
        if row.purpose == "marketing"
        for contact_id in people_of(row)
        if contact_id not in judged.left_out.get(row.id, {})
    ]
    # A second try finds the row of the first, and is one message all the same.
    Touch.objects.bulk_create(reached, ignore_conflicts=True)
    changed = [row for row in rows if row.id in judged.drawn or row.id in judged.paid]
    for row in changed:
        row.drawn = [[key, subject, at.isoformat()] for key, subject, at in judged.drawn.get(row.id, ())]
        if paid := judged.paid.get(row.id, 0):
            row.credits, row.paid_at = row.credits + paid, now
    Delivery.objects.bulk_update(changed, ["drawn", "credits", "paid_at"])

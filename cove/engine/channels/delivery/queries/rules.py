"""The company's rules for marketing, and the windows in which platforms count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.delivery.contracts import Per, Quota, QuotaState, State, kinds
from cove.engine.channels.delivery.models import Delivery, QuotaUse, ReachRules, Touch
from cove.engine.channels.delivery.permissions import SEE_RULES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.paging import bounded_count

DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
LONGEST_COUNTED = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Rules:
    """A company's rules as they are asked at the last moment. `caps` are pairs of a span and how many messages it may hold."""

    zone: ZoneInfo
    quiet_from: str = ""
    quiet_until: str = ""
    quiet_then: str = "wait"
    caps: tuple[tuple[timedelta, int], ...] = ()
    paused: bool = False

    def quiet_end(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end in which `now` lies, or None outside of them."""
        if not self.quiet_from or not self.quiet_until or self.quiet_from == self.quiet_until:
            return None
        local = now.astimezone(self.zone)
        begin, end, at = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until), local.time()
        if begin < end:
            return self._at(local.date(), end) if begin <= at < end else None
        if at >= begin:
            return self._at(local.date() + DAY, end)
        return self._at(local.date(), end) if at < end else None

    def _at(self, day: date, at: time) -> datetime:
        # Back to UTC: two times of one zone would be compared by the wall, which repeats itself when summer ends.
        return datetime.combine(day, at, self.zone).astimezone(UTC)


def rules_row(actor: Actor) -> ReachRules:
    """Return the tenant's rules as they were set, or as they are before. Raises Forbidden."""
    return ReachRules.visible_to(actor).first() or ReachRules(tenant_id=actor.tenant_id)


def chosen_rules(actor: Actor) -> ReachRules | None:
    """Return the rules that the actor's tenant chose, if any; for the outbox itself."""
    return ReachRules.objects.filter(tenant_id=actor.tenant_id).first()


def rules_of(actor: Actor, row: ReachRules | None) -> Rules:
    """Return what is asked of the actor's tenant whose `chosen_rules` these are."""
    zone = ZoneInfo(org.tenant(actor).timezone)
    if row is None:
        return Rules(zone)
    caps = ((DAY, row.most_a_day), (WEEK, row.most_a_week), (MONTH, row.most_a_month))
    return Rules(
        zone,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        quiet_then=row.quiet_then,
        caps=tuple((span, most) for span, most in caps if most is not None),
        paused=row.paused,
    )


def waiting_marketing(actor: Actor) -> int:
    """Count the marketing that waits to go out, up to ten thousand. Raises Forbidden."""
    actor.require(SEE_RULES)
    rows = Delivery.visible_to(actor).filter(state=State.PENDING, purpose="marketing")
    return bounded_count(rows)[0]


def touches(
    actor: Actor, rules: Rules, contact_ids: Collection[int], *, but: Iterable[int] = ()
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return who each contact is (the number he leads to), and for each who how many messages each cap of the rules counts already.

    `but` are deliveries that do not count: those in question.
    """
    families = {key: (key,) for key in contact_ids} | people.families_of(actor, contact_ids)
    who = {number: family[0] for number, family in families.items()}
    leads = {member: family[0] for family in families.values() for member in family}
    now, longest = clock.now(), max(span for span, _ in rules.caps)
    counts = {f"within_{place}": Count("id", filter=Q(at__gt=now - span)) for place, (span, _) in enumerate(rules.caps)}
    rows = Touch.objects.filter(tenant_id=actor.tenant_id, contact_id__in=leads, at__gt=now - longest)
    found = {lead: [0] * len(rules.caps) for lead in who.values()}
    grouped = rows.exclude(delivery_id__in=list(but)).values("contact_id").annotate(**counts).order_by()
    for contact_id, *within in grouped.values_list("contact_id", *counts):
        had = found[leads[contact_id]]
        for place, count in enumerate(within):
            had[place] += count
    return who, found


def over_caps(actor: Actor, contact_ids: Collection[int]) -> set[int]:
    """Return, of these contacts, who may get no marketing message now because he has had as many as the rules allow."""
    rules = rules_of(actor, chosen_rules(actor))
    if not rules.caps or not contact_ids:
        return set()
    who, had = touches(actor, rules, contact_ids)
    return {number for number in contact_ids if is_over(rules, had[who[number]])}


def had_too_many(actor: Actor) -> Q | None:
    """Return the filter over contacts, each number by itself, who had as many as the rules allow; None where there is no cap."""
    rules, now = rules_of(actor, chosen_rules(actor)), clock.now()
    found: Q | None = None
    for span, most in rules.caps:
        rows = Touch.objects.filter(tenant_id=actor.tenant_id, at__gt=now - span).values("contact_id")
        over = Q(id__in=rows.annotate(all=Count("id")).filter(all__gte=most).values("contact_id"))
        found = over if found is None else found | over
    return found


def is_over(rules: Rules, had: Iterable[int]) -> bool:
    """Tell whether one more message would be too many."""
    return any(count >= most for count, (_, most) in zip(had, rules.caps, strict=True))


def window(per: Per, zone: str, at: datetime) -> tuple[datetime, datetime]:
    """Return begin and end of the calendar's window of `zone` in which `at` lies; weeks begin on Monday."""
    local = at.astimezone(ZoneInfo(zone))
    begin = local.replace(second=0, microsecond=0)
    if per == "minute":
        return begin.astimezone(UTC), begin.astimezone(UTC) + timedelta(minutes=1)
    if per == "hour":
        begin = begin.replace(minute=0)
        return begin.astimezone(UTC), begin.astimezone(UTC) + timedelta(hours=1)
    begin = begin.replace(hour=0, minute=0)
    if per == "day":
        end = begin + DAY
    elif per == "week":
        begin -= timedelta(days=begin.weekday())
        end = begin + WEEK
    else:
        begin = begin.replace(day=1)
        end = (begin + timedelta(days=32)).replace(day=1)
    return begin.astimezone(UTC), end.astimezone(UTC)


def known_quotas() -> Mapping[str, Quota]:
    """Return the quotas that the installed channels declare, by key."""
    return {quota.key: quota for kind in kinds for quota in kind.quotas}


def quota_states(actor: Actor) -> list[QuotaState]:
    """Return how much of each quota the tenant has used; those nothing was ever taken from are full. Raises Forbidden."""
    actor.require(SEE_RULES)
    now, found = clock.now(), []
    quotas = known_quotas()
    windows = {key: window(quota.per, quota.zone, now) for key, quota in quotas.items()}
    rows = QuotaUse.objects.filter(tenant_id=actor.tenant_id, window__gt=now - LONGEST_COUNTED)
    used: dict[str, int] = {}
    for row in rows.values_list("quota", "window", "used"):
        if row[0] in windows and windows[row[0]][0] == row[1]:
            used[row[0]] = max(used.get(row[0], 0), row[2])
    for key, quota in quotas.items():
        found.append(QuotaState(quota, used.get(key, 0), windows[key][1]))
    return found

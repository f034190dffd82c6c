"""How many mass messages customers and groups have had, against what the platform lets them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom.contracts.aims import MassAim
from cove.engine.channels.wecom.contracts.states import MassRule, TargetState
from cove.engine.channels.wecom.models import WecomChannel, WecomMassTarget, WecomRelation
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.engine.channels.wecom.queries.groups import external_userids
from cove.kernel import clock
from cove.kernel.actor import Actor

CHINA = ZoneInfo("Asia/Shanghai")
MOST_A_WEEK = 7


def mass_rule(actor: Actor) -> MassRule:
    """Return how often the company lets a customer have mass messages, as its administrator chose at the platform."""
    row = WecomChannel.visible_to(actor).first()
    return MassRule(row.mass_rule) if row else MassRule.MONTH


def window(rule: MassRule, now: datetime) -> tuple[datetime, int]:
    """Return when the span began in which the platform counts, and how many messages it may hold (document 92135)."""
    today = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    if rule is MassRule.DAY:
        return today.astimezone(UTC), 1
    if rule is MassRule.WEEK:
        return (today - timedelta(days=today.weekday())).astimezone(UTC), MOST_A_WEEK
    begin = today.replace(day=1)
    days = ((begin + timedelta(days=32)).replace(day=1) - begin).days
    return begin.astimezone(UTC), days


def had_the_most(actor: Actor, targets: Collection[str]) -> set[str]:
    """Return which of these customers (external userids) and groups (chat ids) the platform would let have no more mass messages now.

    Only what went out by Cove is known here; the platform has the last word.
    """
    begin, most = window(mass_rule(actor), clock.now())
    rows = WecomMassTarget.objects.filter(
        tenant_id=actor.tenant_id, target__in=list(targets), state=TargetState.SENT, sent_at__gte=begin
    )
    counted = rows.values("target").annotate(times=Count("id")).order_by()
    return {row["target"] for row in counted if row["times"] >= most}


def known_contacts(actor: Actor, contact_ids: Collection[int]) -> set[int]:
    """Return which of these contacts the actor may see."""
    return set(people.contacts_by_id(actor, contact_ids))


def count_mass_reach(actor: Actor, aim: MassAim, *, most: int, sender_id: int | None = None) -> Counter[str]:
    """Count, of the first `most` customers of an aim, for how many each reason of `mass_left_out` holds; "" for those who are reached.

    Counted in the database, whoever many there are; only those into whom others were merged are looked at one by one.
    Raises Forbidden.
    """
    actor.require(SEND_MASS)
    userid = _userid(actor, sender_id)
    chosen = people.contacts_like(actor, **aim.narrowed())
    merged = list(chosen.filter(id__in=people.others_were_merged_into(actor)).order_by("id")[:most])
    told = people.count_by_reason(actor, chosen, _reasons(actor, merged, userid), most=most)
    if looked_at := told.pop(_MERGED, 0):
        # Those beyond `most` come last in their order, too.
        held = mass_left_out(actor, merged[:looked_at], sender_id=sender_id)
        told.update(held.values())
        told[""] += looked_at - len(held)
    return told


_MERGED = "merged"


def _reasons(actor: Actor, merged: Collection[int], userid: str) -> dict[str, Q]:
    """Return the reasons of `mass_left_out` as filters over contacts, the first that holds first."""
    friends = WecomRelation.visible_to(actor).filter(friend=True, contact_id__isnull=False)
    friends = friends.filter(userid__iexact=userid) if userid else friends
    begin, most = window(mass_rule(actor), clock.now())
    sent = WecomMassTarget.objects.filter(tenant_id=actor.tenant_id, state=TargetState.SENT, sent_at__gte=begin)
    full = sent.values("target").annotate(times=Count("id")).filter(times__gte=most).values("target")
    return {
        _MERGED: Q(id__in=merged),
        **delivery.reasons_held(actor, channel="wecom"),
        "not_a_friend": ~Q(id__in=friends.values("contact_id")),
        "had_the_most": Q(id__in=friends.filter(external_userid__in=full).values("contact_id")),
    }


def _userid(actor: Actor, sender_id: int | None) -> str:
    card = org.members_by_id(actor, [sender_id]).get(sender_id) if sender_id else None
    return (card.wecom_userid or "") if card else ""


def mass_left_out(actor: Actor, contact_ids: Collection[int], *, sender_id: int | None = None) -> dict[int, str]:
    """Return, of these contacts, whom a mass message would not reach now, and why: codes of `cove.facts.delivery.REASONS`.

    With `sender_id` only friends of that member are reached. Contacts the actor may not see are as if they were not there.
    Raises Forbidden.
    """
    actor.require(SEND_MASS)
    known = known_contacts(actor, contact_ids)
    reached = external_userids(actor, known, userid=_userid(actor, sender_id))
    full = had_the_most(actor, set(reached.values()))
    left_out = dict.fromkeys(known - reached.keys(), "not_a_friend")
    left_out |= {contact_id: "had_the_most" for contact_id, external in reached.items() if external in full}
    return left_out | delivery.held_back(actor, known, channel="wecom")

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from cove.directory.org.models import Member, Membership, RoleGrant
from cove.directory.org.permissions import SEE_MEMBERS
from cove.directory.org.queries.actors import with_all_below
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound

Activity = Literal["active", "inactive", "all"]


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which members: a part of name, e-mail or phone; a department (0: none at all), with those below or not; a role; active or not."""

    search: str = ""
    department_id: int | None = None
    below: bool = True
    role_id: int | None = None
    activity: Activity = "all"


def members(actor: Actor, wanted: MemberFilter | None = None) -> QuerySet[Member]:
    """Return the members the actor may see, with their departments and roles."""
    actor.require(SEE_MEMBERS)
    chosen = wanted or MemberFilter()
    rows = Member.visible_to(actor).prefetch_related("memberships__department", "roles")
    if chosen.search:
        matches = Q(name__icontains=chosen.search) | Q(email__icontains=chosen.search)
        # A whole number only: found by pieces, a masked one could be guessed digit by digit.
        rows = rows.filter(matches | Q(phone=chosen.search))
    if chosen.activity != "all":
        rows = rows.filter(active=chosen.activity == "active")
    places = Membership.objects.filter(member_id=OuterRef("id"))
    if chosen.department_id == 0:
        rows = rows.filter(~Exists(places))
    elif chosen.department_id is not None:
        rooms = with_all_below({chosen.department_id}) if chosen.below else {chosen.department_id}
        rows = rows.filter(Exists(places.filter(department_id__in=rooms)))
    if chosen.role_id is not None:
        rows = rows.filter(Exists(RoleGrant.objects.filter(member_id=OuterRef("id"), role_id=chosen.role_id)))
    return rows


def member(actor: Actor, member_id: int) -> Member:
    """Return one member with departments and roles; raises NotFound."""
    found = members(actor).filter(id=member_id).first()
    if found is None:
        raise NotFound
    return found


def members_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, Member]:
    """Return members by id, left ones included: their names stay on what they did."""
    return Member.visible_to(actor).in_bulk(set(ids))


def member_by_wecom_userid(actor: Actor, userid: str) -> Member | None:
    """Return the member with this WeCom userid, or None. WeCom compares userids without case (document 90195)."""
    return Member.visible_to(actor).filter(wecom_userid__iexact=userid).first()


def members_by_wecom_userids(actor: Actor, userids: Iterable[str]) -> dict[str, Member]:
    """Return members by their WeCom userids in small letters, of those who are known."""
    wanted = {userid.lower() for userid in userids}
    rows = Member.visible_to(actor).annotate(plain=Lower("wecom_userid")).filter(plain__in=wanted)
    return {row.wecom_userid.lower(): row for row in rows if row.wecom_userid}


def wecom_members(actor: Actor) -> int:
    """Return how many active members have a WeCom userid."""
    return Member.visible_to(actor).filter(active=True, wecom_userid__isnull=False).count()


def twins(actor: Actor) -> list[tuple[Member, Member]]:
    """Return pairs of a hand-made member and one of the WeCom directory who are probably one person: same e-mail, or same phone."""
    actor.require(SEE_MEMBERS)
    by_hand = Member.visible_to(actor).filter(wecom_userid__isnull=True, active=True)
    outside = Member.visible_to(actor).filter(wecom_userid__isnull=False, active=True)
    emails = {
        row.email: row
        for row in by_hand.filter(email__in=outside.exclude(directory_email="").values("directory_email"))
    }
    phones = {
        row.phone: row for row in by_hand.exclude(phone="").filter(phone__in=outside.exclude(phone="").values("phone"))
    }
    likely = outside.filter(Q(directory_email__in=[key for key in emails if key]) | Q(phone__in=list(phones)))
    pairs = [(emails.get(row.directory_email) or phones.get(row.phone), row) for row in likely.order_by("name", "id")]
    return [(mine, theirs) for mine, theirs in pairs if mine is not None]

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from cove.directory.org.models import Member
from cove.directory.org.permissions import SEE_MEMBERS
from cove.kernel.actor import Actor


def members(actor: Actor, *, search: str = "") -> QuerySet[Member]:
    """Return the members the actor may see, with their departments; `search` matches a part of the name or e-mail."""
    actor.require(SEE_MEMBERS)
    rows = Member.visible_to(actor).prefetch_related("departments")
    if search:
        rows = rows.filter(name__icontains=search) | rows.filter(email__icontains=search)
    return rows


def members_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, Member]:
    """Return members by id, left ones included: their names stay on what they did."""
    return Member.visible_to(actor).in_bulk(set(ids))


def member_by_wecom_userid(actor: Actor, userid: str) -> Member | None:
    """Return the member with this WeCom userid, or None. WeCom compares userids without case (document 90195)."""
    return Member.visible_to(actor).filter(wecom_userid__iexact=userid).first()


def wecom_members(actor: Actor) -> int:
    """Return how many active members have a WeCom userid."""
    return Member.visible_to(actor).filter(active=True, wecom_userid__isnull=False).count()

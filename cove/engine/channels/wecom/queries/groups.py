from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from cove.engine.channels.wecom.models import WecomGroup, WecomGroupPerson, WecomRelation
from cove.engine.channels.wecom.permissions import SEE_GROUPS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def external_userids(actor: Actor, contact_ids: Iterable[int], *, userid: str = "") -> dict[int, str]:
    """Return under which id the platform knows each of these contacts, of those who are friends of ours (of `userid`, if given)."""
    rows = WecomRelation.visible_to(actor).filter(contact_id__in=list(contact_ids), friend=True)
    if userid:
        rows = rows.filter(userid__iexact=userid)
    return {row[0]: row[1] for row in rows.order_by("id").values_list("contact_id", "external_userid") if row[0]}


def groups_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of those of these groups that the actor may see."""
    wanted = set(ids)
    if not wanted or not actor.may(SEE_GROUPS):
        return {}
    return dict(WecomGroup.visible_to(actor).filter(id__in=wanted).values_list("id", "name"))


def owned_groups(actor: Actor, member_ids: Iterable[int]) -> dict[int, int]:
    """Return how many living groups each of these members owns."""
    rows = WecomGroup.objects.filter(tenant_id=actor.tenant_id, owner_id__in=list(member_ids), dismissed_at=None)
    return dict(rows.values("owner_id").annotate(all=Count("id")).order_by().values_list("owner_id", "all"))


def owned_group_ids(actor: Actor, member_id: int, *, after: int, limit: int) -> list[int]:
    """Return the next living groups of a member after an id, in the order of ids."""
    rows = WecomGroup.objects.filter(tenant_id=actor.tenant_id, owner_id=member_id, dismissed_at=None, id__gt=after)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def living_groups(actor: Actor, ids: Iterable[int]) -> list[WecomGroup]:
    """Return those of the groups that exist, that the actor may see, and that have an owner."""
    rows = WecomGroup.visible_to(actor).filter(id__in=list(ids), dismissed_at=None).exclude(owner_userid="")
    return list(rows.order_by("id"))


def customer_groups(actor: Actor, *, search: str = "", living: bool = True) -> QuerySet[WecomGroup]:
    """Return the groups that the actor may see, by name if asked. Raises Forbidden."""
    actor.require(SEE_GROUPS)
    rows = WecomGroup.visible_to(actor).select_related("owner")
    if living:
        rows = rows.filter(dismissed_at=None)
    return rows.filter(name__icontains=search) if search else rows


def customer_group(actor: Actor, group_id: int) -> WecomGroup:
    """Return one group. Raises NotFound for those the actor may not see."""
    found = customer_groups(actor, living=False).filter(id=group_id).first()
    if found is None:
        raise NotFound
    return found


def group_persons(actor: Actor, group_id: int) -> QuerySet[WecomGroupPerson]:
    """Return who is or was in a group. Raises NotFound."""
    return WecomGroupPerson.objects.filter(group=customer_group(actor, group_id))

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from cove.directory.org.models import Member, Role
from cove.directory.org.permissions import MANAGE_ROLES, SEE_ROLES
from cove.directory.org.queries.actors import added_up, rights_of
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation, operations
from cove.kernel.rights import Rights, exceeding
from cove.kernel.sensitive import sensitive_fields

MOST_NAMES = 10


def roles(actor: Actor) -> QuerySet[Role]:
    """Return the tenant's roles with `member_count` of active members, the administrator's first, then by name."""
    actor.require(SEE_ROLES)
    active = Count("grants", filter=Q(grants__member__active=True))
    return Role.objects.annotate(member_count=active).order_by("-everything", "name", "id")


def role(actor: Actor, role_id: int) -> Role:
    """Return one role with its `member_count`. Raises NotFound."""
    found = roles(actor).filter(id=role_id).first()
    if found is None:
        raise NotFound
    return found


def members_of(actor: Actor, role_id: int, *, search: str = "") -> QuerySet[Member]:
    """Return the members who hold a role, those who left included. Raises NotFound."""
    role(actor, role_id)
    rows = Member.visible_to(actor).filter(grants__role_id=role_id).prefetch_related("departments")
    return rows.filter(Q(name__icontains=search) | Q(email__icontains=search)) if search else rows


def roles_of(actor: Actor, member_id: int) -> list[Role]:
    """Return the roles a member holds, the administrator's first."""
    return list(
        Role.objects.filter(tenant_id=actor.tenant_id, grants__member_id=member_id).order_by("-everything", "name")
    )


def is_administrator(actor: Actor) -> bool:
    """Tell whether the actor is Cove itself or a member with the administrator's role; an API key of his is not."""
    if actor.kind != "member":
        return actor.kind == "system"
    return Role.objects.filter(everything=True, grants__member_id=actor.member_id or 0).exists()


def administrators(actor: Actor) -> QuerySet[Member]:
    """Return the active members who hold the administrator's role."""
    return Member.visible_to(actor).filter(active=True, grants__role__everything=True).distinct()


def beyond(actor: Actor, role: Role) -> list[str]:
    """Return in words what of a role the actor does not hold himself; empty means that he may give, change and take it."""
    if actor.kind == "system":
        return []
    if role.everything:
        return [] if is_administrator(actor) else [role.name]
    return beyond_own(actor, rights_of(role), role.revealed)


def beyond_own(actor: Actor, rights: Rights, revealed: Iterable[str]) -> list[str]:
    """Return in words which of these rights and revealed fields the actor does not hold himself, as widely."""
    if actor.kind == "system":
        return []
    over = [operations[key].label.here() for key in exceeding(rights, actor.rights)]
    hidden = sorted(set(revealed) - actor.revealed)
    return over + [sensitive_fields[key].label.here() for key in hidden if key in sensitive_fields]


def who_can_give(actor: Actor, operation: Operation) -> list[str]:
    """Return the names of up to ten active members who hold `operation` and may manage roles, administrators first."""
    managing = [one for one in Role.objects.filter(tenant_id=actor.tenant_id) if MANAGE_ROLES.key in rights_of(one)]
    rows = Member.visible_to(actor).filter(active=True, grants__role__in=managing).distinct().order_by("name", "id")
    members = list(rows.prefetch_related("roles"))
    able = [one for one in members if operation.key in added_up(one.roles.all())]
    able.sort(key=lambda one: not any(role.everything for role in one.roles.all()))
    return [one.name for one in able[:MOST_NAMES]]

"""From roles to an actor: what a member may do, to whose rows, and which fields he sees whole."""

from __future__ import annotations

from collections.abc import Iterable

from cove.directory.org.models import Department, Member, Membership, Role
from cove.directory.org.permissions import OWN_ACCOUNT
from cove.kernel.actor import SCOPES, Actor, DataScope
from cove.kernel.errors import Forbidden
from cove.kernel.operations import operations
from cove.kernel.scope import tenant_scope
from cove.kernel.sensitive import sensitive_fields


def actor_of_member(member: Member) -> Actor:
    """Return a member as an actor, his roles added up: for each operation the widest scope that any of them gives."""
    with tenant_scope(member.tenant_id):
        roles = list(Role.objects.filter(grants__member_id=member.id))
        rights = added_up(roles)
        return Actor(
            tenant_id=member.tenant_id,
            kind="member",
            member_id=member.id,
            name=member.name,
            rights=rights,
            circles=_circles(member.id, set(rights.values())),
            revealed=revealed_by(roles),
        )


def actor_of_active(actor: Actor, member_id: int) -> Actor:
    """Return an active member of the actor's tenant as an actor. Raises Forbidden for whoever left."""
    member = Member.visible_to(actor).filter(id=member_id, active=True).first()
    if member is None:
        raise Forbidden(operation=OWN_ACCOUNT.label.here())
    return actor_of_member(member)


def added_up(roles: Iterable[Role]) -> dict[str, DataScope]:
    """Return the rights of several roles together."""
    found: dict[str, DataScope] = {}
    for role in roles:
        for key, scope in rights_of(role).items():
            if key not in found or SCOPES.index(scope) > SCOPES.index(found[key]):
                found[key] = scope
    return found


def rights_of(role: Role) -> dict[str, DataScope]:
    """Return a role's rights: operation key to data scope; keys of modules that are gone are left out."""
    if role.everything:
        return {entry.key: "all" for entry in operations if entry.grantable}
    return {key: scope for key, scope in role.rights.items() if key in operations and operations[key].grantable}


def revealed_by(roles: Iterable[Role]) -> frozenset[str]:
    """Return the keys of the sensitive fields that these roles together show whole."""
    found: set[str] = set()
    for role in roles:
        found.update((entry.key for entry in sensitive_fields) if role.everything else role.revealed)
    return frozenset(found)


def _circles(member_id: int, scopes: set[DataScope]) -> dict[DataScope, frozenset[int]]:
    circles: dict[DataScope, frozenset[int]] = {"own": frozenset({member_id})}
    if not scopes & {"departments", "subtree"}:
        return circles
    rooms = set(Membership.objects.filter(member_id=member_id).values_list("department_id", flat=True))
    if "departments" in scopes:
        circles["departments"] = _members_of(rooms)
    if "subtree" in scopes:
        circles["subtree"] = _members_of(with_all_below(rooms))
    return circles


def _members_of(rooms: set[int]) -> frozenset[int]:
    return frozenset(Membership.objects.filter(department_id__in=rooms).values_list("member_id", flat=True))


def with_all_below(rooms: set[int]) -> set[int]:
    """Return the ids of departments and of all departments below them."""
    below: dict[int | None, list[int]] = {}
    for department_id, parent_id in Department.objects.values_list("id", "parent_id"):
        below.setdefault(parent_id, []).append(department_id)
    found, waiting = set(rooms), list(rooms)
    while waiting:
        children = [child for child in below.get(waiting.pop(), []) if child not in found]
        found.update(children)
        waiting.extend(children)
    return found

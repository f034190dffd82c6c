"""From roles to an actor: what a member may do, to whose rows, and which fields he sees whole."""

from __future__ import annotations

from collections.abc import Iterable

from cove.directory.org.models import Department, Member, Membership, Role
from cove.kernel.actor import Actor, DataScope
from cove.kernel.operations import operations
from cove.kernel.rights import united, with_implied
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


def added_up(roles: Iterable[Role]) -> dict[str, DataScope]:
    """Return the rights of several roles together."""
    return united(rights_of(role) for role in roles)


def rights_of(role: Role) -> dict[str, DataScope]:
    """Return a role's rights with what they imply: operation key to data scope; keys of modules that are gone are left out."""
    if role.everything:
        return {entry.key: "all" for entry in operations if entry.grantable}
    return with_implied(role.rights)


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

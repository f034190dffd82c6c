"""From roles to an actor: what a member may do, to whose rows, and which fields he sees whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cove.directory.org.models import ApiKey, Department, Member, Membership, Role
from cove.directory.org.permissions import OWN_ACCOUNT
from cove.kernel.actor import SCOPES, Actor, DataScope
from cove.kernel.errors import Forbidden
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
            owner=member.installation_owner,
        )


def actor_of_active(actor: Actor, member_id: int) -> Actor:
    """Return an active member of the actor's tenant as an actor. Raises Forbidden for whoever left."""
    member = Member.visible_to(actor).filter(id=member_id, active=True).first()
    if member is None:
        raise Forbidden(operation=OWN_ACCOUNT.label.here())
    return actor_of_member(member)


def actor_of_key(key: ApiKey) -> Actor:
    """Return an API key as an actor: what its member may do now, narrowed to the key's own rights and fields."""
    member = actor_of_member(key.member)
    rights = {name: scope for name, given in key.rights.items() if (scope := narrower(given, member.rights.get(name)))}
    with tenant_scope(member.tenant_id):
        circles = _circles(key.member_id, set(rights.values()))
    revealed = member.revealed & frozenset(key.revealed)
    return replace(member, kind="key", rights=rights, circles=circles, revealed=revealed, key_id=key.id, owner=False)


def narrower(one: str, other: str | None) -> DataScope | None:
    """Return the narrower of two data scopes, or None where either gives nothing."""
    known = [scope for scope in SCOPES if scope in (one, other)]
    return known[0] if one in SCOPES and other in SCOPES else None


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

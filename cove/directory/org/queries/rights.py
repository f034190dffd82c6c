"""What a member may do in effect, and by which of his roles."""

from __future__ import annotations

from dataclasses import dataclass, field

from cove.directory.org.models import Member, Role
from cove.directory.org.permissions import SEE_ROLES
from cove.directory.org.queries.actors import actor_of_member, revealed_by, rights_of
from cove.directory.org.queries.roles import roles_of
from cove.kernel.actor import SCOPES, Actor, DataScope
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation, operations
from cove.kernel.rights import implied_scope, wider
from cove.kernel.sensitive import SensitiveField, sensitive_fields

MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A role that gives a right, how widely, and by which of its other rights if it is only implied."""

    role: Role
    scope: DataScope
    implied_by: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectiveRight:
    """An operation, how widely the member may do it (None: not at all), and the roles that say so."""

    operation: Operation
    scope: DataScope | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """The members whose rows a data scope covers: how many, and the names of some."""

    scope: DataScope
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EffectiveRights:
    """All that a member may do."""

    member: Member
    roles: list[Role]
    rights: list[EffectiveRight]
    fields: list[tuple[SensitiveField, list[Role]]]
    circles: list[Circle] = field(default_factory=list)


def effective_rights(actor: Actor, member_id: int) -> EffectiveRights:
    """Return what a member may do; of himself everybody may ask. Raises Forbidden, NotFound."""
    if actor.member_id != member_id:
        actor.require(SEE_ROLES)
    member = Member.visible_to(actor).filter(id=member_id).first()
    if member is None:
        raise NotFound
    roles = roles_of(actor, member_id)
    given = [(role, rights_of(role)) for role in roles]
    rights = [_effective(entry, given) for entry in operations if entry.grantable]
    fields = [(one, [role for role in roles if one.key in revealed_by([role])]) for one in sensitive_fields]
    return EffectiveRights(member, roles, rights, fields, _circles(actor, actor_of_member(member), rights))


def _effective(entry: Operation, given: list[tuple[Role, dict[str, DataScope]]]) -> EffectiveRight:
    sources = tuple(
        Source(role, rights[entry.key], _implying(entry, role, rights)) for role, rights in given if entry.key in rights
    )
    scope: DataScope | None = None
    for one in sources:
        scope = one.scope if scope is None else wider(scope, one.scope)
    return EffectiveRight(entry, scope, sources)


def _implying(entry: Operation, role: Role, rights: dict[str, DataScope]) -> tuple[Operation, ...]:
    """Return the operations of a role that alone bring `entry` as widely as the role gives it; none if it says so itself."""
    if role.everything or role.rights.get(entry.key) == rights[entry.key]:
        return ()
    return tuple(
        operations[key]
        for key, scope in rights.items()
        if entry.key in operations[key].implies
        and implied_scope(operations[key], scope, entry.key) == rights[entry.key]
    )


def _circles(actor: Actor, member: Actor, rights: list[EffectiveRight]) -> list[Circle]:
    used = {one.scope for one in rights if one.operation.scoped and one.scope is not None}
    found = []
    for scope in SCOPES:
        if scope in used:
            rows = Member.visible_to(actor).filter(active=True)
            if scope != "all":
                rows = rows.filter(id__in=member.circles[scope] | {member.member_id or 0})
            names = rows.order_by("name", "id").values_list("name", flat=True)[:MOST_NAMES]
            found.append(Circle(scope, rows.count(), tuple(names)))
    return found

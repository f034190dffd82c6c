from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from django.db import IntegrityError, transaction

from cove.directory.org import queries
from cove.directory.org.commands.notices import notify
from cove.directory.org.errors import (
    AdministratorRole,
    BeyondOwnRights,
    LastAdministrator,
    RoleInUse,
    RoleNameTaken,
    UnknownMember,
)
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.permissions import MANAGE_ROLES
from cove.kernel.actor import SCOPES, Actor, DataScope
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.operations import operations
from cove.kernel.sensitive import sensitive_fields
from cove.kernel.words import Words

_NO_RIGHT = Words("没有这项权限，请刷新后重选", "There is no such right; reload and choose again")
_NO_SCOPE = Words(
    "请选择数据范围：本人、本部门、本部门及下级、全部", "Choose a data scope: own, departments, subtree or all"
)
_NO_FIELD = Words("没有这个敏感字段，请刷新后重选", "There is no such sensitive field; reload and choose again")
_ITSELF = Words("请选择另一个角色来接替", "Choose another role to take its place")


@command(MANAGE_ROLES)
def create_role(
    actor: Actor, *, name: str, description: str = "", rights: Mapping[str, str], revealed: Sequence[str] = ()
) -> Role:
    """Make a role: `rights` are operation key to data scope, `revealed` the sensitive fields it shows whole.

    Raises RoleNameTaken, BeyondOwnRights, and InvalidInput naming the right or field that does not exist.
    """
    role = Role(name=name, description=description)
    _give(actor, role, _checked(rights), _fields(revealed))
    return _saved(role)


@command(MANAGE_ROLES)
def change_role(
    actor: Actor,
    *,
    role_id: int,
    name: str | None = None,
    description: str | None = None,
    rights: Mapping[str, str] | None = None,
    revealed: Sequence[str] | None = None,
) -> Role:
    """Change what is given, leave the rest; whoever holds the role has the new rights with his next request.

    Raises NotFound, AdministratorRole for an attempt to narrow that one, and what `create_role` raises.
    """
    role = _locked(actor, role_id)
    if role.everything and (rights is not None or revealed is not None):
        raise AdministratorRole(name=role.name)
    role.name = role.name if name is None else name
    role.description = role.description if description is None else description
    if not role.everything:
        wanted = role.rights if rights is None else _checked(rights)
        _give(actor, role, wanted, role.revealed if revealed is None else _fields(revealed))
    return _saved(role)


@command(MANAGE_ROLES)
def duplicate_role(actor: Actor, *, role_id: int, name: str) -> Role:
    """Make a role like another, held by nobody yet; a copy of the administrator's holds each right of today and may be narrowed.

    Raises NotFound, RoleNameTaken, BeyondOwnRights.
    """
    like = _locked(actor, role_id)
    role = Role(name=name, description=like.description)
    rights = queries.actors.rights_of(like) if like.everything else like.rights
    _give(actor, role, rights, sorted(queries.actors.revealed_by([like])))
    return _saved(role)


@command(MANAGE_ROLES)
def delete_role(actor: Actor, *, role_id: int, reassign_to: int | None = None) -> int:
    """Delete a role; whoever held it gets the role `reassign_to`. Return how many members that were.

    Raises NotFound, AdministratorRole, BeyondOwnRights, RoleInUse when members hold it and no other role is named.
    """
    role = _locked(actor, role_id)
    if role.everything:
        raise AdministratorRole(name=role.name)
    members = list(RoleGrant.objects.filter(role=role).values_list("member_id", flat=True))
    if members and reassign_to is None:
        raise RoleInUse(name=role.name, count=len(members))
    if reassign_to == role_id:
        raise InvalidInput(fields={"reassign_to": _ITSELF})
    if members and reassign_to is not None:
        _grant(actor, _locked(actor, reassign_to), members)
    _tell(actor, role, set(members), given=False)
    role.delete()
    return len(members)


@command(MANAGE_ROLES)
def grant_role(actor: Actor, *, role_id: int, member_ids: Sequence[int]) -> int:
    """Give a role to members; return how many did not have it yet. Raises NotFound, UnknownMember, BeyondOwnRights."""
    role = _locked(actor, role_id)
    wanted = set(member_ids)
    if len(Member.visible_to(actor).filter(id__in=wanted)) != len(wanted):
        raise UnknownMember(fields={"member_ids": UnknownMember.words})
    return len(_grant(actor, role, wanted))


@command(MANAGE_ROLES)
def revoke_role(actor: Actor, *, role_id: int, member_ids: Sequence[int]) -> int:
    """Take a role from members; return how many had it. Raises NotFound, BeyondOwnRights, LastAdministrator."""
    role = _locked(actor, role_id)
    grants = RoleGrant.objects.filter(role=role, member_id__in=set(member_ids))
    taken = set(grants.values_list("member_id", flat=True))
    grants.delete()
    if role.everything and taken:
        keep_an_administrator(actor)
    _tell(actor, role, taken, given=False)
    return len(taken)


def keep_an_administrator(actor: Actor) -> None:
    """Refuse what has just been done if no active administrator is left after it. Raises LastAdministrator; to be called in a command."""
    # Two at once that take each other's role wait here, and the second sees what the first did.
    list(Role.objects.select_for_update().filter(everything=True).order_by("id"))
    if not queries.roles.administrators(actor).exists():
        raise LastAdministrator


def _tell(actor: Actor, role: Role, member_ids: set[int], *, given: bool) -> None:
    """Tell members that somebody else gave them a role or took it."""
    values = {"role": role.name, "by": actor.name, "given": given}
    notify(actor, kind="org.role_changed", member_ids=member_ids - {actor.member_id or 0}, values=values)


def _locked(actor: Actor, role_id: int) -> Role:
    """Return a role that the actor may work with: one that holds nothing he does not hold himself."""
    role = Role.objects.select_for_update().filter(id=role_id).first()
    if role is None:
        raise NotFound
    if over := queries.roles.beyond(actor, role):
        raise _beyond(over)
    return role


def _give(actor: Actor, role: Role, rights: Mapping[str, DataScope], revealed: Sequence[str]) -> None:
    role.rights, role.revealed = dict(rights), list(revealed)
    if over := queries.roles.beyond_own(actor, role.rights, role.revealed):
        raise _beyond(over)


def _beyond(over: Sequence[str]) -> BeyondOwnRights:
    return BeyondOwnRights(names=Words("、", ", ").here().join(over))


def _saved(role: Role) -> Role:
    try:
        with transaction.atomic():
            role.save()
    except IntegrityError as error:
        raise RoleNameTaken(name=role.name, fields={"name": RoleNameTaken.words}) from error
    return role


def _grant(actor: Actor, role: Role, member_ids: Collection[int]) -> set[int]:
    """Give a role to those who do not have it yet, tell them, and return who they are."""
    has = set(RoleGrant.objects.filter(role=role, member_id__in=member_ids).values_list("member_id", flat=True))
    missing = set(member_ids) - has
    RoleGrant.objects.bulk_create([RoleGrant(role=role, member_id=one) for one in missing], ignore_conflicts=True)
    _tell(actor, role, missing, given=True)
    return missing


def _checked(rights: Mapping[str, str]) -> dict[str, DataScope]:
    """Return rights as a role keeps them. Raises InvalidInput for what no role can hold."""
    wrong: dict[str, Words] = {}
    for key, scope in rights.items():
        entry = operations.get(key)
        if entry is None or not entry.grantable:
            wrong[f"rights.{key}"] = _NO_RIGHT
        elif scope not in SCOPES:
            wrong[f"rights.{key}"] = _NO_SCOPE
    if wrong:
        raise InvalidInput(fields=wrong)
    return {key: cast("DataScope", scope) if operations[key].scoped else "all" for key, scope in rights.items()}


def _fields(revealed: Sequence[str]) -> list[str]:
    wrong = [key for key in revealed if key not in sensitive_fields]
    if wrong:
        raise InvalidInput(fields={f"revealed.{key}": _NO_FIELD for key in wrong})
    return sorted(set(revealed))

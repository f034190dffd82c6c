"""Console: roles, and who holds them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import queries
from cove.directory.org.api.members import member_answer
from cove.directory.org.api.role_answers import catalogue_answer, role_answer
from cove.directory.org.commands import roles as commands
from cove.directory.org.errors import (
    AdministratorRole,
    BeyondOwnRights,
    LastAdministrator,
    RoleInUse,
    RoleNameTaken,
    UnknownMember,
)
from cove.directory.org.permissions import MANAGE_ROLES, SEE_ROLES
from cove.directory.org.schemas.members import MemberAnswer
from cove.directory.org.schemas.roles import (
    GrantedAnswer,
    NewRole,
    RightsCatalogueAnswer,
    RoleAnswer,
    RoleChange,
    RoleCopy,
    RoleHolders,
    RolesAnswer,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["roles"])


@console.get("/roles", response={200: RolesAnswer, **refusals(Forbidden)}, **needs(SEE_ROLES))
def list_roles(request: HttpRequest) -> RolesAnswer:
    """List roles with how many members hold them, the administrator's first."""
    who = actor(request)
    return RolesAnswer(items=[role_answer(who, row) for row in queries.roles.roles(who)])


@console.get("/roles/catalogue", response={200: RightsCatalogueAnswer, **refusals(Forbidden)}, **needs(SEE_ROLES))
def read_catalogue(request: HttpRequest) -> RightsCatalogueAnswer:
    """Tell all that a role can hold."""
    return catalogue_answer()


@console.post(
    "/roles", response={201: RoleAnswer, **refusals(Forbidden, RoleNameTaken, BeyondOwnRights)}, **needs(MANAGE_ROLES)
)
def add_role(request: HttpRequest, payload: NewRole) -> Status[RoleAnswer]:
    """Make a role."""
    who = actor(request)
    made = commands.create_role(who, **payload.model_dump())
    return Status(201, role_answer(who, queries.roles.role(who, made.id)))


@console.get("/roles/{role_id}", response={200: RoleAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_ROLES))
def read_role(request: HttpRequest, role_id: int) -> RoleAnswer:
    """Read one role."""
    who = actor(request)
    return role_answer(who, queries.roles.role(who, role_id))


@console.patch(
    "/roles/{role_id}",
    response={200: RoleAnswer, **refusals(Forbidden, NotFound, RoleNameTaken, BeyondOwnRights, AdministratorRole)},
    **needs(MANAGE_ROLES),
)
def edit_role(request: HttpRequest, role_id: int, payload: RoleChange) -> RoleAnswer:
    """Change a role; what is left out stays."""
    who = actor(request)
    commands.change_role(who, role_id=role_id, **payload.model_dump())
    return role_answer(who, queries.roles.role(who, role_id))


@console.post(
    "/roles/{role_id}/copies",
    response={201: RoleAnswer, **refusals(Forbidden, NotFound, RoleNameTaken, BeyondOwnRights)},
    **needs(MANAGE_ROLES),
)
def copy_role(request: HttpRequest, role_id: int, payload: RoleCopy) -> Status[RoleAnswer]:
    """Make a role like this one, held by nobody yet."""
    who = actor(request)
    made = commands.duplicate_role(who, role_id=role_id, name=payload.name)
    return Status(201, role_answer(who, queries.roles.role(who, made.id)))


@console.delete(
    "/roles/{role_id}",
    response={200: GrantedAnswer, **refusals(Forbidden, NotFound, RoleInUse, BeyondOwnRights, AdministratorRole)},
    **needs(MANAGE_ROLES),
)
def remove_role(request: HttpRequest, role_id: int, reassign_to: int | None = None) -> GrantedAnswer:
    """Delete a role; whoever held it gets the role `reassign_to`."""
    return GrantedAnswer(changed=commands.delete_role(actor(request), role_id=role_id, reassign_to=reassign_to))


@console.get(
    "/roles/{role_id}/members",
    response={200: Page[MemberAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_ROLES),
)
def list_holders(
    request: HttpRequest,
    role_id: int,
    search: Annotated[str, Query(max_length=100)] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[MemberAnswer]:
    """List who holds a role, by name."""
    rows = queries.roles.members_of(actor(request), role_id, search=search.strip())
    found, following = slice_after(rows, sort="name", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[member_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/roles/{role_id}/members",
    response={200: GrantedAnswer, **refusals(Forbidden, NotFound, BeyondOwnRights, UnknownMember)},
    **needs(MANAGE_ROLES),
)
def grant(request: HttpRequest, role_id: int, payload: RoleHolders) -> GrantedAnswer:
    """Give a role to members."""
    return GrantedAnswer(changed=commands.grant_role(actor(request), role_id=role_id, member_ids=payload.member_ids))


@console.post(
    "/roles/{role_id}/members/revoke",
    response={200: GrantedAnswer, **refusals(Forbidden, NotFound, BeyondOwnRights, LastAdministrator)},
    **needs(MANAGE_ROLES),
)
def revoke(request: HttpRequest, role_id: int, payload: RoleHolders) -> GrantedAnswer:
    """Take a role from members."""
    return GrantedAnswer(changed=commands.revoke_role(actor(request), role_id=role_id, member_ids=payload.member_ids))

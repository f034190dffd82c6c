"""Console: the tree of departments."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.departments import (
    choose_leaders,
    create_department,
    delete_department,
    move_department,
    rename_department,
)
from cove.directory.org.errors import DepartmentNameTaken, DepartmentNotEmpty, KeptByWecom, MovedIntoItself, TooDeep
from cove.directory.org.permissions import MANAGE_DEPARTMENTS, SEE_MEMBERS
from cove.directory.org.schemas.departments import (
    DepartmentAnswer,
    DepartmentChange,
    DepartmentMove,
    Leaders,
    MoveEffectAnswer,
    NewDepartment,
    TreeAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId

console = Router(tags=["departments"])


@console.get("/departments", response={200: TreeAnswer, **refusals(Forbidden)}, **needs(SEE_MEMBERS))
def read_tree(request: HttpRequest) -> TreeAnswer:
    """Show all departments with member counts and leaders."""
    return _tree(actor(request))


@console.post(
    "/departments",
    response={201: NamedId, **refusals(Forbidden, NotFound, TooDeep, DepartmentNameTaken)},
    **needs(MANAGE_DEPARTMENTS),
)
def add_department(request: HttpRequest, payload: NewDepartment) -> Status[NamedId]:
    """Add a department at the end of its siblings."""
    made = create_department(actor(request), name=payload.name.strip(), parent_id=payload.parent_id)
    return Status(201, NamedId(id=made.id, name=made.name))


@console.patch(
    "/departments/{department_id}",
    response={200: NamedId, **refusals(Forbidden, NotFound, KeptByWecom, DepartmentNameTaken)},
    **needs(MANAGE_DEPARTMENTS),
)
def change_department(request: HttpRequest, department_id: int, payload: DepartmentChange) -> NamedId:
    """Rename a department."""
    row = rename_department(actor(request), department_id=department_id, name=payload.name.strip())
    return NamedId(id=row.id, name=row.name)


@console.get(
    "/departments/{department_id}/move",
    response={200: MoveEffectAnswer, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_DEPARTMENTS),
)
def preview_move(request: HttpRequest, department_id: int, parent_id: int | None = None) -> MoveEffectAnswer:
    """Tell what moving a department would do, without doing it."""
    who = actor(request)
    row = queries.departments.department(who, department_id)
    effect = queries.departments.effect_of_move(who, row=row, parent_id=parent_id)
    return MoveEffectAnswer(
        departments=effect.departments,
        members=effect.members,
        gaining=[NamedId(id=key, name=name) for key, name in effect.gaining],
        losing=[NamedId(id=key, name=name) for key, name in effect.losing],
    )


@console.post(
    "/departments/{department_id}/move",
    response={
        200: TreeAnswer,
        **refusals(Forbidden, NotFound, KeptByWecom, MovedIntoItself, TooDeep, DepartmentNameTaken),
    },
    **needs(MANAGE_DEPARTMENTS),
)
def put_elsewhere(request: HttpRequest, department_id: int, payload: DepartmentMove) -> TreeAnswer:
    """Move a department with all below it, or change its place among its siblings."""
    who = actor(request)
    move_department(who, department_id=department_id, parent_id=payload.parent_id, before_id=payload.before_id)
    return _tree(who)


@console.put(
    "/departments/{department_id}/leaders",
    response={200: TreeAnswer, **refusals(Forbidden, NotFound, KeptByWecom)},
    **needs(MANAGE_DEPARTMENTS),
)
def change_leaders(request: HttpRequest, department_id: int, payload: Leaders) -> TreeAnswer:
    """Choose who leads a department."""
    who = actor(request)
    choose_leaders(who, department_id=department_id, member_ids=payload.member_ids)
    return _tree(who)


@console.delete(
    "/departments/{department_id}",
    response={204: None, **refusals(Forbidden, NotFound, KeptByWecom, DepartmentNotEmpty)},
    **needs(MANAGE_DEPARTMENTS),
)
def remove_department(request: HttpRequest, department_id: int, *, join_parent: bool = False) -> Status[None]:
    """Delete a department; with `join_parent` its members and sub-departments go to the one above."""
    delete_department(actor(request), department_id=department_id, join_parent=join_parent)
    return Status(204, None)


def _tree(who: Actor) -> TreeAnswer:
    found = queries.departments.tree(who)
    items = [
        DepartmentAnswer(
            id=branch.department.id,
            name=branch.department.name,
            parent_id=branch.department.parent_id,
            from_wecom=branch.department.wecom_id is not None,
            members=branch.direct,
            members_below=branch.below,
            leaders=[NamedId(id=key, name=name) for key, name in branch.leaders],
        )
        for branch in found.branches
    ]
    return TreeAnswer(items=items, members=found.members, without=found.without)

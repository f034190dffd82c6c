"""The tree of departments, kept by hand."""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.org import queries
from cove.directory.org.commands.directory_departments import drop_departments
from cove.directory.org.commands.locks import lock_organisation
from cove.directory.org.errors import (
    DepartmentNameTaken,
    DepartmentNotEmpty,
    KeptByWecom,
    MovedIntoItself,
    TooDeep,
)
from cove.directory.org.models import Department, Member, Membership
from cove.directory.org.models.departments import DEEPEST
from cove.directory.org.permissions import MANAGE_DEPARTMENTS
from cove.directory.org.queries.departments import ancestors, parents_of_all
from cove.facts.org import DepartmentMoved
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

GAP = 1_000
"""Room between siblings, so that one can be put between two without touching them."""


@command(MANAGE_DEPARTMENTS)
def create_department(actor: Actor, *, name: str, parent_id: int | None) -> Department:
    """Add a department at the end of its siblings. Raises NotFound, TooDeep, DepartmentNameTaken."""
    lock_organisation(actor.tenant_id)
    parent = queries.departments.department(actor, parent_id) if parent_id is not None else None
    if parent is not None and len(ancestors(parent.id, parents_of_all())) >= DEEPEST:
        raise TooDeep(levels=DEEPEST)
    _refuse_same_name(actor, name, parent_id)
    return Department.objects.create(name=name, parent=parent, position=_after(list(_siblings(parent_id, None))))


@command(MANAGE_DEPARTMENTS)
def rename_department(actor: Actor, *, department_id: int, name: str) -> Department:
    """Give a department another name. Raises NotFound, KeptByWecom, DepartmentNameTaken."""
    lock_organisation(actor.tenant_id)
    row = _own(actor, department_id)
    _refuse_same_name(actor, name, row.parent_id, row.id)
    row.name = name
    row.save(update_fields=["name"])
    return row


@command(MANAGE_DEPARTMENTS)
def move_department(actor: Actor, *, department_id: int, parent_id: int | None, before_id: int | None) -> Department:
    """Put a department with all below it under another parent (None: at the top), before a sibling or at the end.

    Raises NotFound, KeptByWecom, MovedIntoItself, TooDeep, DepartmentNameTaken.
    """
    lock_organisation(actor.tenant_id)
    row = _own(actor, department_id)
    parent = queries.departments.department(actor, parent_id) if parent_id is not None else None
    parents = parents_of_all()
    above = ancestors(parent_id, parents)
    if row.id in above:
        raise MovedIntoItself(name=row.name)
    if len(above) + _height(row.id, parents) > DEEPEST:
        raise TooDeep(levels=DEEPEST)
    _refuse_same_name(actor, row.name, parent_id, row.id)
    was, row.parent = row.parent_id, parent
    row.position = _place(list(_siblings(parent_id, row.id)), before_id)
    row.save(update_fields=["parent", "position"])
    if was != parent_id:
        publish(DepartmentMoved(department_id=row.id, name=row.name, from_id=was, to_id=parent_id, source="console"))
    return row


@command(MANAGE_DEPARTMENTS)
def delete_department(actor: Actor, *, department_id: int, join_parent: bool) -> None:
    """Delete an empty department, or with `join_parent` any: members and sub-departments then go to its parent.

    Raises NotFound, KeptByWecom, DepartmentNotEmpty.
    """
    lock_organisation(actor.tenant_id)
    row = _own(actor, department_id)
    members = Membership.objects.filter(department=row).count()
    below = Department.objects.filter(parent=row).count()
    if (members or below) and not join_parent:
        raise DepartmentNotEmpty(name=row.name, members=members, departments=below)
    drop_departments([row.id])


@command(MANAGE_DEPARTMENTS)
def choose_leaders(actor: Actor, *, department_id: int, member_ids: Sequence[int]) -> None:
    """Make exactly these members the leaders of a department; who is not in it yet is put into it.

    Raises NotFound, KeptByWecom, InvalidInput for a member who is not there or not active.
    """
    lock_organisation(actor.tenant_id)
    row = _own(actor, department_id)
    wanted = set(member_ids)
    if Member.visible_to(actor).filter(id__in=wanted, active=True).count() != len(wanted):
        words = Words("有成员不存在或已停用，请重新选择", "A member does not exist or is deactivated; choose again")
        raise InvalidInput(fields={"member_ids": words})
    Membership.objects.filter(department=row, leads=True).exclude(member_id__in=wanted).update(leads=False)
    Membership.objects.filter(department=row, member_id__in=wanted).update(leads=True)
    present = set(Membership.objects.filter(department=row, member_id__in=wanted).values_list("member_id", flat=True))
    placed = set(Membership.objects.filter(member_id__in=wanted, main=True).values_list("member_id", flat=True))
    Membership.objects.bulk_create(
        [
            Membership(member_id=one, department=row, leads=True, main=one not in placed)
            for one in sorted(wanted - present)
        ]
    )


def _own(actor: Actor, department_id: int) -> Department:
    row = Department.visible_to(actor).select_for_update().filter(id=department_id).first()
    if row is None:
        raise NotFound
    if row.wecom_id is not None:
        raise KeptByWecom(name=row.name)
    return row


def _refuse_same_name(actor: Actor, name: str, parent_id: int | None, but: int = 0) -> None:
    if Department.visible_to(actor).filter(name__iexact=name, parent_id=parent_id).exclude(id=but).exists():
        words = DepartmentNameTaken.words
        raise DepartmentNameTaken(fields={"name": words}, name=name)


def _siblings(parent_id: int | None, but: int | None) -> list[Department]:
    return list(Department.objects.filter(parent_id=parent_id).exclude(id=but or 0).order_by("position", "id"))


def _after(siblings: list[Department]) -> int:
    return siblings[-1].position + GAP if siblings else 0


def _place(siblings: list[Department], before_id: int | None) -> int:
    """Return the position before a sibling; if there is no room left, the siblings are spread first."""
    index = next((number for number, one in enumerate(siblings) if one.id == before_id), None)
    if before_id is not None and index is None:
        raise NotFound
    if index is None:
        return _after(siblings)
    if index == 0:
        return siblings[0].position - GAP
    if siblings[index].position - siblings[index - 1].position < 2:  # noqa: PLR2004 -- nothing lies between
        for number, one in enumerate(siblings):
            one.position = siblings[0].position + number * GAP
        Department.objects.bulk_update(siblings, ["position"])
    return (siblings[index].position + siblings[index - 1].position) // 2


def _height(department_id: int, parents: dict[int, int | None]) -> int:
    """Return how many levels a department has, itself included."""
    children: dict[int | None, list[int]] = {}
    for one, parent in parents.items():
        children.setdefault(parent, []).append(one)
    levels, level = 0, [department_id]
    while level:
        levels, level = levels + 1, [child for one in level for child in children.get(one, [])]
    return levels

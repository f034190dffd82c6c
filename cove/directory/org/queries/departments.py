"""The tree of departments: read whole, because nobody has more of them than fit into one answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cove.directory.org.models import Department, Member, Membership, Role
from cove.directory.org.permissions import SEE_MEMBERS
from cove.directory.org.queries.actors import with_all_below
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


@dataclass(slots=True)
class Branch:
    """A department with how many active members it has directly and with all below (each counted once), and its leaders."""

    department: Department
    direct: int = 0
    below: int = 0
    leaders: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """All departments, parents before children and siblings in order; active members in all, and those in no department."""

    branches: list[Branch]
    members: int
    without: int


def department(actor: Actor, department_id: int) -> Department:
    """Return one department; raises NotFound."""
    found = Department.visible_to(actor).filter(id=department_id).first()
    if found is None:
        raise NotFound
    return found


def tree(actor: Actor) -> Tree:
    """Return the tree in four statements, however large it is."""
    actor.require(SEE_MEMBERS)
    rows = list(Department.visible_to(actor).order_by("position", "id"))
    places = Membership.objects.filter(member__active=True).values_list("department_id", "member_id", "leads")
    members: dict[int, set[int]] = defaultdict(set)
    leading: dict[int, list[int]] = defaultdict(list)
    for department_id, member_id, leads in places:
        members[department_id].add(member_id)
        if leads:
            leading[department_id].append(member_id)
    names = dict(Member.objects.filter(memberships__leads=True, active=True).values_list("id", "name"))
    everybody = Member.visible_to(actor).filter(active=True).count()
    placed: set[int] = set().union(*members.values()) if members else set()
    branches = {row.id: Branch(row, direct=len(members[row.id])) for row in rows}
    ordered = _parents_first(rows)
    for row in reversed(ordered):
        branches[row.id].below = len(members[row.id])
        branches[row.id].leaders = sorted((one, names.get(one, "")) for one in leading[row.id])
        if row.parent_id is not None:
            members[row.parent_id] = members[row.parent_id] | members[row.id]
    return Tree([branches[row.id] for row in ordered], everybody, everybody - len(placed))


def _parents_first(rows: Iterable[Department]) -> list[Department]:
    children: dict[int | None, list[Department]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)
    found: list[Department] = []
    waiting = children[None][::-1]
    while waiting:
        row = waiting.pop()
        found.append(row)
        waiting.extend(reversed(children[row.id]))
    return found


def parents_of_all() -> dict[int, int | None]:
    """Return the parent of every department of the bound tenant."""
    return dict(Department.objects.values_list("id", "parent_id"))


def ancestors(department_id: int | None, parents: dict[int, int | None]) -> list[int]:
    """Return a department and all above it, itself first."""
    found = []
    while department_id is not None:
        found.append(department_id)
        department_id = parents.get(department_id)
    return found


@dataclass(frozen=True, slots=True)
class MoveEffect:
    """What a move does: how much moves, and who reaches more or fewer members' data from then on."""

    departments: int
    members: int
    gaining: list[tuple[int, str]]
    losing: list[tuple[int, str]]


def effect_of_move(actor: Actor, *, row: Department, parent_id: int | None) -> MoveEffect:
    """Return what moving a department would do. Only roles with the scope “department and below” see a change."""
    actor.require(SEE_MEMBERS)
    parents = parents_of_all()
    below = with_all_below({row.id})
    before, after = set(ancestors(row.parent_id, parents)), set(ancestors(parent_id, parents))
    moving = Membership.objects.filter(department_id__in=below, member__active=True)
    return MoveEffect(
        departments=len(below),
        members=moving.values("member_id").distinct().count(),
        gaining=_reaching(after - before),
        losing=_reaching(before - after),
    )


def _reaching(rooms: set[int]) -> list[tuple[int, str]]:
    """Return the members in these departments who reach everybody below by a role."""
    if not rooms:
        return []
    roles = [role.id for role in Role.objects.filter(everything=False) if "subtree" in role.rights.values()]
    found = Member.objects.filter(
        Q(memberships__department_id__in=rooms), Q(grants__role_id__in=roles), active=True
    ).distinct()
    return sorted(found.values_list("id", "name"), key=lambda one: one[1])

"""Departments of an outside directory, written in sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from cove.directory.org.contracts import DirectoryDepartment
from cove.directory.org.models import Department, Membership
from cove.facts.org import DepartmentMoved
from cove.kernel.command import publish
from cove.kernel.scope import require_tenant

_SET_PARENTS = """
UPDATE org_department AS child SET parent_id = wanted.parent_id
FROM jsonb_to_recordset(%s::jsonb) AS wanted(id bigint, parent_id bigint)
WHERE child.id = wanted.id AND child.tenant_id = %s
"""


def put_departments(entries: Sequence[DirectoryDepartment]) -> None:
    """Make these departments what the directory says, new ones included; tell of those that moved."""
    if not entries:
        return
    before = {row.wecom_id: row for row in Department.objects.filter(wecom_id__isnull=False)}
    rows = [Department(wecom_id=entry.id, name=entry.name, position=-entry.order) for entry in entries]
    Department.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant_id", "wecom_id"],
        update_fields=["name", "position"],
    )
    ids = dict(Department.objects.filter(wecom_id__isnull=False).values_list("wecom_id", "id"))
    moves = []
    for entry in entries:
        parent_id = ids.get(entry.parent_id) if entry.parent_id is not None else None
        known = before.get(entry.id)
        if known is None or known.parent_id != parent_id:
            moves.append({"id": ids[entry.id], "parent_id": parent_id})
        if known is not None and known.parent_id != parent_id:
            publish(
                DepartmentMoved(
                    department_id=known.id, name=entry.name, from_id=known.parent_id, to_id=parent_id, source="wecom"
                )
            )
    with connection.cursor() as cursor:
        cursor.execute(_SET_PARENTS, [json.dumps(moves), require_tenant()])


def drop_departments(gone: Sequence[int]) -> None:
    """Remove departments; their members and sub-departments go to the nearest one above that stays.

    A member who is in that one already is not put there twice; his main department stays marked.
    """
    if not gone:
        return
    parents = dict(Department.objects.values_list("id", "parent_id"))
    heirs = {one: _heir(one, set(gone), parents) for one in gone}
    _leave_members(heirs)
    orphans = [
        {"id": child, "parent_id": heirs[parent]}
        for child, parent in parents.items()
        if parent in heirs and child not in heirs
    ]
    # The gone ones let go of each other first, so that none is held by one that goes with it.
    loose: list[dict[str, int | None]] = [{"id": one, "parent_id": None} for one in gone]
    with connection.cursor() as cursor:
        cursor.execute(_SET_PARENTS, [json.dumps(loose + orphans), require_tenant()])
    Department.objects.filter(id__in=gone).delete()


def _leave_members(heirs: dict[int, int | None]) -> None:
    """Put the members of each department into its heir, mains kept, leaders not: leading the lower one is not leading the upper one."""
    leaving = list(Membership.objects.filter(department_id__in=heirs))
    mains = {row.member_id for row in leaving if row.main}
    Membership.objects.filter(department_id__in=heirs).delete()
    wanted = {(row.member_id, heir) for row in leaving if (heir := heirs[row.department_id]) is not None}
    Membership.objects.bulk_create(
        [Membership(member_id=member, department_id=heir) for member, heir in sorted(wanted)], ignore_conflicts=True
    )
    keep_one_main(mains)


def keep_one_main(members: set[int]) -> None:
    """Give each of these members a main department again who lost it and has any: the one he was put into last."""
    if not members:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NEW_MAINS, [require_tenant(), sorted(members)])


_NEW_MAINS = """
UPDATE org_membership SET main = true WHERE id IN (
    SELECT max(id) FROM org_membership WHERE tenant_id = %s AND member_id = ANY(%s) GROUP BY member_id HAVING NOT bool_or(main)
)
"""


def _heir(department_id: int, gone: set[int], parents: Mapping[int, int | None]) -> int | None:
    above = parents.get(department_id)
    while above is not None and above in gone:
        above = parents.get(above)
    return above

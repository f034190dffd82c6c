"""Keeping departments and members in step with an outside directory: compared in memory, written in a fixed number of statements.

Who came by hand (no userid) is left alone, and so are the hand-made departments of those who came from outside. See decision 0038.
"""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.org.commands.activity import end_membership
from cove.directory.org.commands.directory_departments import drop_departments, put_departments
from cove.directory.org.commands.directory_members import deactivate_missing, put_members
from cove.directory.org.commands.locks import lock_organisation
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.models import Department, Member
from cove.directory.org.permissions import MANAGE_MEMBERS
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(MANAGE_MEMBERS)
def take_over_directory(
    actor: Actor, *, departments: Sequence[DirectoryDepartment], members: Sequence[DirectoryMember]
) -> tuple[int, int]:
    """Make departments and members equal to the directory's; who is no longer in it is deactivated, never deleted.

    Returns how many departments and members were taken over. Members are matched by platform userid, without case.
    A department that is gone leaves its hand-made members and sub-departments to the nearest one above that is still there.
    """
    lock_organisation(actor.tenant_id)
    put_departments(departments)
    kept = put_members(members)
    deactivate_missing(kept)
    gone = Department.objects.filter(wecom_id__isnull=False).exclude(wecom_id__in={entry.id for entry in departments})
    drop_departments(list(gone.values_list("id", flat=True)))
    return len(departments), len(members)


@command(MANAGE_MEMBERS)
def take_over_member(actor: Actor, *, entry: DirectoryMember, was: str = "") -> Member:
    """Take over one member; `was` is his userid before the platform changed it. Departments that are not known yet are left out."""
    lock_organisation(actor.tenant_id)
    if was and not Member.visible_to(actor).filter(wecom_userid__iexact=entry.userid).exists():
        Member.visible_to(actor).filter(wecom_userid__iexact=was).update(wecom_userid=entry.userid)
    (member_id,) = put_members([entry])
    return Member.objects.get(id=member_id)


@command(MANAGE_MEMBERS)
def drop_member(actor: Actor, *, userid: str) -> None:
    """Deactivate a member who is no longer in the outside directory; what he did keeps his name."""
    member = Member.visible_to(actor).select_for_update().filter(wecom_userid__iexact=userid, active=True).first()
    if member is not None:
        member.active, member.left_directory = False, True
        member.save(update_fields=["active", "left_directory"])
        end_membership([(member.id, member.name)], source="wecom")


@command(MANAGE_MEMBERS)
def take_over_department(
    actor: Actor, *, wecom_id: int, name: str | None, parent_wecom_id: int | None, order: int | None
) -> bool:
    """Take over what is told of one department; None is what is not told.

    Returns False when that is not enough (it is new without name or parent, or its parent is not known): then the whole directory
    has to be read.
    """
    lock_organisation(actor.tenant_id)
    known = Department.objects.filter(wecom_id=wecom_id).select_related("parent").first()
    if known is None and (not name or parent_wecom_id is None):
        return False
    parent = parent_wecom_id if parent_wecom_id is not None else (known and known.parent and known.parent.wecom_id)
    if parent and not Department.objects.filter(wecom_id=parent).exists():
        return False
    place = order if order is not None else (-known.position if known else 0)
    put_departments([DirectoryDepartment(wecom_id, parent or None, name or (known.name if known else ""), place)])
    return True


@command(MANAGE_MEMBERS)
def drop_department(actor: Actor, *, wecom_id: int) -> None:
    """Remove a department that is no longer in the outside directory; who is still in it goes to the one above."""
    lock_organisation(actor.tenant_id)
    drop_departments(list(Department.objects.filter(wecom_id=wecom_id).values_list("id", flat=True)))

"""Keeping departments and members in step with an outside directory."""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.models import Department, Member, Membership
from cove.directory.org.permissions import MANAGE_MEMBERS
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(MANAGE_MEMBERS)
def take_over_directory(
    actor: Actor, *, departments: Sequence[DirectoryDepartment], members: Sequence[DirectoryMember]
) -> tuple[int, int]:
    """Make departments and members equal to the directory's; who is no longer in it is deactivated, never deleted.

    Returns how many departments and members were taken over. Members are matched by platform userid.
    """
    rooms = _departments(departments)
    # By id: the platform may spell a userid in another case than we first met it in.
    kept = [_member(entry, rooms).id for entry in members]
    Member.objects.filter(wecom_userid__isnull=False).exclude(id__in=kept).update(active=False)
    return len(rooms), len(members)


@command(MANAGE_MEMBERS)
def take_over_member(actor: Actor, *, entry: DirectoryMember, was: str = "") -> Member:
    """Take over one member; `was` is his userid before the platform changed it. Departments that are not known yet are left out."""
    if was and not Member.visible_to(actor).filter(wecom_userid__iexact=entry.userid).exists():
        Member.visible_to(actor).filter(wecom_userid__iexact=was).update(wecom_userid=entry.userid)
    rooms = {room.wecom_id: room for room in Department.objects.filter(wecom_id__in=entry.department_ids)}
    return _member(entry, {key: room for key, room in rooms.items() if key is not None})


@command(MANAGE_MEMBERS)
def drop_member(actor: Actor, *, userid: str) -> None:
    """Deactivate a member who is no longer in the outside directory; what he did keeps his name."""
    Member.visible_to(actor).filter(wecom_userid__iexact=userid).update(active=False)


def _member(entry: DirectoryMember, rooms: dict[int, Department]) -> Member:
    # The platform compares userids without case (document 90195).
    member = Member.objects.filter(wecom_userid__iexact=entry.userid).first() or Member(wecom_userid=entry.userid)
    member.name, member.active = entry.name or member.name or entry.userid, entry.active and member.barred_at is None
    member.save()
    wanted = {rooms[key].id for key in entry.department_ids if key in rooms}
    Membership.objects.filter(member=member).exclude(department_id__in=wanted).delete()
    for department_id in wanted:
        Membership.objects.get_or_create(member=member, department_id=department_id)
    return member


def _departments(entries: Sequence[DirectoryDepartment]) -> dict[int, Department]:
    rooms = {
        entry.id: Department.objects.update_or_create(wecom_id=entry.id, defaults={"name": entry.name})[0]
        for entry in entries
    }
    for entry in entries:
        parent = rooms.get(entry.parent_id) if entry.parent_id else None
        if rooms[entry.id].parent_id != (parent.id if parent else None):
            rooms[entry.id].parent = parent
            rooms[entry.id].save(update_fields=["parent"])
    return rooms

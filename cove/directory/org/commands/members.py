from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from cove.directory.org import queries
from cove.directory.org.commands.leaving import deactivate_member, reactivate_member
from cove.directory.org.commands.locks import lock_organisation
from cove.directory.org.commands.standing import refuse_above
from cove.directory.org.errors import EmailTaken, KeptByWecom
from cove.directory.org.models import Department, Member, Membership
from cove.directory.org.permissions import MANAGE_MEMBERS, OWN_ACCOUNT
from cove.facts.org import MemberJoined
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,30}")
BAD_EMAIL = Words("邮箱格式不正确，例如 name@example.com", "This is no e-mail address, such as name@example.com")
BAD_PHONE = Words("手机号只能包含数字、空格、- 和开头的 +", "A phone number has digits, spaces, - and a leading + only")
_NO_DEPARTMENT = Words("有部门不存在，请重新选择", "A department does not exist; choose again")
_TWO_MAINS = Words("请只选择一个主部门", "Choose one main department only")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member is to be: at most one main; if none is named, the first one is."""

    department_id: int
    main: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class MemberEdit:
    """What to change of a member; None stays as it is."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    job_title: str | None = None
    active: bool | None = None
    places: Sequence[Place] | None = None


@command(OWN_ACCOUNT)
def choose_language(actor: Actor, *, locale: str) -> None:
    """Remember the language the acting member reads (``zh-CN`` or ``en``)."""
    Member.visible_to(actor).filter(id=actor.member_id or 0).update(locale=locale)


@command(MANAGE_MEMBERS)
def create_member(
    actor: Actor, *, name: str, email: str, phone: str, job_title: str, places: Sequence[Place]
) -> Member:
    """Make a member by hand; he cannot sign in before he has a password. Raises EmailTaken, InvalidInput."""
    lock_organisation(actor.tenant_id)
    member = Member(name=name.strip(), job_title=job_title.strip())
    _set_email(actor, member, email)
    member.phone = _phone(phone)
    member.save()
    _set_places(member, places)
    publish(MemberJoined(member_id=member.id, member_name=member.name, source="console"))
    return member


@command(MANAGE_MEMBERS)
def change_member(actor: Actor, *, member_id: int, edit: MemberEdit) -> Member:
    """Change what `edit` names. Deactivating ends all sessions.

    Raises NotFound, MemberAbove, OwnersAccount, NotYourself, KeptByWecom, EmailTaken, InvalidInput.
    """
    lock_organisation(actor.tenant_id)
    member = Member.visible_to(actor).select_for_update().filter(id=member_id).first()
    if member is None:
        raise NotFound
    refuse_above(actor, member)
    _set_names(member, edit)
    if edit.email is not None:
        _set_email(actor, member, edit.email)
    if edit.phone is not None:
        member.phone = _phone(edit.phone)
    if edit.active is not None and edit.active != member.active:
        (reactivate_member if edit.active else deactivate_member)(actor, member_id=member.id)
        member.refresh_from_db(fields=["active", "left_directory"])
    member.save()
    if edit.places is not None:
        _set_places(member, edit.places)
    return member


@command(MANAGE_MEMBERS)
def move_members(actor: Actor, *, member_ids: Sequence[int], department_id: int) -> int:
    """Put members into one department, their main one from now on, instead of their hand-made ones; return how many.

    Places in WeCom's departments stay. Raises NotFound, KeptByWecom for a member of WeCom who should go into a department of WeCom.
    """
    lock_organisation(actor.tenant_id)
    room = queries.departments.department(actor, department_id)
    members = list(Member.visible_to(actor).filter(id__in=set(member_ids)).order_by("id"))
    if len(members) != len(set(member_ids)):
        raise NotFound
    kept = next((one for one in members if one.wecom_userid is not None), None)
    if room.wecom_id is not None and kept is not None:
        raise KeptByWecom(name=kept.name)
    ids = [one.id for one in members]
    leaving = Membership.objects.filter(member_id__in=ids).exclude(department=room)
    leaving.filter(Q(department__wecom_id=None) | Q(member__wecom_userid=None)).delete()
    Membership.objects.filter(member_id__in=ids, main=True).exclude(department=room).update(main=False)
    Membership.objects.bulk_create([Membership(member_id=one, department=room) for one in ids], ignore_conflicts=True)
    Membership.objects.filter(member_id__in=ids, department=room).update(main=True)
    return len(ids)


def _set_names(member: Member, edit: MemberEdit) -> None:
    for field, value in (("name", edit.name), ("job_title", edit.job_title)):
        if value is None or value.strip() == getattr(member, field):
            continue
        if member.wecom_userid is not None:
            raise KeptByWecom(fields={field: KeptByWecom.words}, name=member.name)
        setattr(member, field, value.strip())


def _set_email(actor: Actor, member: Member, email: str) -> None:
    clean = email.strip().lower()
    if clean and not EMAIL.fullmatch(clean):
        raise InvalidInput(fields={"email": BAD_EMAIL})
    other = Member.visible_to(actor).filter(email=clean).exclude(id=member.id or 0).first() if clean else None
    if other is not None:
        raise EmailTaken(fields={"email": EmailTaken.words}, email=clean, name=other.name)
    member.email = clean or None


def _phone(phone: str) -> str:
    clean = phone.strip()
    if clean and not PHONE.fullmatch(clean):
        raise InvalidInput(fields={"phone": BAD_PHONE})
    return clean


def _set_places(member: Member, places: Sequence[Place]) -> None:
    wanted = {one.department_id: one for one in places}
    mains = [one.department_id for one in wanted.values() if one.main] or list(wanted)[:1]
    if len(mains) > 1:
        raise InvalidInput(fields={"places": _TWO_MAINS})
    rooms = Department.objects.in_bulk(list(wanted))
    if len(rooms) != len(wanted):
        raise InvalidInput(fields={"places": _NO_DEPARTMENT})
    present = {row.department_id: row for row in Membership.objects.filter(member=member).select_related("department")}
    if member.wecom_userid is not None:
        _refuse_change_of_wecom_places(member, wanted, present, rooms)
    Membership.objects.filter(member=member).exclude(department_id__in=wanted).delete()
    Membership.objects.filter(member=member, main=True).exclude(department_id__in=mains).update(main=False)
    Membership.objects.bulk_create(
        [
            Membership(member=member, department_id=key, main=key in mains, leads=place.leads)
            for key, place in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["member", "department"],
        update_fields=["main", "leads"],
    )


def _refuse_change_of_wecom_places(
    member: Member, wanted: dict[int, Place], present: dict[int, Membership], rooms: dict[int, Department]
) -> None:
    kept = {key: row.leads for key, row in present.items() if row.department.wecom_id is not None}
    asked = {key: place.leads for key, place in wanted.items() if rooms[key].wecom_id is not None}
    if kept != asked:
        raise KeptByWecom(fields={"places": KeptByWecom.words}, name=member.name)

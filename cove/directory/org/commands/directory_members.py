"""Members of an outside directory, written in sets."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cove.directory.org.commands.activity import end_membership
from cove.directory.org.commands.directory_departments import keep_one_main
from cove.directory.org.contracts import DirectoryMember
from cove.directory.org.models import Department, Member, Membership
from cove.facts.org import MemberJoined
from cove.kernel.command import publish
from cove.kernel.scope import require_tenant

_CHANGE = """
UPDATE org_member AS m SET wecom_userid = w.wecom_userid, name = w.name, active = w.active, left_directory = w.left_directory,
    phone = w.phone, job_title = w.job_title, directory_email = w.directory_email, email = w.email
FROM jsonb_to_recordset(%s::jsonb) AS w(id bigint, wecom_userid text, name text, active boolean, left_directory boolean,
    phone text, job_title text, directory_email text, email text)
WHERE m.id = w.id AND m.tenant_id = %s
"""
_FIELDS = ("wecom_userid", "name", "active", "left_directory", "phone", "job_title", "directory_email", "email")
_MARK = """
UPDATE org_membership AS o SET main = w.main, leads = w.leads
FROM jsonb_to_recordset(%s::jsonb) AS w(id bigint, main boolean, leads boolean) WHERE o.id = w.id AND o.tenant_id = %s
"""


def put_members(entries: Sequence[DirectoryMember]) -> list[int]:
    """Make these members what the directory says, new ones included; tell who joined and who left. Return their ids, in order."""
    by_userid = {entry.userid.lower(): entry for entry in entries}
    if not by_userid:
        return []
    rows = Member.objects.filter(wecom_userid__isnull=False)
    if len(by_userid) == 1:
        rows = rows.filter(wecom_userid__iexact=next(iter(by_userid)))
    known = {(row.wecom_userid or "").lower(): row for row in rows}
    free = _free_emails(by_userid.values())
    made: list[Member] = []
    changed: list[Member] = []
    were_active = {row.id for row in known.values() if row.active}
    for key, entry in by_userid.items():
        row = known.get(key)
        if row is None:
            made.append(_apply(Member(wecom_userid=entry.userid, active=entry.active), entry, free))
        elif _values(row) != _values(_apply(row, entry, free)):
            changed.append(row)
    Member.objects.bulk_create(made)
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGE, [json.dumps([{"id": row.id} | _values(row) for row in changed]), require_tenant()])
    end_membership(((row.id, row.name) for row in changed if row.id in were_active and not row.active), source="wecom")
    for row in made:
        if row.active:
            publish(MemberJoined(member_id=row.id, member_name=row.name, source="wecom"))
    ids = {key: row.id for key, row in known.items()} | {(row.wecom_userid or "").lower(): row.id for row in made}
    _put_memberships({ids[key]: entry for key, entry in by_userid.items()})
    return [ids[entry.userid.lower()] for entry in entries]


def _apply(row: Member, entry: DirectoryMember, free: set[str]) -> Member:
    row.wecom_userid = entry.userid
    row.name = entry.name or row.name or entry.userid
    row.job_title = row.job_title if entry.job_title is None else entry.job_title
    row.phone = row.phone or entry.phone
    row.directory_email = entry.email.strip().lower() or row.directory_email
    if row.email is None and row.directory_email in free:
        row.email = row.directory_email
    _apply_activity(row, entry)
    return row


def _apply_activity(row: Member, entry: DirectoryMember) -> None:
    if not entry.active:
        row.left_directory = row.left_directory or row.active or not row.id
        row.active = False
    elif not row.active and row.left_directory:
        # Only who left by the directory comes back by it: whom somebody deactivated here stays so.
        row.active, row.left_directory = True, False
        publish(MemberJoined(member_id=row.id, member_name=row.name, source="wecom", returned=True))


def _values(row: Member) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _free_emails(entries: Iterable[DirectoryMember]) -> set[str]:
    """Return the addresses that one entry alone states and nobody signs in with yet: a shared mailbox is nobody's account."""
    stated = Counter(entry.email.strip().lower() for entry in entries if entry.email.strip())
    single = {email for email, count in stated.items() if count == 1}
    return single - set(Member.objects.filter(email__in=single).values_list("email", flat=True)) if single else set()


def deactivate_missing(kept: Sequence[int]) -> None:
    """Deactivate the members of the outside directory who are not among `kept`."""
    gone = Member.objects.filter(wecom_userid__isnull=False, active=True).exclude(id__in=kept)
    names = list(gone.values_list("id", "name"))
    gone.update(active=False, left_directory=True)
    end_membership(names, source="wecom")


@dataclass(frozen=True, slots=True)
class _Place:
    main: bool
    leads: bool


def _put_memberships(entries: dict[int, DirectoryMember]) -> None:
    """Make the members' places in WeCom's departments what the directory says; those in hand-made departments stay."""
    kept = Department.objects.filter(wecom_id__isnull=False).values_list("wecom_id", "id")
    rooms = {wecom_id: room for wecom_id, room in kept if wecom_id is not None}
    outside = set(rooms.values())
    present = list(Membership.objects.filter(member_id__in=entries).order_by("id"))
    by_place = {(row.member_id, row.department_id): row for row in present}
    was_main = {row.member_id: row.department_id for row in present if row.main}
    wanted: dict[tuple[int, int], _Place] = {}
    for member_id, entry in entries.items():
        main = _main(entry, rooms, outside, was_main.get(member_id))
        for key in entry.department_ids:
            if (room := rooms.get(key)) is not None:
                row = by_place.get((member_id, room))
                leads = key in entry.leads if entry.leads is not None else bool(row and row.leads)
                wanted[member_id, room] = _Place(main=room == main, leads=leads)
    mains = {member_id for (member_id, _), place in wanted.items() if place.main}
    gone = [row for row in present if row.department_id in outside and (row.member_id, row.department_id) not in wanted]
    Membership.objects.filter(id__in=[row.id for row in gone]).delete()
    _mark_places(present, wanted, mains)
    fresh = [
        Membership(member_id=member_id, department_id=room, main=place.main, leads=place.leads)
        for (member_id, room), place in wanted.items()
        if (member_id, room) not in by_place
    ]
    Membership.objects.bulk_create(fresh)
    keep_one_main({row.member_id for row in gone if row.main} - mains)


def _main(entry: DirectoryMember, rooms: dict[int, int], outside: set[int], was: int | None) -> int | None:
    """Return the main department; where the directory does not say, what was main stays so, a hand-made one included."""
    ids = [rooms[key] for key in entry.department_ids if key in rooms]
    stated = rooms.get(entry.main_id) if entry.main_id is not None else None
    if stated in ids:
        return stated
    if was is not None and (was in ids or was not in outside):
        return was
    return next(iter(ids), None)


def _mark_places(present: Sequence[Membership], wanted: dict[tuple[int, int], _Place], mains: set[int]) -> None:
    marks = [
        (row, place)
        for row in present
        if (place := _mark(row, wanted.get((row.member_id, row.department_id)), mains)) is not None
    ]
    # A member has one main department at each moment: the old one lets go before the new one is marked.
    _write_marks([(row, place) for row, place in marks if not place.main])
    _write_marks([(row, place) for row, place in marks if place.main])


def _mark(row: Membership, wanted: _Place | None, mains: set[int]) -> _Place | None:
    if wanted is None:
        # In a hand-made department: it is no longer the main one when the directory names another.
        return _Place(main=False, leads=row.leads) if row.main and row.member_id in mains else None
    return wanted if (row.main, row.leads) != (wanted.main, wanted.leads) else None


def _write_marks(marks: Sequence[tuple[Membership, _Place]]) -> None:
    if marks:
        document = [{"id": row.id, "main": place.main, "leads": place.leads} for row, place in marks]
        with connection.cursor() as cursor:
            cursor.execute(_MARK, [json.dumps(document), require_tenant()])

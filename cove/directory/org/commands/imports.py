"""Members from a list: checked and kept for a day, then written in batches, each whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cove.directory.org.commands.import_rows import Line, judge, known_for, lines_of, match, paths_of_departments
from cove.directory.org.commands.locks import lock_organisation
from cove.directory.org.errors import ImportFaulty, ImportOver
from cove.directory.org.models import Department, Member, MemberImport, Membership
from cove.directory.org.permissions import MANAGE_DEPARTMENTS, MANAGE_MEMBERS
from cove.facts.org import MemberJoined
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.uploads import TABLES, Allowed, Uploaded, check_upload, table_of

KEPT = timedelta(days=1)
BATCH = 500
LARGEST = Allowed(TABLES, max_bytes=10 * 1024 * 1024)
IMPORT_JOB = "org.import_members"
_STARTABLE = (MemberImport.State.CHECKED, MemberImport.State.FAILED)


@command(MANAGE_MEMBERS)
def check_members_file(actor: Actor, *, upload: Uploaded, create_departments: bool) -> MemberImport:
    """Read and judge an uploaded list; members and departments stay as they are. The result is kept for a day.

    Raises what `check_upload` and `table_of` raise, and ImportHeadUnknown.
    """
    checked = check_upload(upload, LARGEST)
    lines = lines_of(checked.name, table_of(checked))
    create = create_departments and actor.may(MANAGE_DEPARTMENTS)
    known = known_for(actor, lines)
    judge(lines, known, create_departments=create)
    now = clock.now()
    MemberImport.objects.filter(expires_at__lt=now).exclude(rows=[]).update(rows=[])
    return MemberImport.objects.create(
        asked_by_id=actor.member_id,
        file_name=checked.name,
        create_departments=create,
        rows=[line.document() for line in lines],
        counts=_counts(lines, known.paths),
        expires_at=now + KEPT,
    )


@command(MANAGE_MEMBERS)
def confirm_import(actor: Actor, *, import_id: int, skip_faulty: bool) -> MemberImport:
    """Have a checked list written, as a job; lines with faults only ever by being skipped.

    Raises NotFound, ImportOver for one that was written, is being written or has expired, ImportFaulty.
    """
    row = MemberImport.visible_to(actor).select_for_update().filter(id=import_id).first()
    if row is None:
        raise NotFound
    if row.state not in _STARTABLE or row.expires_at < clock.now():
        raise ImportOver
    if row.counts["faulty"] and not skip_faulty:
        raise ImportFaulty(faults=row.counts["faulty"])
    row.state = MemberImport.State.RUNNING
    row.job_id = start_job(actor, jobs[IMPORT_JOB], import_id=row.id).id
    row.save(update_fields=["state", "job_id"])
    return row


@command(MANAGE_MEMBERS)
def write_departments(actor: Actor, *, import_id: int) -> None:
    """Make the departments that a list names and that are missing, level by level."""
    lock_organisation(actor.tenant_id)
    row = MemberImport.objects.get(id=import_id)
    if not row.create_departments:
        return
    paths = paths_of_departments()
    wanted = {tuple(path) for line in _good(row) for path in line.departments}
    for depth in range(1, max(map(len, wanted), default=0) + 1):
        level = dict.fromkeys(tuple(path[:depth]) for path in sorted(wanted) if len(path) >= depth)
        folded = {_folded(path): path for path in level if _folded(path) not in paths}
        made = Department.objects.bulk_create(
            [Department(name=path[-1], parent_id=paths.get(key[:-1])) for key, path in folded.items()]
        )
        paths |= {key: room.id for key, room in zip(folded, made, strict=True)}


@command(MANAGE_MEMBERS)
def write_batch(actor: Actor, *, import_id: int, start: int) -> tuple[int, int]:
    """Write the lines from `start`, at most `BATCH`; return how many members were made and how many changed.

    Members are looked for again, so a batch that is written twice makes nobody twice.
    """
    lock_organisation(actor.tenant_id)
    lines = _good(MemberImport.objects.get(id=import_id))[start : start + BATCH]
    known = known_for(actor, lines)
    pairs = [(line, match(line, known)) for line in lines]
    made = [(line, Member(name=line.name, email=line.email or None)) for line, found in pairs if found is None]
    changed = [(line, found) for line, found in pairs if found is not None]
    for line, member in [*made, *changed]:
        _apply(line, member)
    Member.objects.bulk_create([member for _, member in made])
    Member.objects.bulk_update([member for _, member in changed], ["name", "email", "phone", "job_title"])
    _write_places([*made, *changed], known.paths)
    for _, member in made:
        publish(MemberJoined(member_id=member.id, member_name=member.name, source="import"))
    return len(made), len(changed)


@command(MANAGE_MEMBERS)
def settle_import(actor: Actor, *, import_id: int, made: int, changed: int, done: bool) -> None:
    """Note how an import ended; one that failed can be started again."""
    row = MemberImport.objects.get(id=import_id)
    row.state = MemberImport.State.DONE if done else MemberImport.State.FAILED
    row.counts |= {"created": made, "changed": changed}
    row.save(update_fields=["state", "counts"])


def _good(row: MemberImport) -> list[Line]:
    return [Line(**document) for document in row.rows if not document["faults"]]


def _apply(line: Line, member: Member) -> None:
    if member.wecom_userid is None:
        member.name = line.name
        member.job_title = line.job_title or member.job_title
        member.phone = line.phone or member.phone
    member.phone = member.phone or line.phone
    member.email = member.email or line.email or None


def _write_places(pairs: Sequence[tuple[Line, Member]], paths: dict[tuple[str, ...], int]) -> None:
    """Put members into the departments of their lines: hand-made ones into exactly these, those of WeCom into hand-made ones besides."""
    outside = set(Department.objects.filter(wecom_id__isnull=False).values_list("id", flat=True))
    wanted: dict[tuple[int, int], bool] = {}
    for line, member in pairs:
        rooms = [room for path in line.departments if (room := paths.get(_folded(path))) is not None]
        if member.wecom_userid is not None:
            rooms = [room for room in rooms if room not in outside]
        for room in rooms:
            wanted.setdefault((member.id, room), member.wecom_userid is None and room == rooms[0])
    by_hand = {member.id for line, member in pairs if member.wecom_userid is None and line.departments}
    present = Membership.objects.filter(member_id__in=by_hand)
    gone = [row.id for row in present if (row.member_id, row.department_id) not in wanted]
    Membership.objects.filter(id__in=gone).delete()
    Membership.objects.filter(member_id__in=by_hand, main=True).update(main=False)
    Membership.objects.bulk_create(
        [
            Membership(member_id=member, department_id=room, main=main)
            for (member, room), main in wanted.items()
            if main
        ],
        update_conflicts=True,
        unique_fields=["member", "department"],
        update_fields=["main"],
    )
    Membership.objects.bulk_create(
        [Membership(member_id=member, department_id=room) for (member, room), main in wanted.items() if not main],
        ignore_conflicts=True,
    )


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(level.casefold() for level in path)


def _counts(lines: Sequence[Line], paths: dict[tuple[str, ...], int]) -> dict[str, Any]:
    good = [line for line in lines if not line.faults]
    actions = Counter(line.action for line in good)
    fresh = {
        _folded(path[:depth]): "/".join(path[:depth])
        for line in good
        for path in line.departments
        for depth in range(1, len(path) + 1)
        if _folded(path[:depth]) not in paths
    }
    return {
        "rows": len(lines),
        "create": actions["create"],
        "change": actions["change"],
        "fill": actions["fill"],
        "faulty": len(lines) - len(good),
        "departments": sorted(fresh.values())[:200],
    }

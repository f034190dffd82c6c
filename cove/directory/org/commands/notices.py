"""Telling members of something, and their reading it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from cove.directory.org import queries
from cove.directory.org.commands.sendings import plan_sendings
from cove.directory.org.models import Member, Notice
from cove.directory.org.permissions import NOTIFY, OWN_ACCOUNT
from cove.directory.org.queries.wishes import Wishes
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.live.publish import tell_live
from cove.kernel.log.seen import first_time
from cove.kernel.notices import NoticeKind, notice_kinds
from cove.kernel.personal_data import holds_rows
from cove.kernel.words import Words

RAISED, READ = "notice", "notice_read"


@command(NOTIFY, audited=False)
def notify(
    actor: Actor,
    *,
    kind: str,
    member_ids: Collection[int],
    values: Mapping[str, Any],
    url: str | None = None,
    once_key: str = "",
    contact_id: int | None = None,
    only_bell: bool = False,
) -> int:
    """Tell members of something; return how many were told. A second call with the same `once_key` does nothing.

    Those who left, lack the kind's right or may not see its record are passed over. Raises KeyError for a kind that nobody declared.
    """
    declared = notice_kinds[kind]
    if once_key and not first_time([f"notice:{kind}:{once_key}"]):
        return 0
    members = queries.notices.receivers(actor, declared, member_ids, values)
    if not members:
        return 0
    wishes = queries.wishes.wishes_of(actor, [member.id for member in members])
    draft = Notice(
        kind=kind,
        values=dict(values),
        url=(declared.url if url is None else url).format_map(values),
        contact_id=contact_id,
        created_at=clock.now(),
    )
    fresh = _write(declared, draft, members, wishes)
    if not only_bell:
        plan_sendings(actor, declared, fresh, members, wishes)
    loud = [member.id for member in members if wishes[member.id].mode(declared, "bell") != "off"]
    tell_live(actor.tenant_id, RAISED, {"kind": kind, "urgent": declared.urgent}, member_ids=loud)
    return len(members)


@command(OWN_ACCOUNT, audited=False)
def read_notice(actor: Actor, *, notice_id: int) -> Notice:
    """Mark one of the member's notices as read. Raises NotFound."""
    row = Notice.visible_to(actor).select_for_update().filter(id=notice_id).first()
    if row is None:
        raise NotFound
    if row.read_at is None:
        row.read_at = clock.now()
        row.save(update_fields=["read_at"])
        _tell_read(actor)
    return row


@command(OWN_ACCOUNT, audited=False)
def read_all_notices(actor: Actor, *, until: datetime | None = None) -> int:
    """Mark all of the member's notices as read, or those up to `until`: what came while he looked stays. Return how many."""
    rows = Notice.visible_to(actor).filter(read_at=None)
    if until is not None:
        # A time that went through JSON lost what is finer than a millisecond.
        rows = rows.filter(created_at__lt=until + timedelta(milliseconds=1))
    count = rows.update(read_at=clock.now())
    if count:
        _tell_read(actor)
    return count


@command(NOTIFY, audited=False)
def drop_old_notices(actor: Actor, *, before: datetime) -> int:
    """Delete the tenant's notices from before `before`; return how many."""
    return Notice.objects.filter(tenant_id=actor.tenant_id, created_at__lt=before).delete()[0]


def _write(kind: NoticeKind, draft: Notice, members: Sequence[Member], wishes: Mapping[int, Wishes]) -> list[Notice]:
    """Write a row for each member, or raise the number of the one that still waits for him; return the new rows."""
    folded = _fold(draft, members) if kind.folds else set()
    rows = [
        Notice(
            member=member,
            kind=draft.kind,
            values=draft.values,
            url=draft.url,
            contact_id=draft.contact_id,
            created_at=draft.created_at,
            silent=wishes[member.id].mode(kind, "bell") == "off",
        )
        for member in members
        if member.id not in folded
    ]
    return Notice.objects.bulk_create(rows)


def _fold(draft: Notice, members: Sequence[Member]) -> set[int]:
    waiting = Notice.objects.filter(member__in=members, kind=draft.kind, url=draft.url, read_at=None)
    # One a member: had two come at the same moment, only the newer counts on.
    newest = {row.member_id: row.id for row in waiting.select_for_update().order_by("created_at", "id")}
    Notice.objects.filter(id__in=newest.values()).update(
        more=F("more") + 1, values=draft.values, created_at=draft.created_at
    )
    return set(newest)


def _tell_read(actor: Actor) -> None:
    if actor.member_id is not None:
        tell_live(actor.tenant_id, READ, member_ids=[actor.member_id])


NOTICES = holds_rows(
    "org.notices",
    Words("员工收到的相关通知", "Notices to members about the person"),
    model=Notice,
    rows=lambda person: Notice.objects.filter(contact_id__in=person.contacts),
    columns={"kind": Words("类型", "Kind"), "created_at": Words("时间", "Time")},
)

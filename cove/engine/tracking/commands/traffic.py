"""The quality of traffic: what is to be looked at, and what members said is normal."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction

from cove.engine.timeline.contracts import SLICE_SECONDS
from cove.engine.tracking.contracts import FINE
from cove.engine.tracking.errors import AlreadyMarked, BadMark, TooManyMarks
from cove.engine.tracking.models import TrafficMark, TrafficSlice
from cove.engine.tracking.permissions import MARK_TRAFFIC, NOTE_TRAFFIC
from cove.engine.tracking.queries.traffic import fine_traffic
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.personal_data import holds_rows
from cove.kernel.signposts.commands import put_signpost
from cove.kernel.words import Words

LOOKED_AT_AFTER = timedelta(minutes=2)
"""So much later than the first of new facts ten minutes are looked at: a burst is then over or well begun."""
LAST_LOOK = timedelta(seconds=2 * SLICE_SECONDS) + LOOKED_AT_AFTER
"""So much later than their start the last look is taken: who did nothing more has then done nothing for ten minutes."""
MOST_MARKS = 500

_NOTE = """
INSERT INTO tracking_traffic_slice AS had (tenant_id, start, due_at, position)
SELECT %s, slice.start, %s, slice.position FROM unnest(%s::timestamptz[], %s::bigint[]) AS slice (start, position)
ON CONFLICT (tenant_id, start) DO UPDATE SET position = greatest(had.position, excluded.position)
"""


@command(NOTE_TRAFFIC, audited=False)
def note_slices(actor: Actor, *, slices: Mapping[datetime, int]) -> None:
    """Remember that behaviour fell into these ten minutes (`slices`: their start to the last fact's position)."""
    rows = sorted(slices.items())
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            [actor.tenant_id, clock.now() + LOOKED_AT_AFTER, [start for start, _ in rows], [last for _, last in rows]],
        )


@command(NOTE_TRAFFIC, audited=False)
def settle_slices(actor: Actor, *, looked_at: Mapping[int, int]) -> None:
    """Strike off ten minutes (`looked_at`: id to position), unless more fell into them meanwhile or the last look is still to come."""
    now = clock.now()
    for row_id, position in sorted(looked_at.items()):
        row = TrafficSlice.objects.filter(id=row_id)
        start = row.values_list("start", flat=True).first()
        if start is not None and start + LAST_LOOK > now:
            row.update(due_at=max(start + LAST_LOOK, now + LOOKED_AT_AFTER))
        else:
            row.filter(position=position).delete()


@command(MARK_TRAFFIC)
def mark_fine(
    actor: Actor, *, title: str, address: str = "", visitor_id: int | None = None, note: str = ""
) -> TrafficMark:
    """Say that an address or a device is no suspicious traffic; what it did before is put right within minutes.

    Raises BadMark unless it is one of the two, AlreadyMarked, TooManyMarks.
    """
    if bool(address) == (visitor_id is not None):
        raise BadMark(fields={"address": BadMark.words})
    if TrafficMark.visible_to(actor).count() >= MOST_MARKS:
        raise TooManyMarks(most=MOST_MARKS)
    mark = TrafficMark(
        address=_one_spelling(address) if address else "",
        visitor_id=visitor_id,
        title=title,
        note=note,
        made_by_id=actor.member_id,
        made_at=clock.now(),
    )
    try:
        with transaction.atomic():
            mark.save()
    except IntegrityError as error:
        raise AlreadyMarked from error
    _post(actor)
    return mark


@command(MARK_TRAFFIC)
def unmark_fine(actor: Actor, *, mark_id: int) -> None:
    """Take a mark back: what comes is judged again, and of the past holds what was found. Raises NotFound."""
    mark = TrafficMark.visible_to(actor).select_for_update().filter(id=mark_id).first()
    if mark is None:
        raise NotFound
    mark.withdrawn_at = clock.now()
    mark.save(update_fields=["withdrawn_at"])
    _post(actor)


@command(NOTE_TRAFFIC, audited=False)
def settle_mark(actor: Actor, *, mark_id: int) -> None:
    """Note that what a mark says of the past is done; one that was taken back is gone then."""
    TrafficMark.objects.filter(id=mark_id, withdrawn_at=None).update(applied_at=clock.now())
    TrafficMark.objects.filter(id=mark_id).exclude(withdrawn_at=None).delete()


def _one_spelling(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError as error:
        raise BadMark(fields={"address": BadMark.words}) from error


def _post(actor: Actor) -> None:
    put_signpost(FINE, str(actor.tenant_id), fine_traffic(actor).document())


MARKS = holds_rows(
    "tracking.marks",
    Words("标记为正常的设备", "Devices marked as normal"),
    model=TrafficMark,
    rows=lambda person: TrafficMark.objects.filter(visitor_id__in=person.visitors),
    columns={
        "title": Words("设备", "Device"),
        "note": Words("说明", "Note"),
        "made_at": Words("标记时间", "Marked at"),
    },
)

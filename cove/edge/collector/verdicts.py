"""The verdict on each event: taken, with notes or without, or refused by name; and how it is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from cove.edge.collector import events
from cove.edge.collector.desk import Desk
from cove.edge.collector.events import Note, Taken, taken
from cove.edge.collector.reading import UnreadError, read_event
from cove.edge.collector.refusals import BadEvent, EventTooLarge
from cove.edge.collector.senders import Sender
from cove.edge.collector.wire import LARGEST_EVENT, Batch, Event
from cove.engine.tracking.contracts import Seen
from cove.kernel.errors import CoveError
from cove.kernel.words import Words, speaking

_TYPE = Words("请传 type：{known}", "Send a type, one of {known}").with_values(known=", ".join(sorted(events.TYPES)))


class Verdict(msgspec.Struct, gc=False):
    """What became of one event. `event` is None where nothing could be read, `message_id` is then what the sender gave, if anything."""

    type: str
    message_id: str
    event: Event | None = None
    taken: Taken | None = None
    refusal: CoveError | None = None

    @property
    def notes(self) -> list[Note]:
        """The notes on an event that was taken."""
        return self.taken.notes if self.taken else []


def judge_event(event: Event, desk: Desk) -> Verdict:
    """Return the verdict on an event that could be read."""
    try:
        found = taken(event, desk)
    except CoveError as refusal:
        return Verdict(event.type, event.message_id, event, refusal=refusal)
    return Verdict(event.type, found.message_id, event, found)


def judge_batch(batch: Batch, sender: Sender, *, size: int) -> list[Verdict]:
    """Return the verdict on each event of a batch of `size` bytes, in its order."""
    desk = Desk(sender, batch.sent_at, batch.context)
    measured = size > LARGEST_EVENT
    read = [_read(raw, measured=measured) for raw in batch.batch]
    desk.expect([one for one in read if isinstance(one, Event)])
    return [judge_event(one, desk.of(one)) if isinstance(one, Event) else one for one in read]


def _read(raw: msgspec.Raw, *, measured: bool) -> Event | Verdict:
    try:
        event = read_event(raw)
    except UnreadError as error:
        return Verdict(error.text("type"), error.text("message_id"), refusal=BadEvent.of(error.faults))
    if measured and len(memoryview(raw)) > LARGEST_EVENT:
        return Verdict(event.type, event.message_id, event, refusal=EventTooLarge(limit=LARGEST_EVENT))
    if event.type not in events.TYPES:
        return Verdict(event.type, event.message_id, event, refusal=BadEvent.of({"type": _TYPE}))
    return event


def refusal_document(refusal: CoveError) -> dict[str, Any]:
    """Return a refusal as it is told, in the reader's language."""
    fields = {name: words.here(refusal.values) for name, words in refusal.fields.items()}
    return {"code": refusal.code, "message": refusal.message(), "fields": fields}


def note_document(note: Note) -> dict[str, str]:
    """Return a note as it is told, in the reader's language."""
    return {"code": note.code, "message": note.words.here()}


def batch_document(verdicts: list[Verdict]) -> dict[str, Any]:
    """Return what is told of a batch: how many were taken, which were refused, and what is to be said of others."""
    refused: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for index, verdict in enumerate(verdicts):
        if verdict.refusal is not None:
            where = {"index": index, "message_id": verdict.message_id}
            refused.append(where | refusal_document(verdict.refusal))
        elif verdict.notes:
            where = {"index": index, "message_id": verdict.message_id}
            notes.extend(where | note_document(note) for note in verdict.notes)
    return {"accepted": len(verdicts) - len(refused), "refused": refused, "notes": notes}


def seen(verdict: Verdict, at: datetime) -> Seen:
    """Return a verdict for whoever watches the source."""
    event, refusal = verdict.event, verdict.refusal
    name = _name(event) if event else ""
    properties = {**event.traits, **event.properties} if event else {}
    if refusal is not None:
        fields = {key: _finished(words, refusal) for key, words in refusal.fields.items()}
        both = refusal.in_both()
        words = Words(both["zh"], both["en"])
        return Seen(verdict.type, name, verdict.message_id, at, "refused", refusal.code, words, fields, properties)
    if verdict.notes:
        note = verdict.notes[0]
        return Seen(verdict.type, name, verdict.message_id, at, "noted", note.code, note.words, {}, properties)
    return Seen(verdict.type, name, verdict.message_id, at, "accepted", properties=properties)


def _finished(words: Words, refusal: CoveError) -> Words:
    """Return a text with all values filled in, to be told by `Words.plain`."""
    with speaking("zh-CN"):
        zh = words.here(refusal.values)
    with speaking("en"):
        return Words(zh, words.here(refusal.values))


def _name(event: Event) -> str:
    return event.event or event.title or event.url or event.group_id or event.user_id

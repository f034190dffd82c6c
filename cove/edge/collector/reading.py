"""From bytes to events: quick where all is well, and patient where it is not, to tell every fault and to save what can be saved."""

from __future__ import annotations

import json
import math
from typing import Any

import msgspec

from cove.edge.collector.faults import NOT_OBJECT, faults_of
from cove.edge.collector.wire import Batch, Context, Event, Name, Time, batch_of, event_of
from cove.kernel.documents import whole_letters
from cove.kernel.words import Words

_ZERO = b"\\u0000"
_LONGEST_NUMBER = 400
"""Digits: no number that we take is as long, and Python refuses to read one of thousands."""


class LooseBatch(msgspec.Struct):
    """A batch whose events were decoded already."""

    batch: list[Any]
    write_key: Name = ""
    sent_at: Time | None = None
    context: Context | None = None


class UnreadError(Exception):
    """What was sent is no event or no batch: `faults` by field, and the document as far as it is one."""

    def __init__(self, document: dict[str, Any], faults: dict[str, Words]) -> None:
        super().__init__(", ".join(faults))
        self.document = document
        self.faults = faults

    def text(self, name: str) -> str:
        """Return a text of the document, empty if there is none of that name."""
        value = self.document.get(name)
        return value[:200] if isinstance(value, str) else ""


def read_event(body: bytes | msgspec.Raw) -> Event:
    """Return the event in `body`. Raises UnreadError."""
    try:
        event = event_of(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        event = None
    # An event of a batch has no zeros any more: `read_batch` saw to it.
    if event is not None and not (isinstance(body, bytes) and _ZERO in body):
        return event
    document = _loose(bytes(body))
    if faults := faults_of(document, Event):
        raise UnreadError(document, faults)
    return msgspec.convert(document, Event)


def read_batch(body: bytes) -> Batch:
    """Return the batch in `body`, its events still to be read one by one. Raises UnreadError."""
    try:
        batch = batch_of(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        batch = None
    if batch is not None and _ZERO not in body:
        return batch
    document = _loose(body)
    if faults := faults_of(document, LooseBatch):
        raise UnreadError(document, faults)
    loose = msgspec.convert(document, LooseBatch)
    # One event with half a character, or a number that is none, must not spoil its neighbours: they are packed again, each by itself,
    # and no larger than they came.
    events = [msgspec.Raw(json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode()) for one in loose.batch]
    return Batch(events, loose.write_key, loose.sent_at, loose.context)


def _loose(body: bytes) -> dict[str, Any]:
    """Return a document that the quick decoder did not take, half characters mended and the character zero left out.

    NaN, infinity (which Python's own `json.dumps` writes) and numbers of thousands of digits are floats here, out of every field's range:
    so each is refused by its name. Raises UnreadError if it is no JSON object.
    """
    try:
        document = _mended(json.loads(body, parse_constant=float, parse_int=_whole))
    except (ValueError, RecursionError) as error:
        raise UnreadError({}, {"body": NOT_OBJECT}) from error
    if not isinstance(document, dict):
        raise UnreadError({}, {"body": NOT_OBJECT})
    return document


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else math.inf


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        # No store keeps it, and a name must not become another one, a reserved one, where it is taken out later.
        return whole_letters(value).replace("\0", "")
    if isinstance(value, dict):
        return {_mended(key): _mended(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_mended(one) for one in value]
    return value

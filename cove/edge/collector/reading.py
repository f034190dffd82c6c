"""From bytes to events: quick where all is well, and patient where it is not, to tell every fault and to save what can be saved."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from cove.edge.collector.faults import NOT_OBJECT, faults_of
from cove.edge.collector.wire import Batch, Context, Event, Name, Time, batch_of, event_of
from cove.kernel.documents import whole_letters
from cove.kernel.words import Words


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
        return event_of(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        document = _loose(bytes(body))
    if faults := faults_of(document, Event):
        raise UnreadError(document, faults)
    return msgspec.convert(document, Event)


def read_batch(body: bytes) -> Batch:
    """Return the batch in `body`, its events still to be read one by one. Raises UnreadError."""
    try:
        return batch_of(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        document = _loose(body)
    if faults := faults_of(document, LooseBatch):
        raise UnreadError(document, faults)
    loose = msgspec.convert(document, LooseBatch)
    # One event with half a character must not spoil its neighbours: they are packed again, each by itself.
    events = [msgspec.Raw(json.dumps(one).encode()) for one in loose.batch]
    return Batch(events, loose.write_key, loose.sent_at, loose.context)


def _loose(body: bytes) -> dict[str, Any]:
    """Return a document that the quick decoder did not take, half characters mended. Raises UnreadError if it is no JSON object."""
    try:
        document = _mended(json.loads(body, parse_constant=_no_number))
    except (ValueError, RecursionError) as error:
        raise UnreadError({}, {"body": NOT_OBJECT}) from error
    if not isinstance(document, dict):
        raise UnreadError({}, {"body": NOT_OBJECT})
    return document


def _no_number(text: str) -> float:
    # NaN and Infinity are no JSON (RFC 8259, 6), whatever Python takes.
    raise ValueError(text)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return whole_letters(value)
    if isinstance(value, dict):
        return {_mended(key): _mended(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_mended(one) for one in value]
    return value

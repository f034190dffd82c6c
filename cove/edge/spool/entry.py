"""What is written to the spool, and its form on disk.

A frame is ``length u32, crc32 u32, body``; a body is ``tenant i64, length of the keys u32, keys, rows``, all little-endian, for one fact or
for several that came together: a line of the keys and a line of the rows for each. A row is `kernel.log.publish.log_head` and the
payload, so that whoever drains the spool passes it on without reading it.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from cove.kernel import clock
from cove.kernel.log.fact import Fact
from cove.kernel.log.publish import log_head

LARGEST_BODY = 1024 * 1024
"""Bytes."""

_HEAD = struct.Struct("<II")
_BODY = struct.Struct("<qI")
# In JSON, and between tabs.
_GAP = re.compile(r'"\\u0002(\w+)\\u0002"|\x02(\w+)\x02')
_AT = "\x02at\x02"
_packed = msgspec.json.Encoder().encode
_HEAD_SIZE, _BODY_SIZE = _HEAD.size, _BODY.size


class EntryTooLargeError(ValueError):
    """The entry is larger than a frame may be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact for the log. An entry whose `dedupe_key` the tenant has seen before is dropped when it is drained."""

    tenant_id: int
    kind: str
    at: datetime
    payload: dict[str, Any]
    dedupe_key: str | None = None

    @classmethod
    def of(cls, tenant_id: int, fact: Fact, *, at: datetime | None = None, dedupe_key: str | None = None) -> Entry:
        """Return the entry of a fact that happened `at` (now by default)."""
        return cls(tenant_id, fact.kind, at or clock.now(), fact.model_dump(mode="json"), dedupe_key)


class Record(NamedTuple):
    """An entry as it is read back."""

    tenant_id: int
    key: str
    row: bytes


def frame_of(entry: Entry) -> bytes:
    """Return the frame of an entry. Raises EntryTooLargeError."""
    payload, text = entry.payload, _text(entry.payload)
    if "\\u0000" in text:
        # PostgreSQL's jsonb refuses the character zero, and no text of ours needs it.
        payload = _without_zero(payload)
        text = _text(payload)
    row = log_head(entry.kind, entry.at.isoformat(), payload) + text
    return frame(entry.tenant_id, key_line(entry.dedupe_key or ""), row.encode())


def row_of(kind: str, at: datetime, payload: dict[str, Any]) -> bytes:
    """Return the row of a fact whose payload is plain JSON values, numbers of 64 bits, in a fifth of `frame_of`'s time."""
    return log_head(kind, _time(at).decode(), payload).encode() + _fields(payload)


class CommonRow(NamedTuple):
    """What rows of one kind have in common: all but the time and some fields of the payload."""

    before: bytes
    after: bytes

    @classmethod
    def of(cls, kind: str, payload: dict[str, Any]) -> CommonRow:
        """Return it for the common part of the payloads, as `row_of` takes them; the fields that are also columns belong to it."""
        before, _, after = log_head(kind, _AT, payload).encode().partition(_AT.encode())
        return cls(before, after + _fields(payload)[:-1] + b",")

    def row(self, at: datetime, fields: dict[str, Any]) -> bytes:
        """Return the row of a fact that happened `at` and has these fields besides, at least one, none of them a common one."""
        return b"%b%b%b%b" % (self.before, _time(at), self.after, _fields(fields)[1:])


def key_line(key: str) -> str:
    """Return a key as a line of its frame: itself, or what stands for it where it has ends of lines and the like."""
    return key if key.isprintable() else json.dumps(key)


def gap(name: str) -> str:
    """Return the mark for a value that a `row_form` leaves open."""
    return f"\x02{name}\x02"


def row_form(kind: str, payload: dict[str, Any]) -> str:
    """Return a row as text with its gaps open, for facts of which most stays the same; `at` is a gap as well.

    Fill it with ``form % {"at": …, name: …}``: `at` and numbers as they are, texts by `json_text`.
    """
    payload = _without_zero(payload)
    marked = (log_head(kind, gap("at"), payload) + _text(payload)).replace("%", "%%")
    return _GAP.sub(lambda found: f"%({found.group(1) or found.group(2)})s", marked)


def json_text(text: str) -> str:
    """Return a text as JSON, without the character zero."""
    return encode_basestring_ascii(text.replace("\0", ""))


def _time(at: datetime) -> bytes:
    # ISO 8601 with an offset, in a tenth of the time that `isoformat` takes.
    return _packed(at)[1:-1]


def _fields(payload: dict[str, Any]) -> bytes:
    text = _packed(payload)
    # PostgreSQL's jsonb refuses the character zero, and no text of ours needs it.
    return _packed(_without_zero(payload)) if b"\\u0000" in text else text


def _text(row: dict[str, Any]) -> str:
    return json.dumps(row, separators=(",", ":"))


def _without_zero(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {_without_zero(key): _without_zero(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_zero(one) for one in value]
    return value


def frame(tenant_id: int, keys: str, rows: bytes) -> bytes:
    """Return the frame of rows, a line each, with their keys, a line each. Raises EntryTooLargeError."""
    names = keys.encode()
    body = _BODY.pack(tenant_id, len(names)) + names + rows
    if len(body) > LARGEST_BODY:
        raise EntryTooLargeError(f"{len(body)} bytes")
    return _HEAD.pack(len(body), crc32(body)) + body


def frames(tenant_id: int, keys: Sequence[str], rows: Sequence[bytes]) -> bytes:
    """Return the frames of rows that came together, in order: as few as may be. Raises EntryTooLargeError if one row is too large."""
    try:
        return frame(tenant_id, "\n".join(keys), b"\n".join(rows))
    except EntryTooLargeError:
        if len(rows) == 1:
            raise
        middle = len(rows) // 2
        return frames(tenant_id, keys[:middle], rows[:middle]) + frames(tenant_id, keys[middle:], rows[middle:])


def read_frames(chunk: bytes) -> tuple[list[Record], int]:
    """Return what is in the whole frames at the beginning of `chunk`, and how many bytes they take.

    Reading stops at the first frame that is cut or damaged: after a crash that is the torn tail, and nobody was told that it is safe.
    """
    found: list[Record] = []
    at, size = 0, len(chunk)
    while (begin := at + _HEAD_SIZE) <= size:
        length, check = _HEAD.unpack_from(chunk, at)
        end = begin + length
        if not _BODY_SIZE <= length <= LARGEST_BODY or end > size:
            break
        body = chunk[begin:end]
        if crc32(body) != check:
            break
        tenant_id, keys_length = _BODY.unpack_from(body)
        rows_at = _BODY_SIZE + keys_length
        keys = body[_BODY_SIZE:rows_at].decode().split("\n")
        found += map(Record, repeat(tenant_id), keys, body[rows_at:].split(b"\n"))
        at = end
    return found, at

"""What is written to the spool, and its form on disk.

A frame is ``length u32, crc32 u32, body``; a body is ``tenant i64, key length u16, key, row``, all little-endian. The row is the JSON
text of `kernel.log.publish.log_row`, so that whoever drains the spool passes it on without reading it.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from cove.kernel import clock
from cove.kernel.log.fact import Fact
from cove.kernel.log.publish import log_row

LARGEST_BODY = 1024 * 1024
"""Bytes."""

_HEAD = struct.Struct("<II")
_BODY = struct.Struct("<qH")
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
    """An entry as it is read back; `row` is JSON text."""

    tenant_id: int
    key: str
    row: bytes


def frame_of(entry: Entry) -> bytes:
    """Return the frame of an entry. Raises EntryTooLargeError."""
    row = _text(log_row(entry.kind, entry.at.isoformat(), entry.payload))
    if "\\u0000" in row:
        # PostgreSQL's jsonb refuses the character zero, and no text of ours needs it.
        row = _text(log_row(entry.kind, entry.at.isoformat(), _without_zero(entry.payload)))
    return frame(entry.tenant_id, entry.dedupe_key or "", row.encode())


def frame_of_row(tenant_id: int, key: str, kind: str, at: datetime, payload: dict[str, Any]) -> bytes:
    """Return the frame of a fact whose payload is plain JSON values, numbers of 64 bits: as `frame_of`, in a fifth of its time.

    Raises EntryTooLargeError.
    """
    row = _packed(log_row(kind, at, payload))
    if b"\\u0000" in row:
        row = _packed(log_row(kind, at, _without_zero(payload)))
    return frame(tenant_id, key, row)


def gap(name: str) -> str:
    """Return the mark for a value that a `row_form` leaves open."""
    return f"\x02{name}\x02"


def row_form(kind: str, payload: dict[str, Any]) -> str:
    """Return a row as text with its gaps open, for facts of which most stays the same; `at` is a gap as well.

    Fill it with ``form % {"at": …, name: …}``: numbers as they are, texts by `json_text`.
    """
    row = _text(log_row(kind, gap("at"), _without_zero(payload))).replace("%", "%%")
    return re.sub(r'"\\u0002(\w+)\\u0002"', r"%(\1)s", row)


def json_text(text: str) -> str:
    """Return a text as JSON, without the character zero."""
    return encode_basestring_ascii(text.replace("\0", ""))


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


def frame(tenant_id: int, key: str, row: bytes) -> bytes:
    """Return the frame of a row that is already JSON text. Raises EntryTooLargeError."""
    name = key.encode()
    body = _BODY.pack(tenant_id, len(name)) + name + row
    if len(body) > LARGEST_BODY:
        raise EntryTooLargeError(f"{len(body)} bytes")
    return _HEAD.pack(len(body), crc32(body)) + body


def read_frames(chunk: bytes) -> tuple[list[Record], int]:
    """Return the whole frames at the beginning of `chunk`, and how many bytes they take.

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
        tenant_id, key_length = _BODY.unpack_from(body)
        row_at = _BODY_SIZE + key_length
        found.append(Record(tenant_id, body[_BODY_SIZE:row_at].decode(), body[row_at:]))
        at = end
    return found, at

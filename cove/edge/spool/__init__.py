"""The edge's local durable spool: what must not be lost is on this machine's disk before it is answered, and in the log soon after.

Use: ``await append(Entry.of(tenant_id, fact, at=…, dedupe_key=…))`` returns once the fact is durable; `SpoolUnavailableError` means
that it is not, and the caller answers 503. See docs/decisions/0011-spool-first.md.
"""

from cove.edge.spool.entry import (
    CommonRow,
    Entry,
    EntryTooLargeError,
    frame,
    frames,
    gap,
    json_text,
    key_line,
    row_form,
    row_of,
)
from cove.edge.spool.writer import Spool, SpoolUnavailableError, append, running, submit, submit_frame

__all__ = [
    "CommonRow",
    "Entry",
    "EntryTooLargeError",
    "Spool",
    "SpoolUnavailableError",
    "append",
    "frame",
    "frames",
    "gap",
    "json_text",
    "key_line",
    "row_form",
    "row_of",
    "running",
    "submit",
    "submit_frame",
]

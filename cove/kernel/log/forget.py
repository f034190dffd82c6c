"""Taking a person out of facts while the facts stay, and taking old facts away.

The application may neither update nor delete what is in the log; the functions in the database are the owner's, and do only
this, in the bound tenant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, get_origin

from django.db import connection

from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.reactions import consumers, sinks
from cove.kernel.log.read import Mark, mark_of

LONGEST_CHOICE = 40
"""Characters. A longer text in a fact's free properties is no category that somebody counts, and may say who it is about."""

_TELLING = re.compile(r"@|\d{5}")
_SHORTEST_TEXT = 2
_LARGEST_NUMBER = 10**7

_FORGET = "SELECT log_forget(%s::jsonb)"
_EMPTY = "SELECT log_empty_text(%s, %s)"
_DROP = "SELECT log_drop(%s::bigint[], %s::text[])"
_BEHIND = """
SELECT EXISTS (SELECT FROM log_fact WHERE (xid, position) > (%s::text::xid8, %s) AND position <= %s AND tenant_id = %s)
"""
_UNSEEN = """
SELECT EXISTS (SELECT FROM log_fact WHERE (xid, position) > (%s::text::xid8, %s) AND recorded_at <= %s AND tenant_id = %s)
"""


def blank(
    kind: str, payload: Mapping[str, Any], *, texts: Iterable[str] = (), visitor: int | None = None
) -> dict[str, Any]:
    """Return a fact's payload without the person: still a valid fact, with the same numbers and choices to count by.

    Texts are emptied unless the fact says that they are impersonal, and also then where one of `texts` is in them. `visitor` takes the
    place of the visitor. Doing it twice changes nothing more.
    """
    known = [text.casefold() for text in texts if len(text) >= _SHORTEST_TEXT]
    declared = catalogue.get(kind)
    found: dict[str, Any] = {}
    for name, value in payload.items():
        if name == "contact_id":
            found[name] = 0 if value is not None else None
        elif name == "visitor_id":
            found[name] = visitor if value is not None else None
        elif name == "source" or isinstance(value, bool | int | float) or value is None:
            found[name] = value
        elif declared is not None and (
            name in declared.impersonal or _is_choice(declared.model_fields[name].annotation)
        ):
            found[name] = _scrubbed(value, known)
        else:
            found[name] = type(value)()
    return found


def disguised(envelope: Envelope, *, visitor: int, texts: Iterable[str] = ()) -> Envelope:
    """Return an envelope whose fact is some anonymous visitor's."""
    payload = blank(envelope.kind, envelope.payload, texts=texts, visitor=visitor)
    return envelope.model_copy(update={"contact_id": None, "visitor_id": visitor, "payload": payload})


def forget_facts(rows: Sequence[tuple[int, int | None, dict[str, Any]]]) -> int:
    """Put blanked payloads into the log: (position, visitor or None, payload). The contact goes. Returns how many facts changed."""
    document = [{"place": position, "visitor": visitor, "payload": payload} for position, visitor, payload in rows]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [json.dumps(document)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def empty_text(position: int, field: str) -> bool:
    """Empty a text in the payload of one fact of the bound tenant, all else stays; False if there is no text (any more)."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY, [position, field])
        row = cursor.fetchone()
    return bool(row and row[0])


def readers() -> list[str]:
    """Return who reads the log: the consumers that must have passed a fact before it may go."""
    return [*consumers(), *(sink.name for sink in sinks)]


def drop_facts(positions: Sequence[int]) -> int:
    """Delete facts of the bound tenant that every consumer has passed; return how many. The others stay for another day."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [list(positions), readers()])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def all_have_seen(consumers: Iterable[str], *, tenant_id: int, until: datetime) -> bool:
    """Tell whether each of the consumers has passed what the tenant's log held at a moment."""
    with connection.cursor() as cursor:
        for consumer in consumers:
            mark = mark_of(consumer)
            cursor.execute(_UNSEEN, [mark.xid, mark.position, until, tenant_id])
            if cursor.fetchone()[0]:
                return False
    return True


def last_position() -> int:
    """Return the newest position that was given out, committed or not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM log_fact_position_seq")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def behind(consumer: str, *, tenant_id: int, position: int) -> bool:
    """Tell whether `consumer` has facts of the tenant up to `position` still before it."""
    mark: Mark = mark_of(consumer)
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, [mark.xid, mark.position, position, tenant_id])
        row = cursor.fetchone()
    return bool(row and row[0])


def _is_choice(annotation: Any) -> bool:
    return get_origin(annotation) is Literal


def _scrubbed(value: Any, known: Sequence[str]) -> Any:
    if isinstance(value, str):
        # What follows ? or # in an address is often about whoever opens it.
        text = re.split(r"[?#]", value, maxsplit=1)[0] if "://" in value else value
        return "" if any(one in text.casefold() for one in known) else text
    if isinstance(value, list):
        return [_scrubbed(one, known) for one in value]
    if isinstance(value, dict):
        return {key: _category(one, known) for key, one in value.items()}
    return value


def _category(value: Any, known: Sequence[str]) -> Any:
    if isinstance(value, str):
        telling = len(value) > LONGEST_CHOICE or _TELLING.search(value)
        return "" if telling else _scrubbed(value, known)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 0 if abs(value) >= _LARGEST_NUMBER else value
    if isinstance(value, list):
        return [_category(one, known) for one in value]
    return _scrubbed(value, known)

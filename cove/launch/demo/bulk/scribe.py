"""Facts as lines for PostgreSQL's COPY.

They lie before everything a consumer has still to read: what they would cause is laid beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from cove.edge.collector.desk import Desk
from cove.edge.collector.events import taken
from cove.edge.collector.senders import Sender, Source
from cove.edge.collector.wire import Event
from cove.kernel.log.fact import Fact
from cove.kernel.log.publish import log_head
from cove.launch.demo.bulk.ground import Ground
from cove.launch.demo.doors import AGENT
from cove.launch.demo.life.lives import Sent

XID = 3
"""The first transaction number that PostgreSQL gives out: every cursor that ever moved is past it."""
COLUMNS = (
    "position",
    "xid",
    "tenant_id",
    "kind",
    "at",
    "contact_id",
    "visitor_id",
    "member_id",
    "source",
    "chain",
    "payload",
)
Chain = tuple[tuple[int, str, str], ...]
"""Links as (position of the fact, its kind, the rule that saw it)."""


class Scribe:
    """Writes facts one after the other, from position `first` on."""

    def __init__(self, ground: Ground, first: int) -> None:
        self.ground = ground
        self.position = self.first = first
        self.lines: list[bytes] = []
        self._desks = {place: Desk(_sender(ground, place)) for place in ground.sources}

    def tell(self, fact: Fact, at: datetime, chain: Chain = ()) -> int:
        """Write a fact; return its position."""
        payload = fact.model_dump(mode="json")
        links = (
            json.dumps([{"fact": place, "kind": kind, "rule": rule} for place, kind, rule in chain]) if chain else "[]"
        )
        return self._line((log_head(fact.kind, at.isoformat(), payload, links) + json.dumps(payload)).encode())

    def hear(self, sent: Sent) -> int:
        """Write what the collector makes of an event that it takes; return its position."""
        event = Event(**{**sent.event, "timestamp": sent.at})
        return self._line(taken(event, self._desks[sent.place]).row)

    def _line(self, row: bytes) -> int:
        kind, at, contact, visitor, member, rest = row.split(b"\t", 5)
        ids = b"\t".join(rb"\N" if one == b"null" else one for one in (contact, visitor, member))
        head = b"%d\t%d\t%d" % (self.position, XID, self.ground.tenant_id)
        self.lines.append(b"\t".join((head, kind, at, ids, rest.replace(b"\\", b"\\\\"))) + b"\n")
        self.position += 1
        return self.position - 1


def _sender(ground: Ground, place: str) -> Sender:
    source_id, kind = ground.sources[place]
    source = Source(None, None, ground.tenant_id, source_id, kind, server=True, secret=b"")  # type: ignore[arg-type]  # judging asks for neither
    return Sender(source, "127.0.0.1", AGENT, frozenset(), ground.now, 0.0)


def text_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as COPY takes them: None, texts, numbers, booleans, times, lists of texts and JSON objects."""
    return b"".join(("\t".join(map(_text, row)) + "\n").encode() for row in rows)


def _text(value: Any) -> str:
    return _FORMS.get(type(value), str)(value)


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_FORMS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: r"\N",
    str: _escaped,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    dict: lambda value: _escaped(json.dumps(value, ensure_ascii=False)),
    list: lambda value: "{" + ",".join(map(_escaped, value)) + "}",
}

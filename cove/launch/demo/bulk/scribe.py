"""Facts as lines for PostgreSQL's COPY and for ClickHouse.

They lie before everything a consumer has still to read: what they would cause is laid beside them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cove.facts.people import VisitorJoined
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.log.fact import Fact
from cove.launch.demo.bulk.ear import Ear
from cove.launch.demo.life.lives import Sent

XID = 3
"""The first transaction number that PostgreSQL gives out: every cursor that ever moved is past it."""
COLUMNS = (
    *("position", "xid", "tenant_id", "kind", "at", "recorded_at", "contact_id", "visitor_id", "member_id", "source"),
    *("chain", "payload"),
)
Chain = tuple[tuple[int, str, str], ...]
"""Links as (position of the fact, its kind, the rule that saw it)."""


class Scribe:
    """Writes facts one after the other, from position `first` on.

    `lines` are for the log (COLUMNS), `shipped` the same for ClickHouse (the timeline's COLUMNS), `overrides` who turned out to be whom.
    """

    def __init__(self, ear: Ear, first: int) -> None:
        self.ear, self.ground = ear, ear.ground
        self.position = self.first = first
        self.lines: list[str] = []
        self.shipped: list[str] = []
        self.overrides: list[tuple[int, int, int, int]] = []
        self._tenant = self.ground.tenant_id
        self._now = plain_time(self.ground.now)

    def tell(self, fact: Fact, at: datetime, chain: Chain = ()) -> int:
        """Write a fact; return its position."""
        # model_dump_json without its arguments' checks: half of the clerk's time otherwise.
        payload = fact.__pydantic_serializer__.to_json(fact).decode().replace("\\", "\\\\")
        who = fact.__dict__
        contact, visitor, member = who.get("contact_id"), who.get("visitor_id"), who.get("member_id")
        if type(fact) is VisitorJoined:
            self.overrides.append((self._tenant, fact.visitor_id | ANONYMOUS_BIT, fact.contact_id, self.position))
        return self._write(fact.kind, plain_time(at), (contact, visitor, member, who.get("source", "")), chain, payload)

    def hear(self, sent: Sent) -> int:
        """Write what the collector makes of an event that it takes; return its position."""
        position = self.position
        kind, visitor, source, payload = self.ear.hear(sent)
        at = sent.event["timestamp"][:-1]
        self.lines.append(
            f"{position}\t{XID}\t{self._tenant}\t{kind}\t{at}Z\t{self._now}Z\t\\N\t{visitor}\t\\N\t{source}\t[]\t{payload}\n"
        )
        self.shipped.append(
            f"{self._tenant}\t{visitor | ANONYMOUS_BIT}\t{at}\t{position}\t{kind}\t{self._now}\t{visitor}\t0\t{source}\t\t0\t\t{payload}\n"
        )
        self.position = position + 1
        return position

    def _write(
        self, kind: str, at: str, who: tuple[int | None, int | None, int | None, str], chain: Chain, payload: str
    ) -> int:
        position = self.position
        contact, visitor, member, source = who
        links = links_text(chain) if chain else "[]"
        ids = "\t".join("\\N" if one is None else str(one) for one in (contact, visitor, member))
        self.lines.append(
            f"{position}\t{XID}\t{self._tenant}\t{kind}\t{at}Z\t{self._now}Z\t{ids}\t{source}\t{links}\t{payload}\n"
        )
        person = contact if contact is not None else visitor | ANONYMOUS_BIT if visitor is not None else 0
        cause, because, rule = chain[-1] if chain else (0, "", "")
        self.shipped.append(
            f"{self._tenant}\t{person}\t{at}\t{position}\t{kind}\t{self._now}\t{visitor or 0}\t{member or 0}\t{source}"
            f"\t{because}\t{cause}\t{rule}\t{payload}\n"
        )
        self.position = position + 1
        return position


def plain_time(at: datetime) -> str:
    """Return a time of UTC as both databases read it, without its offset."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat()


def links_text(chain: Chain) -> str:
    """Return a chain of causes as the log keeps it."""
    return json.dumps([{"fact": place, "kind": kind, "rule": rule} for place, kind, rule in chain])


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

"""One question to a timeline, answered from ClickHouse and from what the shipping has not passed yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from cove.directory.people import facade as people
from cove.engine.timeline.contracts import SLICE_SECONDS, SUSPICIOUS, Happening, Wanted, judged
from cove.engine.timeline.queries import texts
from cove.engine.timeline.queries.fields import SLICE, clean_facts
from cove.engine.timeline.queries.places import BEGIN, END, Direction, Place, place, stretches
from cove.engine.timeline.queries.who import Whole
from cove.facts.people import NoteWritten
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope

_NAMES = (
    *(
        "position",
        "person_id",
        "kind",
        "at",
        "recorded_at",
        "visitor_id",
        "member_id",
        "source",
        "cause_kind",
        "cause_rule",
        "payload",
    ),
    *("session_id", "suspicion", "suspicion_reasons"),
)
FIELDS = ", ".join(_NAMES)
WHOSE = "tenant_id = {tenant:UInt64} AND person_id IN {people:Array(UInt64)} AND kind IN {kinds:Array(String)}"
# The times alone, too: the sort key and the months of the table know them, pairs they do not.
_WHEN = (
    "at >= fromUnixTimestamp64Milli({low_ms:Int64}, 'UTC') AND at <= fromUnixTimestamp64Milli({high_ms:Int64}, 'UTC') "
    "AND (at, position) > (fromUnixTimestamp64Milli({low_ms:Int64}, 'UTC'), {low_position:UInt64}) "
    "AND (at, position) < (fromUnixTimestamp64Milli({high_ms:Int64}, 'UTC'), {high_position:UInt64})"
)
# What was found later is looked up once and laid beside the few facts of a page; how these are found stays as it is. A join costs more.
_JUDGED = f"""
WITH (
  SELECT groupArray((person_id, slice, score, reasons)) FROM timeline_verdict FINAL
  WHERE tenant_id = {{{{tenant:UInt64}}}} AND stands AND person_id IN {{{{people:Array(UInt64)}}}}
    AND slice >= toDateTime({{{{first_slice:UInt32}}}}, 'UTC') AND slice <= toDateTime({{{{last_slice:UInt32}}}}, 'UTC')
) AS verdicts
SELECT {", ".join(_NAMES)}, arrayFirst(one -> one.1 = person_id AND one.2 = {SLICE.format(at="at")}, verdicts) AS verdict
FROM ({{facts}})
"""  # noqa: S608 -- constants
_STANDING = """
SELECT person_id, toUnixTimestamp(slice) AS slice_begin, score, reasons FROM timeline_verdict FINAL
WHERE tenant_id = {tenant:UInt64} AND stands AND person_id IN {people:Array(UInt64)}
  AND toUnixTimestamp(slice) IN {slices:Array(UInt32)}
"""
_THEIR_VERDICTS = "person_id IN {people:Array(UInt64)}"
_LAST_SECOND = 2**32 - 1
_ORDER: dict[Direction, str] = {"older": "at DESC, position DESC", "newer": "at, position"}
# What was found and may not be shown is passed over; after so many looks the page is given as it is.
_LOOKS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """Whose timeline, what of it, in which direction."""

    actor: Actor
    somebody: Whole
    wanted: Wanted
    kinds: frozenset[str]
    direction: Direction

    def between(self, low: Place, high: Place, limit: int) -> tuple[list[Happening], bool]:
        """Return up to `limit` facts between two places (neither included), the nearest first, and whether more may follow."""
        # The log before ClickHouse: what is shipped in between is then in both, not in neither.
        asked = fresh_facts(self.actor, (one for one in self.somebody.fresh() if self._meets(one)))
        fresh = [one for one in asked if not self.wanted.unsuspicious or one.suspicion < SUSPICIOUS]
        kept: list[Happening] = []
        for _ in range(_LOOKS):
            found = self._next(fresh, low, high, limit + 1)
            kept += self._shown(found)
            if len(kept) > limit or len(found) <= limit:
                return kept[:limit], len(kept) > limit
            last = place(found[-1].at, found[-1].position)
            low, high = (low, last) if self.direction == "older" else (last, high)
        return kept, bool(kept)

    def _shown(self, found: list[Happening]) -> list[Happening]:
        told = texts.found_in(self.actor, found, self.wanted.text) if self.wanted.text else found
        return without_deleted(self.actor, told)

    def _next(self, fresh: list[Happening], low: Place, high: Place, limit: int) -> list[Happening]:
        found: dict[int, Happening] = {}
        # Only a search reads long columns of whatever it passes over; all else is over sooner in one question than in two.
        for a, b in stretches(low, high, self.direction) if self.wanted.text else [(low, high)]:
            there = len(found)
            found |= {one.position: one for one in fresh if a < place(one.at, one.position) < b}
            found |= {one.position: one for one in self._shipped(a, b, limit - there)}
            if len(found) >= limit:
                break
        ordered = sorted(found.values(), key=lambda one: place(one.at, one.position), reverse=self.direction == "older")
        return ordered[:limit]

    def _meets(self, one: Envelope) -> bool:
        wanted = self.wanted
        return (
            one.kind in self.kinds
            and (not wanted.sources or one.source in wanted.sources)
            and (not wanted.text or texts.tells(self.actor, one.kind, one.payload, wanted.text))
        )

    def _shipped(self, low: Place, high: Place, limit: int) -> list[Happening]:
        parts = [WHOSE, _WHEN]
        asked: dict[str, Any] = {"people": self.somebody.people(), "kinds": sorted(self.kinds), "limit": limit}
        if self.wanted.sources:
            parts.append("source IN {sources:Array(String)}")
            asked["sources"] = list(self.wanted.sources)
        if self.wanted.unsuspicious:
            parts.append(clean_facts(among=_THEIR_VERDICTS))
        if self.wanted.text:
            parts.append(texts.CONDITION)
            asked |= texts.parameters(self.wanted.text)
        sql = f"SELECT {FIELDS} FROM timeline_fact WHERE {' AND '.join(parts)} ORDER BY {_ORDER[self.direction]} LIMIT {{limit:UInt32}}"  # noqa: S608 -- constant parts
        bounds = {"low_ms": low[0], "low_position": low[1], "high_ms": high[0], "high_position": high[1]}
        return judged_facts(self.actor, sql, asked | bounds, low, high)


def without_deleted(actor: Actor, found: list[Happening]) -> list[Happening]:
    """Leave out notes that who wrote them has deleted: ClickHouse keeps them until the night."""
    notes = [one.position for one in found if one.kind == NoteWritten.kind]
    gone = people.deleted_notes_among(actor, notes) if notes else set()
    return [one for one in found if one.position not in gone] if gone else found


def judged_facts(
    actor: Actor, sql: str, asked: dict[str, Any], low: Place = BEGIN, high: Place = END
) -> list[Happening]:
    """Return the facts of a query for `FIELDS` as happenings, with the verdicts of what lies between two places.

    `asked` has the query's parameters, `people` among them. Their order is whoever asks to see to.
    """
    slices = {
        "first_slice": min(max(low[0] // 1000 - SLICE_SECONDS, 0), _LAST_SECOND),
        "last_slice": min(max(high[0] // 1000, 0), _LAST_SECOND),
    }
    return [_told(row) for row in rows(actor.tenant_id, _JUDGED.format(facts=sql), **asked, **slices)]


def _told(row: dict[str, Any]) -> Happening:
    person, _, score, found = row.pop("verdict")
    # Where none stands, the engine gives an empty one.
    if person:
        row["suspicion"], row["suspicion_reasons"] = judged(row["suspicion"], row["suspicion_reasons"], score, found)
    return Happening(**{**row, "payload": json.loads(row["payload"])})


def fresh_facts(actor: Actor, fresh: Iterable[Envelope]) -> list[Happening]:
    """Return facts of the log as happenings, with the verdicts that stand about them. Raises ClickHouseAway."""
    told = [_happening(one) for one in fresh]
    # Verdicts are about what visitors do; mostly nothing waits, or what members wrote.
    behaviour = [one for one in told if one.visitor_id]
    if not behaviour:
        return told
    asked = {
        "people": sorted({one.person_id for one in behaviour}),
        "slices": sorted({_slice(one) for one in behaviour}),
    }
    standing = {(row["person_id"], row["slice_begin"]): row for row in rows(actor.tenant_id, _STANDING, **asked)}
    return [_judged(one, standing.get((one.person_id, _slice(one)))) for one in told]


def _judged(one: Happening, verdict: dict[str, Any] | None) -> Happening:
    if verdict is None:
        return one
    score, reasons = judged(one.suspicion, one.suspicion_reasons, verdict["score"], verdict["reasons"])
    return replace(one, suspicion=score, suspicion_reasons=reasons)


def _slice(one: Happening) -> int:
    # A time before 1970 is in no slice that ClickHouse can name.
    return max(0, int(one.at.timestamp()) // SLICE_SECONDS * SLICE_SECONDS)


def _happening(one: Envelope) -> Happening:
    cause, payload = one.chain[-1] if one.chain else None, one.payload
    return Happening(
        position=one.position,
        person_id=person_id(contact_id=one.contact_id, visitor=one.visitor_id),
        kind=one.kind,
        at=one.at,
        recorded_at=one.recorded_at,
        visitor_id=one.visitor_id or 0,
        member_id=one.member_id or 0,
        source=one.source,
        cause_kind=cause.kind if cause else "",
        cause_rule=cause.rule if cause else "",
        payload=payload,
        session_id=payload.get("session_id") or "",
        suspicion=payload.get("suspicion") or 0,
        suspicion_reasons=payload.get("suspicion_reasons") or (),
    )

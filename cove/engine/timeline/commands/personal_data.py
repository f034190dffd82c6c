"""A person on the timeline: handed out fact by fact, and erased so that every count stays.

A person is part of the sort key, so his facts cannot be changed where they lie. They are written again as some anonymous visitor's, their
payload blanked, and then the old ones are deleted. A fact has one position: what is there under the new person was written before a crash.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from cove.directory.people import facade as people
from cove.engine.timeline.contracts import COLUMNS, SINK
from cove.engine.timeline.errors import TimelineBehind
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import insert_block, remove, rows
from cove.kernel.ids import new_slug, person_id
from cove.kernel.log.fact import catalogue
from cove.kernel.log.forget import behind, blank, forget_facts, last_position
from cove.kernel.log.read import read_tail
from cove.kernel.personal_data import Holder, Person, holds
from cove.kernel.words import Words

PAGE = 5_000
PATIENCE_SECONDS = 60.0
_SHORTEST_NAME = 6
_COLUMNS = ", ".join(COLUMNS)
# Facts of nobody in particular (a platform's callback) name a person only inside.
_THEIRS = (
    "(person_id IN {people:Array(UInt64)} OR (person_id = 0 AND notEmpty({names:Array(String)}) "
    "AND multiSearchAny(payload, {names:Array(String)})))"
)

_COUNT = f"SELECT count() AS n FROM timeline_fact WHERE tenant_id = {{tenant:UInt64}} AND {_THEIRS}"  # noqa: S608 -- constants
_PAGE = f"""
SELECT {_COLUMNS}, toUnixTimestamp64Milli(at) AS at_ms FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND {_THEIRS}
  AND (at, position) > (fromUnixTimestamp64Milli({{after_ms:Int64}}, 'UTC'), {{after:UInt64}})
ORDER BY at, position LIMIT {{limit:UInt32}}
"""  # noqa: S608 -- constant columns
_COPIED = f"""
SELECT position FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND position IN {{positions:Array(UInt64)}}
  AND person_id IN (0, {{statistic:UInt64}}) AND NOT {_THEIRS}
"""  # noqa: S608 -- constants


def _asked(person: Person) -> dict[str, Any]:
    """Return whom a query is about: his person numbers, and the names that may stand inside other facts."""
    # A person of whom only an identity is left has no number: 0 would be everything that is nobody's.
    contacts = [person_id(contact_id=one) for one in person.contacts]
    numbers = [*contacts, *(person_id(visitor=one) for one in person.visitors)]
    names = [value for _, value in person.identities if len(value) >= _SHORTEST_NAME]
    # 255 needles are ClickHouse's limit for one search.
    return {"people": numbers, "names": names[:250]}


def _count(actor: Actor, person: Person) -> int:
    return int(rows(actor.tenant_id, _COUNT, **_asked(person))[0]["n"])


def _pages(actor: Actor, person: Person) -> Iterator[list[dict[str, Any]]]:
    after_ms, after = -1, 0
    while True:
        asked = _asked(person)
        page = rows(actor.tenant_id, _PAGE, **asked, after_ms=after_ms, after=after, limit=PAGE)
        if not page:
            return
        yield page
        after_ms, after = page[-1]["at_ms"], page[-1]["position"]


def _collect(actor: Actor, person: Person) -> Iterator[dict[str, Any]]:
    # The cursor first: what is shipped meanwhile is then in both, and told once.
    fresh = read_tail(SINK, contact_ids=list(person.contacts), visitor_ids=list(person.visitors))
    # Notes that were deleted are nobody's to read, and in ClickHouse until the night.
    gone = people.deleted_notes_of(actor, person.contacts)
    passed_over = {one.position for one in fresh} | gone
    for page in _pages(actor, person):
        for row in page:
            if row["position"] not in passed_over:
                yield _told(row["at"], row["kind"], row["source"], json.loads(row["payload"]))
    for one in fresh:
        if one.position not in gone:
            yield _told(one.at, one.kind, one.source, one.payload)


def _told(at: Any, kind: str, source: str, payload: dict[str, Any]) -> dict[str, Any]:
    label = catalogue[kind].label.here() if kind in catalogue else kind
    return {"at": at, "what": label, "kind": kind, "source": source, "payload": payload}


def _erase(actor: Actor, person: Person) -> int:
    """Raises TimelineBehind while not everything of the log has been shipped, ClickHouseAway."""
    _wait_for_shipping(actor)
    changed = 0
    for page in _pages(actor, person):
        changed += _rewrite(actor, person, page)
    asked = _asked(person)
    remove(actor.tenant_id, "timeline_fact", _THEIRS, **asked)
    # His facts, written again, have made the visits of the nameless one.
    remove(actor.tenant_id, "timeline_session", "person_id IN {people:Array(UInt64)}", people=asked["people"])
    if person.contacts:
        remove(
            actor.tenant_id,
            "timeline_override",
            "person_id IN {contacts:Array(UInt64)} OR visitor IN {people:Array(UInt64)}",
            contacts=list(person.contacts),
            people=asked["people"],
        )
    return changed


def _wait_for_shipping(actor: Actor) -> None:
    position, end = last_position(), time.monotonic() + PATIENCE_SECONDS
    while behind(SINK, tenant_id=actor.tenant_id, position=position):
        if time.monotonic() > end:
            raise TimelineBehind
        time.sleep(0.2)


def _rewrite(actor: Actor, person: Person, page: Sequence[dict[str, Any]]) -> int:
    """Blank a page of facts in the log, and write those of ClickHouse that are not there yet under the new person."""
    statistic, asked = person_id(visitor=person.statistic), _asked(person)
    positions = [row["position"] for row in page]
    copied = rows(actor.tenant_id, _COPIED, **asked, positions=positions, statistic=statistic)
    there = {row["position"] for row in copied}
    blanked = [_blanked(person, row, statistic) for row in page]
    forget_facts([(row["position"], row["visitor_id"] or None, json.loads(row["payload"])) for row in blanked])
    fresh = [[row[name] for name in COLUMNS] for row in blanked if row["position"] not in there]
    if fresh:
        insert_block("timeline_fact", COLUMNS, fresh, token=f"erase:{new_slug(16)}")
    return len(fresh)


def _blanked(person: Person, row: dict[str, Any], statistic: int) -> dict[str, Any]:
    nobody = row["person_id"] == 0
    visitor = None if nobody else person.statistic
    payload = blank(row["kind"], json.loads(row["payload"]), texts=person.texts, visitor=visitor)
    document = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return {**row, "person_id": 0 if nobody else statistic, "visitor_id": visitor or 0, "payload": document}


TIMELINE = holds(
    Holder(
        "timeline.facts",
        Words("客户动态与行为", "Timeline and behaviour"),
        ("clickhouse:timeline_fact", "clickhouse:timeline_session", "clickhouse:timeline_override", "log_fact"),
        _count,
        _collect,
        _erase,
        {
            "at": Words("时间", "Time"),
            "what": Words("事件", "What"),
            "source": Words("来源", "Source"),
            "payload": Words("内容", "Content"),
        },
        "outside",
    )
)

"""A person's timeline.

ClickHouse gets facts within moments, but not in the transaction that wrote them. So that a member sees his own note the instant it is
written, what the shipping has not passed yet is read from the log itself: its cursor is read first, then the log after it, then
ClickHouse; a fact that was shipped meanwhile is in both answers and shown once. Nobody waits for anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from cove.directory.people import facade as people
from cove.engine.timeline.contracts import SINK, FirstTouch, Happening
from cove.engine.timeline.permissions import SEE_TIMELINE
from cove.facts.live_codes import CodeScanned
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.read import mark_of, read_tail
from cove.kernel.paging import decode_cursor, encode_cursor, foreign_cursor
from cove.kernel.words import Words

MAX_LIMIT = 200
_FIELDS = "position, person_id, kind, at, recorded_at, visitor_id, member_id, source, cause_kind, cause_rule, payload"

_TIMELINE = f"""
SELECT {_FIELDS} FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND person_id IN {{people:Array(UInt64)}} AND kind IN {{kinds:Array(String)}}
  AND (at, position) < (fromUnixTimestamp64Milli({{before_ms:Int64}}, 'UTC'), {{before_position:UInt64}})
ORDER BY at DESC, position DESC LIMIT {{limit:UInt32}}
"""  # noqa: S608 -- constant columns

_FIRST_TOUCH = """
SELECT at, utm_source, utm_medium, utm_campaign, utm_content, utm_term, referrer FROM timeline_fact
WHERE tenant_id = {tenant:UInt64} AND person_id IN {people:Array(UInt64)} AND kind IN {kinds:Array(String)}
ORDER BY at, position LIMIT 1
"""

_UTM = ("source", "medium", "campaign", "content", "term")
_TOUCHES = (CodeScanned.kind, PageViewed.kind)
# Later than any fact: DateTime64(3) ends in 2299.
_END = (10_413_791_999_000, 2**63)


def timeline(
    actor: Actor, contact_id: int, *, kinds: Sequence[str] = (), cursor: str | None = None, limit: int = 50
) -> tuple[list[Happening], str | None]:
    """Return up to `limit` facts of a contact and of the visitors he was before, newest first, and the next cursor or None.

    `kinds` narrows to those kinds. Raises Forbidden, NotFound, and InvalidInput for an unknown kind or a foreign cursor.
    """
    contacts, visitors = _numbers(actor, contact_id)
    limit = max(1, min(limit, MAX_LIMIT))
    before = _before(cursor)
    wanted = _wanted(kinds)
    fresh = read_tail(mark_of(SINK), contact_ids=contacts, visitor_ids=visitors)
    found = [_fresh(one) for one in fresh if one.kind in wanted and _place(one.at, one.position) < before]
    found += _shipped(actor, _people(contacts, visitors), wanted, before, limit + 1)
    newest = sorted({one.position: one for one in found}.values(), key=lambda one: _place(one.at, one.position))[::-1]
    if len(newest) <= limit:
        return newest, None
    last = newest[limit - 1]
    return newest[:limit], encode_cursor(list(_place(last.at, last.position)))


def first_touch(actor: Actor, contact_id: int) -> FirstTouch | None:
    """Return the first page view or scan of a contact and of the visitors he was before, or None. Raises Forbidden, NotFound."""
    contacts, visitors = _numbers(actor, contact_id)
    touches = [
        FirstTouch(row["at"], {name: row[f"utm_{name}"] for name in _UTM}, row["referrer"])
        for row in rows(actor.tenant_id, _FIRST_TOUCH, people=_people(contacts, visitors), kinds=list(_TOUCHES))
    ]
    for one in read_tail(mark_of(SINK), contact_ids=contacts, visitor_ids=visitors):
        if one.kind in _TOUCHES:
            utm = {name: one.payload.get(f"utm_{name}", "") for name in _UTM}
            touches.append(FirstTouch(one.at, utm, one.payload.get("referrer", "")))
    return min(touches, key=lambda touch: touch.at, default=None)


def _numbers(actor: Actor, contact_id: int) -> tuple[list[int], list[int]]:
    """Return the numbers a person has as a contact (those merged into him included) and as a visitor."""
    actor.require(SEE_TIMELINE)
    contacts, visitors = people.numbers_of(actor, contact_id, SEE_TIMELINE)
    if not contacts:
        raise NotFound
    return contacts, visitors


def _people(contacts: Iterable[int], visitors: Iterable[int]) -> list[int]:
    return [
        *(person_id(contact_id=contact) for contact in contacts),
        *(person_id(visitor=visitor) for visitor in visitors),
    ]


def _wanted(kinds: Sequence[str]) -> set[str]:
    shown = {kind.kind for kind in catalogue if kind.on_timeline}
    if unknown := [kind for kind in kinds if kind not in shown]:
        words = Words("没有名为「{kind}」的动态类型", "There is no kind of fact named “{kind}”")
        raise InvalidInput(kind=unknown[0], fields={"kind": words})
    return set(kinds) or shown


def _before(cursor: str | None) -> tuple[int, int]:
    if not cursor:
        return _END
    milliseconds, position = decode_cursor(cursor)
    if not (
        isinstance(milliseconds, int)
        and isinstance(position, int)
        and 0 <= milliseconds <= _END[0]
        and 0 <= position <= _END[1]
    ):
        raise foreign_cursor()
    return milliseconds, position


def _place(at: datetime, position: int) -> tuple[int, int]:
    """Return where a fact stands on the timeline: milliseconds since 1970, as ClickHouse keeps them, and its position."""
    whole = at.astimezone(UTC)
    return int(whole.timestamp()) * 1000 + whole.microsecond // 1000, position


def _fresh(one: Envelope) -> Happening:
    cause = one.chain[-1] if one.chain else None
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
        payload=one.payload,
    )


def _shipped(actor: Actor, numbers: list[int], kinds: set[str], before: tuple[int, int], limit: int) -> list[Happening]:
    found: list[dict[str, Any]] = rows(
        actor.tenant_id,
        _TIMELINE,
        people=numbers,
        kinds=sorted(kinds),
        before_ms=before[0],
        before_position=before[1],
        limit=limit,
    )
    return [Happening(**{**row, "payload": json.loads(row["payload"])}) for row in found]

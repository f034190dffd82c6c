"""A page of a person's timeline.

ClickHouse gets facts within moments, but not in the transaction that wrote them. So that a member sees his own note the instant it is
written, what the shipping has not passed yet is read from the log itself: its cursor is read first, then the log after it, then
ClickHouse; a fact that was shipped meanwhile is in both answers and shown once. Nobody waits for anybody.
"""

from __future__ import annotations

from cove.engine.timeline.contracts import Happening, TimelinePage, Wanted
from cove.engine.timeline.queries.look import FIELDS, WHOSE, Look, fresh_facts, judged_facts, without_deleted
from cove.engine.timeline.queries.places import BEGIN, END, Direction, Place, cursor_of, milliseconds, place, place_of
from cove.engine.timeline.queries.who import whole
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.log.fact import catalogue
from cove.kernel.words import Words

MAX_LIMIT = 200

_ONE = f"SELECT {FIELDS} FROM timeline_fact WHERE {WHOSE} AND position = {{position:UInt64}} LIMIT 1"  # noqa: S608 -- constants


def timeline(
    actor: Actor,
    contact_id: int,
    wanted: Wanted | None = None,
    *,
    cursor: str | None = None,
    direction: Direction = "older",
    limit: int = 50,
) -> TimelinePage:
    """Return up to `limit` facts of a contact and of the visitors he was before, newest first, with the cursors of both sides.

    Without a cursor it begins at the newest end (before `wanted.until`); with one it goes on from there in its `direction`.
    Raises Forbidden, NotFound, and InvalidInput for an unknown kind or a foreign cursor.
    """
    wanted = wanted or Wanted()
    kinds = _kinds(wanted)
    low, high = _bounds(wanted)
    edge = place_of(cursor) if cursor else None
    if edge and direction == "older":
        high = min(high, edge)
    elif edge:
        low = max(low, edge)
    look = Look(actor, whole(actor, contact_id), wanted, kinds, direction)
    found, more = look.between(low, high, max(1, min(limit, MAX_LIMIT)))
    if direction == "newer" and edge:
        newest_first = found[::-1]
        return TimelinePage(newest_first, _end(newest_first, -1), _end(newest_first, 0) if more else None)
    return TimelinePage(found, _end(found, -1) if more else None, (_end(found, 0) or cursor) if edge else None)


def one_fact(actor: Actor, contact_id: int, position: int) -> Happening:
    """Return one fact of a contact's timeline. Raises Forbidden, NotFound."""
    somebody, kinds = whole(actor, contact_id), shown_kinds()
    waiting = [one for one in somebody.fresh() if one.position == position and one.kind in kinds]
    asked = {"people": somebody.people(), "kinds": sorted(kinds), "position": position}
    found = fresh_facts(actor, waiting) if waiting else judged_facts(actor, _ONE, asked)
    if shown := without_deleted(actor, found):
        return shown[0]
    raise NotFound


def shown_kinds() -> frozenset[str]:
    """Return the kinds of fact that timelines show."""
    return frozenset(kind.kind for kind in catalogue if kind.on_timeline)


def _end(items: list[Happening], index: int) -> str | None:
    return cursor_of(place(items[index].at, items[index].position)) if items else None


def _bounds(wanted: Wanted) -> tuple[Place, Place]:
    low = (milliseconds(wanted.since), 0) if wanted.since else BEGIN
    high = (milliseconds(wanted.until), 0) if wanted.until else END
    return low, high


def _kinds(wanted: Wanted) -> frozenset[str]:
    shown = shown_kinds()
    if unknown := [kind for kind in wanted.kinds if kind not in shown]:
        words = Words("没有名为「{kind}」的动态类型", "There is no kind of fact named “{kind}”")
        raise InvalidInput(kind=unknown[0], fields={"kind": words.with_values(kind=unknown[0])})
    return frozenset(wanted.kinds) or shown

"""Carrying stretches of the log from PostgreSQL to ClickHouse as they are written, without looking at a fact.

PostgreSQL writes the rows as text (COPY), ClickHouse reads that text as it stands and works the columns out of the payload. While
ClickHouse takes one stretch the next is fetched, so that both servers work at once.
"""

from __future__ import annotations

import re
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from cove.directory.privacy import facade as privacy
from cove.engine.timeline.contracts import COLUMNS
from cove.engine.timeline.reactions.overrides import OVERRIDES, ship_overrides
from cove.kernel.clickhouse.client import ClickHouseAway, RowsRefused, insert_text
from cove.kernel.log.reactions import Unreachable
from cove.kernel.log.read import Mark, read_kinds
from cove.kernel.log.rows import Rows, copy_next, copy_stretch
from cove.kernel.log.stretch import Stretch, people_within
from cove.kernel.log.wanted import MOST_BYTES

BATCH = 40_000
"""Facts: enough that what a batch costs beside its facts does not count and that few parts are to be merged, few enough for the memory of a
small machine."""

# A fact's place in time is held between what DateTime64 can say (the rows of `shipping` do the same); visitors have the top bit set
# (kernel.ids.person_id); the cause is the last link of the chain.
_EXPRESSIONS = {
    "person_id": "COALESCE(contact_id::numeric, visitor_id + 9223372036854775808, 0)",
    "at": "GREATEST(LEAST(at, '2299-12-31 00:00:00+00'), '1970-01-01 00:00:00+00') AT TIME ZONE 'UTC'",
    "recorded_at": "recorded_at AT TIME ZONE 'UTC'",
    "visitor_id": "COALESCE(visitor_id, 0)",
    "member_id": "COALESCE(member_id, 0)",
    "cause_kind": "COALESCE(chain->-1->>'kind', '')",
    "cause_position": "COALESCE(chain->-1->>'fact', '0')",
    "cause_rule": "COALESCE(chain->-1->>'rule', '')",
}
_SENT = ("position", *(name for name in COLUMNS if name != "position"))
_SELECTED = [_EXPRESSIONS.get(name, name) for name in _SENT[1:]]

# A tab inside a column is written as two letters, so what stands between two tabs is a whole column.
_SAYS_WHOSE = re.compile(b"\t(?:%s)\t" % b"|".join(re.escape(kind.encode()) for kind in OVERRIDES))

_poster = ThreadPoolExecutor(1, thread_name_prefix="timeline-post")


@dataclass(frozen=True, slots=True)
class _Fetched:
    """A stretch as text; `says_whose` if a fact in it says whose a visitor is. That is looked for while another stretch is on its way."""

    rows: Rows
    says_whose: bool

    @classmethod
    def of(cls, rows: Rows) -> _Fetched:
        return cls(rows, _SAYS_WHOSE.search(rows.text) is not None)


class _Ahead:
    """The stretch that is on its way and the one after it, as text: fetched once, also where the post has to be tried again."""

    def __init__(self) -> None:
        self._held: list[_Fetched] = []
        self._limit = BATCH

    def plan(self, after: Mark, limit: int) -> Stretch | None:
        """Return the next stretch after a mark, fetched now if it was not before; None if nothing is new."""
        self._limit = limit
        found = self._after(after) or self._fetch_next(after)
        return found.rows.stretch if found else None

    def take(self, stretch: Stretch) -> _Fetched:
        """Return a stretch, fetched now if it was not before; it is kept until another is asked for."""
        self._held = [one for one in self._held if one.rows.stretch.after in (stretch.after, stretch.to)]
        found = next((one for one in self._held if one.rows.stretch == stretch), None)
        if found is None:
            found = _Fetched.of(copy_stretch(stretch, _SELECTED))
            self._held.append(found)
        return found

    def fetch_behind(self, rows: Rows) -> None:
        """Fetch what comes after a stretch, if much waits there."""
        if rows.cut and not self._after(rows.stretch.to):
            self._fetch_next(rows.stretch.to)

    def _after(self, mark: Mark) -> _Fetched | None:
        return next((one for one in self._held if one.rows.stretch.after == mark), None)

    def _fetch_next(self, after: Mark) -> _Fetched | None:
        rows = copy_next(after, _SELECTED, limit=self._limit, most_bytes=MOST_BYTES)
        if rows is None:
            return None
        self._held.append(_Fetched.of(rows))
        return self._held[-1]


_ahead = _Ahead()
plan = _ahead.plan


def carry(token: str, stretch: Stretch) -> int | None:
    """Ship a stretch of the log; return how many facts that were, None if it has to be done fact by fact.

    The same token again stores nothing again. Raises Unreachable while ClickHouse is away.
    """
    if _concerns_the_erased(stretch):
        return None
    fetched = _ahead.take(stretch)
    rows = fetched.rows
    try:
        if fetched.says_whose:
            ship_overrides(token, read_kinds(stretch.after, stretch.to, OVERRIDES))
        posted = _poster.submit(insert_text, "timeline_fact", _SENT, rows.text, token=token)
        _meanwhile(posted, rows)
        posted.result()
    except ClickHouseAway as error:
        raise Unreachable from error
    except RowsRefused:
        return None
    return rows.facts


def _meanwhile(posted: Future[None], rows: Rows) -> None:
    """Fetch what comes next; whatever befalls that, the post is waited for."""
    try:
        _ahead.fetch_behind(rows)
    finally:
        posted.exception()


def _concerns_the_erased(stretch: Stretch) -> bool:
    tenants = privacy.tenants_with_erased()
    if not tenants:
        return False
    told = people_within(stretch, tenants)
    return any(
        privacy.any_erased(
            tenant_id,
            contact_ids=[contact for tenant, contact, _ in told if tenant == tenant_id and contact is not None],
            visitor_ids=[visitor for tenant, _, visitor in told if tenant == tenant_id and visitor is not None],
        )
        for tenant_id in {tenant for tenant, _, _ in told}
    )

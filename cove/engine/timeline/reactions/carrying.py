"""Carrying stretches of the log from PostgreSQL to ClickHouse as they are written, without looking at a fact.

PostgreSQL writes the rows as text (COPY), ClickHouse reads that text as it stands and works the columns out of the payload. While
ClickHouse takes one stretch the next is fetched, so that both servers work at once.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from cove.directory.privacy import facade as privacy
from cove.engine.timeline.contracts import COLUMNS
from cove.engine.timeline.reactions.overrides import OVERRIDES, ship_overrides
from cove.kernel.clickhouse.client import ClickHouseAway, RowsRefused, insert_text
from cove.kernel.log.reactions import Unreachable
from cove.kernel.log.read import read_kinds
from cove.kernel.log.stretch import Stretch, copy_rows, next_stretch, people_within
from cove.kernel.log.wanted import MOST_BYTES

BATCH = 20_000
"""Facts: enough that what a batch costs beside its facts does not count, few enough for the memory of a small machine."""

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
_SELECTED = [_EXPRESSIONS.get(name, name) for name in COLUMNS]

_poster = ThreadPoolExecutor(1, thread_name_prefix="timeline-post")


@dataclass(frozen=True, slots=True)
class _Fetched:
    stretch: Stretch
    text: bytes
    facts: int


class _Ahead:
    """The stretch that is on its way and the one after it, as text: fetched once, also where the post has to be tried again."""

    def __init__(self) -> None:
        self._held: list[_Fetched] = []

    def take(self, stretch: Stretch) -> _Fetched:
        """Return a stretch, fetched now if it was not before; it is kept until another is asked for."""
        self._held = [one for one in self._held if one.stretch.after in (stretch.after, stretch.to)]
        return next((one for one in self._held if one.stretch == stretch), None) or self._fetch(stretch)

    def fetch_after(self, stretch: Stretch) -> None:
        """Fetch what comes after a stretch."""
        if any(one.stretch.after == stretch.to for one in self._held):
            return
        following = next_stretch(stretch.to, limit=BATCH, most_bytes=MOST_BYTES)
        if following is not None:
            self._fetch(following)

    def _fetch(self, stretch: Stretch) -> _Fetched:
        fetched = _Fetched(stretch, *copy_rows(stretch, _SELECTED))
        self._held.append(fetched)
        return fetched


_ahead = _Ahead()


def carry(token: str, stretch: Stretch) -> int | None:
    """Ship a stretch of the log; return how many facts that were, None if it has to be done fact by fact.

    The same token again stores nothing again. Raises Unreachable while ClickHouse is away.
    """
    if _concerns_the_erased(stretch):
        return None
    fetched = _ahead.take(stretch)
    try:
        ship_overrides(token, read_kinds(stretch.after, stretch.to, OVERRIDES))
        posted = _poster.submit(insert_text, "timeline_fact", COLUMNS, fetched.text, token=token)
        _meanwhile(posted, stretch, whole=fetched.facts >= BATCH)
        posted.result()
    except ClickHouseAway as error:
        raise Unreachable from error
    except RowsRefused:
        return None
    return fetched.facts


def _meanwhile(posted: Future[None], stretch: Stretch, *, whole: bool) -> None:
    """Fetch what comes next where much waits; whatever befalls that, the post is waited for."""
    try:
        if whole:
            _ahead.fetch_after(stretch)
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

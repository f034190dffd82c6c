"""Whose the facts of a person number are, where they are not its own: rows of `timeline_override`, made of the facts that say so.

Each number leads at once to the one that stays, never over a third, so that a query joins once. A number that stands for itself again after
a merge was undone gets a row, too: the newest counts (`version` is the position of the fact).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cove.facts.people import ContactsMerged, MergeUndone, VisitorJoined
from cove.kernel.clickhouse.client import insert_block
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope

COLUMNS = ("tenant_id", "visitor", "person_id", "version")


def of_joined_visitor(one: Envelope) -> list[list[int]]:
    """Return the row of a visitor who turned out to be a contact, in the order of COLUMNS."""
    return _rows(one, [(person_id(visitor=one.visitor_id), one.contact_id or 0)])


def of_merge(one: Envelope) -> list[list[int]]:
    """Return the rows of everybody whom a merge, or undoing one, speaks of, in the order of COLUMNS."""
    contacts: list[int] = one.payload["contacts"]
    # Blanked, when one of them was erased: nobody leads to anybody then.
    whose = one.contact_id if one.kind == ContactsMerged.kind else next(iter(contacts), None)
    numbers = [*contacts, *(person_id(visitor=visitor) for visitor in one.payload["visitors"])]
    return _rows(one, [(number, whose or number) for number in numbers])


def _rows(one: Envelope, leads: Iterable[tuple[int, int]]) -> list[list[int]]:
    return [[one.tenant_id, number, whose, one.position] for number, whose in leads if number]


OVERRIDES: dict[str, Callable[[Envelope], list[list[int]]]] = {
    VisitorJoined.kind: of_joined_visitor,
    ContactsMerged.kind: of_merge,
    MergeUndone.kind: of_merge,
}
"""By kind of fact, what gives its rows of `timeline_override`; facts of other kinds are not looked at."""


def ship_overrides(token: str, envelopes: Iterable[Envelope]) -> None:
    """Write the overrides of a batch; the same token again writes nothing again. Raises ClickHouseAway."""
    found = [row for one in envelopes if one.kind in OVERRIDES for row in OVERRIDES[one.kind](one)]
    if found:
        insert_block("timeline_override", COLUMNS, found, token=f"{token}:overrides")

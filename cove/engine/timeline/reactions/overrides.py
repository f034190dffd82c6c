"""Whose the facts of a person number are, where they are not its own: rows of `timeline_override`, made of the facts that say so.

Each number leads at once to the one that stays, never over a third, so that a query joins once. A number that stands for itself again after
a merge was undone gets a row, too: the newest counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cove.facts.people import ContactsMerged, MergeUndone, VisitorJoined
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope

OVERRIDE_COLUMNS = ("tenant_id", "visitor", "person_id", "version")


def overrides_of(envelopes: Sequence[Envelope]) -> list[list[int]]:
    """Return the rows that these facts ask for, in the order of OVERRIDE_COLUMNS; none for facts of other kinds."""
    return [[one.tenant_id, number, whose, one.position] for one in envelopes for number, whose in _said(one) if number]


def _said(one: Envelope) -> Iterator[tuple[int, int]]:
    if one.kind == VisitorJoined.kind:
        yield person_id(visitor=one.visitor_id), one.contact_id or 0
    elif one.kind in (ContactsMerged.kind, MergeUndone.kind):
        contacts: list[int] = one.payload["contacts"]
        # Blanked, when one of them was erased: nobody leads to anybody then.
        whose = one.contact_id if one.kind == ContactsMerged.kind else next(iter(contacts), None)
        numbers = [*contacts, *(person_id(visitor=visitor) for visitor in one.payload["visitors"])]
        yield from ((number, whose or number) for number in numbers)

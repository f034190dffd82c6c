"""Which facts say that one person number is read as another: a visitor as the contact he turned out to be.

The newest fact about a number wins (`version` is its position).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cove.facts.people import VisitorJoined
from cove.kernel.clickhouse.client import insert_block
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope

COLUMNS = ("tenant_id", "visitor", "person_id", "version")


def of_joined_visitor(envelope: Envelope) -> list[list[int]]:
    """Return the row of a visitor who turned out to be a contact, in the order of COLUMNS."""
    visitor = person_id(visitor=envelope.visitor_id)
    return [[envelope.tenant_id, visitor, envelope.contact_id or 0, envelope.position]]


OVERRIDES: dict[str, Callable[[Envelope], list[list[int]]]] = {VisitorJoined.kind: of_joined_visitor}
"""By kind of fact, what gives its rows of `timeline_override`; facts of other kinds are not looked at."""


def ship_overrides(token: str, envelopes: Iterable[Envelope]) -> None:
    """Write the overrides of a batch; the same token again writes nothing again. Raises ClickHouseAway."""
    found = [row for one in envelopes if one.kind in OVERRIDES for row in OVERRIDES[one.kind](one)]
    if found:
        insert_block("timeline_override", COLUMNS, found, token=f"{token}:overrides")

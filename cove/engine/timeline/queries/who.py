"""Under which numbers somebody's facts lie. The one place that knows: whoever reads a timeline asks here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cove.directory.people import facade as people
from cove.engine.timeline.contracts import SINK
from cove.engine.timeline.permissions import SEE_TIMELINE
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.ids import person_id
from cove.kernel.log.fact import Envelope
from cove.kernel.log.read import read_tail


@dataclass(frozen=True, slots=True)
class Whole:
    """A contact with all that he was before: numbers of contacts, and of visitors."""

    contacts: Sequence[int]
    visitors: Sequence[int]

    def people(self) -> list[int]:
        """Return the numbers under which ClickHouse has his facts."""
        return [
            *(person_id(contact_id=contact) for contact in self.contacts),
            *(person_id(visitor=visitor) for visitor in self.visitors),
        ]

    def fresh(self) -> list[Envelope]:
        """Return his facts that the shipping has not passed yet, from the log itself."""
        return read_tail(SINK, contact_ids=list(self.contacts), visitor_ids=list(self.visitors))


def whole(actor: Actor, contact_id: int) -> Whole:
    """Return who a contact is. Raises Forbidden, and NotFound for one whose timeline the actor may not see."""
    actor.require(SEE_TIMELINE)
    contacts, visitors = people.numbers_of(actor, contact_id, SEE_TIMELINE)
    if not contacts:
        raise NotFound
    return Whole(contacts, visitors)

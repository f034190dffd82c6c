"""What modules above may ask of the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from cove.engine.timeline.captions.render import tell
from cove.engine.timeline.commands.verdicts import keep_verdicts
from cove.engine.timeline.contracts import ToldFact, Wanted
from cove.engine.timeline.queries.fields import FACTS, PERSON, clean_facts, field_condition
from cove.engine.timeline.queries.last_click import last_click
from cove.engine.timeline.queries.page import timeline
from cove.engine.timeline.queries.visits import among, visits, visits_by
from cove.kernel.actor import Actor

__all__ = [
    "FACTS",
    "PERSON",
    "among",
    "clean_facts",
    "field_condition",
    "keep_verdicts",
    "last_click",
    "last_facts",
    "visits",
    "visits_by",
]


def last_facts(actor: Actor, contact_id: int, *, kinds: Sequence[str] = (), limit: int) -> list[ToldFact]:
    """Return the last facts of a contact in the reader's words, newest first. Raises Forbidden, NotFound, ClickHouseAway."""
    found = timeline(actor, contact_id, Wanted(kinds=kinds), limit=limit).items
    return [
        ToldFact(one.happening.at, one.happening.kind, one.label, one.caption) for one in tell(actor, contact_id, found)
    ]

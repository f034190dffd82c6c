"""What modules above may ask of the timeline."""

from __future__ import annotations

from collections.abc import Sequence

from cove.engine.timeline.captions.render import tell
from cove.engine.timeline.commands.verdicts import clean_facts, keep_verdicts
from cove.engine.timeline.contracts import ToldFact, Wanted
from cove.engine.timeline.queries.page import timeline
from cove.kernel.actor import Actor

__all__ = ["clean_facts", "keep_verdicts", "last_facts"]


def last_facts(actor: Actor, contact_id: int, *, kinds: Sequence[str] = (), limit: int) -> list[ToldFact]:
    """Return the last facts of a contact in the reader's words, newest first. Raises Forbidden, NotFound, ClickHouseAway."""
    found = timeline(actor, contact_id, Wanted(kinds=kinds), limit=limit).items
    return [
        ToldFact(one.happening.at, one.happening.kind, one.label, one.caption) for one in tell(actor, contact_id, found)
    ]

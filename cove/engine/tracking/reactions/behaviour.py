"""One consumer for what becomes of behaviour: that it is looked at for suspicion, and who uses products.

One and not two, as each consumer reads the whole log and holds a connection.
"""

from __future__ import annotations

from collections.abc import Sequence

from cove.engine.tracking.queries.findings import traffic_kinds
from cove.engine.tracking.reactions.traffic import note_traffic
from cove.engine.tracking.reactions.usage import NAME, note_usage
from cove.facts.people import VisitorJoined
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, sinks
from cove.kernel.log.wanted import Wanted


def note_behaviour(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Take a batch in."""
    note_traffic(envelopes)
    note_usage(envelopes)


def wanted() -> Wanted:
    """Return what the two look at."""
    fields = ["source_id", "account", "traits", "event", "suspicion", "proof"]
    return Wanted(kinds={*traffic_kinds(), VisitorJoined.kind}, fields=fields)


sinks.add(NAME, Sink(NAME, note_behaviour, wants=wanted))

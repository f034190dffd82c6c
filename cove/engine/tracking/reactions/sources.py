"""What tracking does because of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from cove.engine.tracking.commands.sources import note_seen
from cove.engine.tracking.queries.findings import traffic_kinds
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, sinks
from cove.kernel.log.wanted import Wanted


def note_sources(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Remember when each source last sent something, once a batch."""
    kinds, seen = set(traffic_kinds()), defaultdict[int, dict[int, datetime]](dict)
    for envelope in envelopes:
        source_id = envelope.payload.get("source_id")
        if envelope.kind in kinds and source_id:
            known = seen[envelope.tenant_id]
            known[source_id] = max(envelope.recorded_at, known.get(source_id, envelope.recorded_at))
    for tenant_id, times in seen.items():
        note_seen(Actor.system(tenant_id), seen=times)


sinks.add(
    "engine.tracking.seen",
    Sink("engine.tracking.seen", note_sources, wants=lambda: Wanted(kinds=traffic_kinds(), fields=["source_id"])),
)

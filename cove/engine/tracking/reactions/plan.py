"""Holding the log against the tracking plan, a batch at a time. What came stays as it came; here it is only counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.directory.privacy import facade as privacy
from cove.engine.tracking.commands.plan_counts import Arrival, count_arrivals
from cove.facts.tracking import EventTracked
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, sinks
from cove.kernel.log.wanted import Wanted

WANTED = Wanted(kinds=[EventTracked.kind], fields=["event", "properties", "message_id", "source_id", "visitor_id"])


def check_events(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Count the custom events of a batch, and how they differ from the plan."""
    events: dict[int, list[Envelope]] = defaultdict(list)
    for envelope in envelopes:
        if envelope.kind == EventTracked.kind:
            events[envelope.tenant_id].append(envelope)
    for tenant_id, mine in events.items():
        late = privacy.late_facts(tenant_id, mine)
        arrivals = [_arrival(one)._replace(nameless=one.position in late) for one in mine]
        count_arrivals(Actor.system(tenant_id), arrivals=arrivals)


def _arrival(envelope: Envelope) -> Arrival:
    said = envelope.payload
    return Arrival(
        said["event"],
        said.get("properties") or {},
        envelope.recorded_at,
        said.get("message_id", ""),
        said.get("source_id"),
        said.get("visitor_id"),
    )


sinks.add("engine.tracking.plan", Sink("engine.tracking.plan", check_events, wants=lambda: WANTED))

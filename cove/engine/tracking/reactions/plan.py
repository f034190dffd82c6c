"""Holding the log against the tracking plan, a batch at a time. What came stays as it came; here it is only counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.engine.tracking.commands.plan_counts import Arrival, count_arrivals
from cove.facts.tracking import EventTracked
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, sinks


def check_events(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Count the custom events of a batch, and how they differ from the plan."""
    arrivals: dict[int, list[Arrival]] = defaultdict(list)
    for envelope in envelopes:
        if envelope.kind == EventTracked.kind:
            arrivals[envelope.tenant_id].append(_arrival(envelope))
    for tenant_id, mine in arrivals.items():
        count_arrivals(Actor.system(tenant_id), arrivals=mine)


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


sinks.add("engine.tracking.plan", Sink("engine.tracking.plan", check_events))

"""A company that keeps its data for another time tells ClickHouse so."""

from __future__ import annotations

from cove.engine.timeline.commands.limits import plan_limits
from cove.engine.timeline.queries.ageing import GROUPS
from cove.facts.privacy import RetentionChanged
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(RetentionChanged, zh="更新时间线的保留期限", en="laying the limits of timelines")
def follow_retention(actor: Actor, fact: RetentionChanged, _envelope: Envelope) -> None:
    """Lay the limits anew when one of the timeline's classes is kept for another time."""
    if {key for group in GROUPS for key in group.keys}.intersection(fact.classes):
        plan_limits(actor)

"""Tables of tracking."""

from cove.engine.tracking.models.accounts import Account, PqlTouch
from cove.engine.tracking.models.plan import PlanCount, PlannedEvent, PlanVersion
from cove.engine.tracking.models.sources import Source
from cove.engine.tracking.models.traffic import TrafficMark, TrafficSlice
from cove.engine.tracking.models.watching import Sighting

__all__ = [
    "Account",
    "PlanCount",
    "PlanVersion",
    "PlannedEvent",
    "PqlTouch",
    "Sighting",
    "Source",
    "TrafficMark",
    "TrafficSlice",
]

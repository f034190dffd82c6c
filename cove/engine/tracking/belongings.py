"""What members own of tracking: the planned events they answer for."""

from __future__ import annotations

from cove.engine.tracking.commands.plan import hand_over_events, take_back_events
from cove.engine.tracking.queries import plan
from cove.kernel.belongings import owned_things
from cove.kernel.words import Words

EVENTS = "tracking.planned_events"

owned_things(
    key=EVENTS,
    label=Words("埋点事件", "Planned events"),
    columns=("tracking.PlannedEvent.owner",),
    counts=plan.owned_counts,
    ids=plan.owned_ids,
    names=plan.names_of,
    page="/settings/tracking-plan/events",
    hand_over=lambda actor, whom, ids: hand_over_events(actor, whom=whom, event_ids=ids),
    take_back=take_back_events,
)

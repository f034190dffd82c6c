"""What members own of tracking: the planned events they answer for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cove.engine.tracking.commands.plan import hand_over_events, take_back_events
from cove.engine.tracking.queries import plan
from cove.kernel.actor import Actor
from cove.kernel.belongings import Belonging, HandOver, Piece, belongings
from cove.kernel.words import Words

EVENTS = "tracking.planned_events"


def _counts(actor: Actor, member_ids: Iterable[int]) -> Mapping[int, int]:
    return plan.owned_counts(actor, member_ids)


def _ids(actor: Actor, member_id: int, after: int, limit: int) -> Sequence[int]:
    return plan.owned_ids(actor, member_id, after=after, limit=limit)


def _pieces(actor: Actor, ids: Sequence[int]) -> Sequence[Piece]:
    names = plan.names_of(actor, ids)
    return [Piece(key, names[key], f"/settings/tracking-plan/events/{key}") for key in ids if key in names]


def _hand_over(actor: Actor, whom: HandOver, ids: Sequence[int]) -> Mapping[int, dict[str, Any] | Words]:
    return hand_over_events(actor, whom=whom, event_ids=ids)


def _take_back(actor: Actor, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> Mapping[int, Words]:
    return take_back_events(actor, whom=whom, event_ids=list(changes))


belongings.add(
    EVENTS,
    Belonging(
        key=EVENTS,
        label=Words("埋点事件", "Planned events"),
        columns=("tracking.PlannedEvent.owner",),
        counts=_counts,
        ids=_ids,
        pieces=_pieces,
        hand_over=_hand_over,
        take_back=_take_back,
    ),
)

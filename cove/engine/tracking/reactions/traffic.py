"""Noting what behaviour is to be looked at for how suspicious it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cove.engine.timeline.contracts import SLICE_SECONDS
from cove.engine.tracking.commands.traffic import note_slices
from cove.engine.tracking.queries.findings import traffic_kinds
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope

OLDEST = timedelta(days=2)
"""What is told later than this is somebody's history and not looked at any more."""


def note_traffic(envelopes: Sequence[Envelope]) -> None:
    """Remember in which ten minutes a batch's behaviour was, once for each."""
    oldest, kinds = clock.now() - OLDEST, set(traffic_kinds())
    found: dict[int, dict[datetime, int]] = defaultdict(dict)
    for one in envelopes:
        if one.kind in kinds and one.payload.get("source_id") and one.at >= oldest:
            start = _slice_of(one.at)
            found[one.tenant_id][start] = max(one.position, found[one.tenant_id].get(start, 0))
    for tenant_id, slices in sorted(found.items()):
        note_slices(Actor.system(tenant_id), slices=slices)


def _slice_of(at: datetime) -> datetime:
    return datetime.fromtimestamp(int(at.timestamp()) // SLICE_SECONDS * SLICE_SECONDS, UTC)

"""What other modules and the edge may ask of tracking."""

from __future__ import annotations

from cove.engine.tracking.channel_groups import CHANNELS, CLICK_IDS, channel_group
from cove.engine.tracking.commands.watching import note_sightings
from cove.engine.tracking.suspicion.judging import Judge
from cove.engine.tracking.suspicion.reasons import SUSPICIOUS

__all__ = ["CHANNELS", "CLICK_IDS", "SUSPICIOUS", "channel_group", "judge", "note_sightings"]

judge = Judge().judge
"""Say how suspicious an event is; for the edge, which calls it from one thread. See `Judge.judge`."""

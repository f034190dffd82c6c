"""What other modules and the edge may ask of tracking."""

from __future__ import annotations

from cove.engine.tracking.channel_groups import CHANNELS, CLICK_IDS, channel_group
from cove.engine.tracking.commands.watching import note_sightings

__all__ = ["CHANNELS", "CLICK_IDS", "channel_group", "note_sightings"]

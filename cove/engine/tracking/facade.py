"""What other modules and the edge may ask of tracking."""

from __future__ import annotations

from cove.engine.tracking.channel_groups import CHANNELS, channel_group

__all__ = ["CHANNELS", "channel_group"]

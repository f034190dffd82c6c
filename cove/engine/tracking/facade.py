"""What other modules may ask of tracking."""

from __future__ import annotations

from cove.engine.tracking.commands.watching import note_sightings

__all__ = ["note_sightings"]

"""Tables of tracking."""

from cove.engine.tracking.models.sources import Source
from cove.engine.tracking.models.watching import Sighting

__all__ = ["Sighting", "Source"]

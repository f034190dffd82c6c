"""Tables of tracking."""

from cove.engine.tracking.models.sources import Source

__all__ = ["Source"]

"""Reads of tracking."""

from cove.engine.tracking.queries import sources, traffic

__all__ = ["sources", "traffic"]

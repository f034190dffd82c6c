"""Reads of tracking."""

from cove.engine.tracking.queries import sources

__all__ = ["sources"]

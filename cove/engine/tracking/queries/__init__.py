"""Reads of tracking."""

from cove.engine.tracking.queries import sources, traffic, usage

__all__ = ["sources", "traffic", "usage"]

"""What others may ask of tracking."""

from __future__ import annotations

from cove.engine.tracking.suspicion.judging import Judge

judge = Judge().judge
"""Say how suspicious an event is; for the edge, which calls it from one thread. See `Judge.judge`."""

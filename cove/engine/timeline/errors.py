from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class TimelineBehind(CoveError):
    """Not everything that happened has reached the timeline yet."""

    code = "timeline.timeline_behind"
    status = 503
    words = Words(
        "动态仍在写入，任务会自动重试",
        "What happened is still on its way to the timeline; this is tried again by itself",
    )

"""When an account may write to somebody by customer-service messages: the platform's windows and counts (fact sheet C4).

The document of today says 5 messages in 48 hours, an older one said 20: whichever is true stands here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """For how long and how often an account may write after something the person did."""

    lasts: timedelta
    messages: int


TALK = Window(timedelta(hours=48), 5)
"""After he wrote."""

TOUCH = Window(timedelta(minutes=1), 3)
"""After he followed, scanned one of our codes, or used the menu."""

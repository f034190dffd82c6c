"""What the log looks after by itself."""

from __future__ import annotations

from cove.kernel.jobs.rounds import each
from cove.kernel.log.seen import forget_old


@each("night", "log.forget_keys")
def forget_keys() -> None:
    """Forget the keys of messages that can come again no more."""
    forget_old()

"""Between the outbox and a line: what a platform's word means for the act."""

from __future__ import annotations

from cove.engine.channels.ads.errors import NoAnswer, NotConfigured, PlatformError, Unreachable
from cove.engine.channels.delivery.contracts import Doubtful, Later, Outcome, Refused

RATE_PAUSE = 60.0
UNREACHABLE_RETRIES = 10


def outcome_of(error: PlatformError | Unreachable | NoAnswer | NotConfigured) -> Outcome:
    """Return what an error means for an act."""
    if isinstance(error, NotConfigured):
        return Refused("not_configured")
    if isinstance(error, Unreachable):
        return Later("unreachable", retries=UNREACHABLE_RETRIES)
    if isinstance(error, NoAnswer):
        return Doubtful()
    if error.reason == "rate_limited":
        return Later(error.reason, seconds=RATE_PAUSE, retries=10)
    return Refused(error.reason, int(error.errcode) if error.errcode.lstrip("-").isdecimal() else None)

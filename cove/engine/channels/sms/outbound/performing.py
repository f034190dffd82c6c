"""Between the outbox and a line: what a provider's word means for the act."""

from __future__ import annotations

from cove.engine.channels.delivery.contracts import Doubtful, Later, Outcome, Refused
from cove.engine.channels.sms.errors import NoAnswer, NotConfigured, ProviderError, Unreachable

RATE_PAUSE = 2.0
BALANCE_PAUSE = 300.0
BALANCE_RETRIES = 12
BUSY_RETRIES = 5
UNREACHABLE_RETRIES = 10

# What is wrong with the account as a whole, and stays so until somebody sets it right.
FAILURES = frozenset({"wrong_secret", "right_missing", "address_not_allowed", "balance_empty", "clock_off"})

_PATIENCE = {
    "rate_limited": Later("rate_limited", seconds=RATE_PAUSE, retries=None, pause=True),
    "balance_empty": Later("balance_empty", seconds=BALANCE_PAUSE, retries=BALANCE_RETRIES, pause=True),
    "busy": Later("busy", retries=BUSY_RETRIES),
}


def outcome_of(error: ProviderError | Unreachable | NoAnswer | NotConfigured) -> Outcome:
    """Return what an error means for an act. An empty balance waits an hour for whoever tops it up, holding back what follows."""
    if isinstance(error, NotConfigured):
        return Refused("not_configured")
    if isinstance(error, Unreachable):
        return Later("unreachable", retries=UNREACHABLE_RETRIES)
    if isinstance(error, NoAnswer):
        return Doubtful()
    reason = error.trouble.reason
    return _PATIENCE.get(reason) or Refused(reason)

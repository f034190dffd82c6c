"""Declaring a limit, and counting a try against it."""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from limits import RateLimitItemPerSecond
from limits.strategies import MovingWindowRateLimiter

from cove.kernel import clock
from cove.kernel.throttle.errors import TooManyTries
from cove.kernel.throttle.storage import PostgresStorage


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` within any `seconds`, for each whom it is counted for; `name` keeps counts of limits apart."""

    name: str
    tries: int
    seconds: int


def count_try(limit: Limit, whom: str) -> None:
    """Count a try for `whom` (an account, an address); raises TooManyTries when there is no room, and then counts nothing.

    Call it before the work that a try costs. The count stays when the caller's transaction is rolled back.
    """
    item = RateLimitItemPerSecond(limit.tries, limit.seconds)
    if not _limiter().hit(item, limit.name, _hidden(whom)):
        start, _ = _limiter().storage.get_moving_window(  # type: ignore[attr-defined]  # ours has moving windows
            item.key_for(limit.name, _hidden(whom)), limit.tries, limit.seconds
        )
        seconds = max(1, math.ceil(start + limit.seconds - clock.now().timestamp()))
        raise TooManyTries(minutes=math.ceil(seconds / 60), seconds=seconds)


def forget_tries(limit: Limit, whom: str) -> None:
    """Forget the tries of `whom`: he has shown that they were his own."""
    item = RateLimitItemPerSecond(limit.tries, limit.seconds)
    _limiter().clear(item, limit.name, _hidden(whom))


@lru_cache(maxsize=1)
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(PostgresStorage())


def _hidden(whom: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), whom.encode(), hashlib.sha256).hexdigest()

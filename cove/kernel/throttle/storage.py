"""A storage of the library `limits` in PostgreSQL: one row a key, changed in one statement, so that processes cannot race."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connections
from limits.storage import MovingWindowSupport, Storage

from cove.kernel import clock
from cove.kernel.throttle.models import Throttled

# The row's lock makes look and note one step. Moments before the window are dropped on the way.
_ACQUIRE = """
INSERT INTO throttled AS t (key, moments, expires_at) VALUES (%(key)s, array_fill(%(now)s::float8, ARRAY[%(amount)s]), %(expires)s)
ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at,
    moments = (SELECT coalesce(array_agg(m ORDER BY m), '{}') FROM unnest(t.moments) m WHERE m > %(since)s) || excluded.moments
WHERE (SELECT count(*) FROM unnest(t.moments) m WHERE m > %(since)s) + %(amount)s <= %(limit)s
RETURNING 1
"""
ALIAS = "throttle"
_SWEEP_ONE_IN = 100


class PostgresStorage(Storage, MovingWindowSupport):
    """Moving windows only; nothing of ours counts in fixed ones."""

    STORAGE_SCHEME = ["cove-postgresql"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database may raise."""
        return DatabaseError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Note a use if there is room for it in the window of `expiry` seconds; say whether there was."""
        now = clock.now()
        if amount > limit:
            return False
        if random.randrange(_SWEEP_ONE_IN) == 0:  # noqa: S311 -- when to sweep is no secret
            Throttled.objects.using(ALIAS).filter(expires_at__lt=now).delete()
        values: dict[str, Any] = {
            "key": key,
            "now": now.timestamp(),
            "since": now.timestamp() - expiry,
            "expires": now + timedelta(seconds=expiry),
            "amount": amount,
            "limit": limit,
        }
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(_ACQUIRE, values)
            return cursor.fetchone() is not None

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 -- the library's signature
        """Return the oldest use within the window, and how many there are."""
        since = clock.now().timestamp() - expiry
        row = Throttled.objects.using(ALIAS).filter(key=key).first()
        moments = [moment for moment in row.moments if moment > since] if row else []
        return (moments[0] if moments else clock.now().timestamp(), len(moments))

    def clear(self, key: str) -> None:
        """Forget the uses of a key."""
        Throttled.objects.using(ALIAS).filter(key=key).delete()

    def get(self, key: str) -> int:
        """Return how many uses are noted."""
        row = Throttled.objects.using(ALIAS).filter(key=key).first()
        return len(row.moments) if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when the key's uses are all forgotten."""
        row = Throttled.objects.using(ALIAS).filter(key=key).first()
        return row.expires_at.timestamp() if row else clock.now().timestamp()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Refuse: a fixed window is not kept."""
        raise NotImplementedError

    def check(self) -> bool:
        """Tell whether the storage can be used."""
        return connections[ALIAS].is_usable()

    def reset(self) -> int | None:
        """Forget everything."""
        return Throttled.objects.using(ALIAS).all().delete()[0]

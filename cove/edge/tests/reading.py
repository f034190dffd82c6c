"""Reading the log in async tests, where Django's connection may not be used."""

from __future__ import annotations

import asyncio

import psycopg
from django.conf import settings


def logged(tenant_id: int) -> list[tuple[str, dict]]:
    """Return the tenant's facts as (kind, payload), in order."""
    with psycopg.connect(settings.DATABASE_DSN) as looking:
        looking.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(tenant_id)])
        return list(looking.execute("SELECT kind, payload FROM log_fact ORDER BY xid, position"))


async def logged_within(tenant_id: int, count: int, seconds: float = 60.0) -> list[tuple[str, dict]]:
    """Wait until the log holds `count` facts of the tenant, and return them."""
    for _ in range(int(seconds / 0.05)):
        found = logged(tenant_id)
        if len(found) >= count:
            break
        await asyncio.sleep(0.05)
    assert len(found) == count, found
    return found

from __future__ import annotations

from datetime import timedelta

import httpx

from cove.kernel import clock

PATIENCE = 3.0


async def clock_skew(base_url: str) -> timedelta | None:
    """Return by how much our clock is ahead of a platform's, None if it cannot be told: other checks say that it cannot be reached."""
    try:
        async with httpx.AsyncClient() as http:
            response = await http.get(base_url, timeout=PATIENCE)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    return clock.skew(response.headers.get("date", ""))

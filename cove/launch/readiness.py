"""When a part may be used."""

from __future__ import annotations

from pathlib import Path

import httpx
import psycopg

from cove.launch.processes import is_marked

PATIENCE = 5.0
"""Seconds for one question."""
LATER = {"work", "launch"}
"""Entries of /readyz that become true after the web part: work is started behind it, launch ends with the supervisor's start."""


async def at_once() -> bool:
    """Say that a part without a door is ready as soon as it runs."""
    return True


async def postgres(url: str, ready_mark: Path) -> bool:
    """Tell whether the embedded PostgreSQL is prepared and lets the application in."""
    if not is_marked(ready_mark):
        return False
    try:
        connection = await psycopg.AsyncConnection.connect(url, connect_timeout=int(PATIENCE))
    except psycopg.OperationalError:
        return False
    await connection.close()
    return True


async def answers(url: str) -> bool:
    """Tell whether a GET is answered without an error."""
    response = await _get(url)
    return response is not None and response.status_code < httpx.codes.BAD_REQUEST


async def web(url: str) -> bool:
    """Tell whether the web part finds all that it needs, by its /readyz."""
    response = await _get(url)
    if response is None:
        return False
    if response.status_code == httpx.codes.OK:
        return True
    try:
        parts: dict[str, bool] = response.json()["parts"]
    except (ValueError, KeyError, TypeError):
        return False
    return all(ready for name, ready in parts.items() if name not in LATER)


async def _get(url: str) -> httpx.Response | None:
    try:
        # A proxy of the environment must not come between parts of one machine.
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            return await client.get(url)
    except httpx.HTTPError:
        return None

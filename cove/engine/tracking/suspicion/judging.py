"""Judging each event as it comes, by what this process has seen.

Several web processes judge by what each of them saw; what only shows over all of them, or only afterwards, is found by `queries.findings`.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from cove.engine.tracking.contracts import FineTraffic
from cove.engine.tracking.suspicion.agents import told_by
from cove.engine.tracking.suspicion.reasons import (
    ADDRESS_BURST,
    ADDRESS_SWARM,
    AUTOMATION,
    DEVICE_BURST,
    HEADERS,
    IMPOSSIBLE_SPEED,
    score_of,
)
from cove.engine.tracking.suspicion.windows import Window

EVENTS_A_MINUTE = 240
"""Of one device: four each second, a whole minute long."""
PAGES_IN_TEN_SECONDS = 15
ADDRESS_EVENTS_A_MINUTE = 3000
NEW_DEVICES_IN_TEN_MINUTES = 120
MOST_KEYS = 50_000
"""That one window holds."""


@lru_cache(maxsize=8192)
def network_of(address: str) -> str:
    """Return the /64 of an address of IPv6, which one household or machine has whole (RFC 6177); another text is returned as it is."""
    try:
        network = ipaddress.ip_network((address, 64), strict=False)
    except ValueError:
        return address
    return str(network)


class Judge:
    """What one process has seen lately, and what it makes of it. Called from one thread."""

    __slots__ = ("_addresses", "_devices", "_newcomers", "_pages", "_seen")

    def __init__(self, most: int = MOST_KEYS) -> None:
        self._devices = Window(60, most)
        self._pages = Window(10, most)
        self._addresses = Window(60, most)
        self._newcomers = Window(600, most)
        self._seen = Window(1800, most)

    def judge(  # noqa: PLR0913 -- all that is known of an event
        self,
        *,
        tenant_id: int,
        visitor: int,
        address: str,
        user_agent: str,
        automation: bool,
        now: float,
        page: bool,
        headers: frozenset[str] | None = None,
        fine: FineTraffic | None = None,
        times: int = 1,
    ) -> tuple[int, list[str]]:
        """Return how suspicious an event is, from 0 to 100, and the keys of the reasons, as they are kept beside the event.

        What one request brings of one device is judged at once: `times` is how many such events there are.
        For what comes by a public key; what the company's own server says is not judged. `automation` is what the page told of
        ``navigator.webdriver``, `now` the time of receipt in seconds since 1970, `page` whether a page was opened, `headers` the names of
        the request's headers in lower case (None if unknown), `fine` what members marked as normal.
        """
        if fine is not None and (visitor in fine.visitors or address in fine.addresses):
            return 0, []
        found: list[str] = []
        said = told_by(user_agent)
        if said:
            found.append(said)
        elif headers is not None and "accept-language" not in headers and user_agent.startswith("Mozilla/"):
            found.append(HEADERS.key)
        if automation:
            found.append(AUTOMATION.key)
        if self._devices.add(visitor, now, times) > EVENTS_A_MINUTE:
            found.append(DEVICE_BURST.key)
        if page and self._pages.add(visitor, now, times) > PAGES_IN_TEN_SECONDS:
            found.append(IMPOSSIBLE_SPEED.key)
        if address:
            self._ask_address(
                (tenant_id, network_of(address) if ":" in address else address), visitor, now, found, times
            )
        return score_of(frozenset(found)) if found else 0, found

    def _ask_address(self, key: tuple[int, str], visitor: int, now: float, found: list[str], times: int) -> None:
        if self._addresses.add(key, now, times) > ADDRESS_EVENTS_A_MINUTE:
            found.append(ADDRESS_BURST.key)
        # Said of the device that arrives in a swarm, not of those that were there before.
        newcomer = self._seen.add(visitor, now, times) == times
        if newcomer and self._newcomers.add(key, now) > NEW_DEVICES_IN_TEN_MINUTES:
            found.append(ADDRESS_SWARM.key)

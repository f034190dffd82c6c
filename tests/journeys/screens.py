"""Looking at a page of the console: it opens without an error, without spilling sideways, in its language, and for everybody.

What keeps somebody out is found by axe (https://github.com/dequelabs/axe-core): nothing serious may be left.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, expect

from tests.journeys.house import House

DESKTOP = (1440, 900)
PHONE = (375, 812)

AXE = (Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js").read_text()
BARRIERS = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) => violations
  .filter(({impact}) => impact === "serious" || impact === "critical")
  .flatMap(({id, nodes}) => nodes.map(({html}) => `${location.pathname} ${id} ${html}`)))"""
# Twice: what was asked for has arrived, is worked in at the first chance, and drawn by the second.
IDLE = """() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done, {timeout: 5000}), {timeout: 5000}))"""
QUIET_SECONDS = 0.2
PATIENCE_SECONDS = 60


class Screen:
    """A signed-in page in one language at one width, and what goes wrong on it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.troubles: list[str] = []
        self._asking: set[Request] = set()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)
        page.on("request", self._asked)
        page.on("requestfinished", self._asking.discard)
        page.on("requestfailed", self._asking.discard)

    def look_at(self, path: str) -> None:
        """Open a page from its address, and see that it is in order."""
        self.troubles.clear()
        self._asking.clear()
        self.page.goto(path)
        expect(self.page.locator("main")).to_be_visible()
        self._wait_until_at_rest()
        expect(self.page.locator(".ant-skeleton")).to_have_count(0)
        spill = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert spill <= 0, f"{spill} pixels too wide"
        assert self.page.evaluate("document.documentElement.lang") == self.language
        self.page.evaluate(AXE)
        assert self.page.evaluate(BARRIERS) == []
        assert self.troubles == []

    def _wait_until_at_rest(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < QUIET_SECONDS:
            self.page.wait_for_timeout(20)
            if self._asking:
                quiet_since = time.monotonic()
            assert time.monotonic() < end, [one.url for one in self._asking]
        self.page.evaluate(IDLE)

    def _asked(self, request: Request) -> None:
        # The live stream stays open for as long as the page does.
        if request.resource_type != "eventsource":
            self._asking.add(request)

    def _heard(self, said: Any) -> None:
        if said.type == "error":
            self.troubles.append(f"{said.text} {said.location['url']}")


@contextmanager
def opened_screen(chrome: Any, house: House, language: str, size: tuple[int, int]) -> Iterator[Screen]:
    """Sign in and give the screen."""
    width, height = size
    context = chrome.new_context(base_url=house.url, locale=language, viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    try:
        answer = context.request.post("/api/session", data={"email": house.email, "password": house.password})
        assert answer.ok
        yield Screen(context.new_page(), language)
    finally:
        context.close()

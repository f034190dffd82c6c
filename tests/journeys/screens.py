"""Looking at a page of the console: it opens without an error, without spilling sideways, in its language, and for everybody.

What keeps somebody out is found by axe (https://github.com/dequelabs/axe-core): nothing serious may be left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.house import House

DESKTOP = (1440, 900)
PHONE = (375, 812)

AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
BARRIERS = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) => violations
  .filter(({impact}) => impact === "serious" || impact === "critical")
  .flatMap(({id, nodes}) => nodes.map(({html}) => `${location.pathname} ${id} ${html}`)))"""
PATIENCE = 60_000
"""Milliseconds."""


class Screen:
    """A signed-in page in one language at one width, and what goes wrong on it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)

    def look_at(self, path: str) -> None:
        """Open a page from its address, and see that it is in order."""
        self.troubles.clear()
        self.page.goto(path)
        expect(self.page.locator("main")).to_be_visible(timeout=PATIENCE)
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(".ant-skeleton")).to_have_count(0, timeout=PATIENCE)
        spill = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert spill <= 0, f"{spill} pixels too wide"
        assert self.page.evaluate("document.documentElement.lang") == self.language
        self.page.evaluate(AXE.read_text())
        barriers = self.page.evaluate(BARRIERS)
        assert barriers == [], barriers
        assert self.troubles == []

    def _heard(self, said: Any) -> None:
        if said.type == "error":
            self.troubles.append(f"{said.text} {said.location['url']}")


@contextmanager
def opened_screen(chrome: Any, house: House, language: str, size: tuple[int, int]) -> Iterator[Screen]:
    """Sign in and give the screen."""
    width, height = size
    context = chrome.new_context(base_url=house.url, locale=language, viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    try:
        answer = context.request.post("/api/session", data={"email": house.email, "password": house.password})
        assert answer.ok
        yield Screen(context.new_page(), language)
    finally:
        context.close()

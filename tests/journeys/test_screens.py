"""Every page of the console opens at both widths and in both languages, without an error, without spilling sideways, and for everybody.

What keeps somebody out is found by axe (https://github.com/dequelabs/axe-core): nothing serious may be left.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


AXE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
BARRIERS = """() => axe.run({resultTypes: ["violations"]}).then(({violations}) => violations
  .filter(({impact}) => impact === "serious" || impact === "critical")
  .flatMap(({id, nodes}) => nodes.map(({html}) => `${location.pathname} ${id} ${html}`)))"""


@pytest.fixture(params=["zh-CN", "en"])
def language(request):
    return request.param


@pytest.fixture(params=[(1440, 900), (375, 812)], ids=["desktop", "phone"])
def screen(request, chrome, house, language):
    """A signed-in page in one language at one width, and the list of what went wrong on it."""
    width, height = request.param
    context = chrome.new_context(base_url=house.url, locale=language, viewport={"width": width, "height": height})
    context.set_default_timeout(20_000)
    answer = context.request.post("/api/session", data={"email": house.email, "password": house.password})
    assert answer.ok
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console", lambda said: troubles.append(f"{said.text} {said.location['url']}") if said.type == "error" else None
    )
    yield page, troubles
    context.close()


def test_every_page_opens(screen, language):
    page, troubles = screen
    barriers: list[str] = []
    for path in PAGES:
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".ant-skeleton")).to_have_count(0)
        spill = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert spill <= 0, f"{path} is {spill} pixels too wide"
        assert page.evaluate("document.documentElement.lang") == language
        page.evaluate(AXE.read_text())
        barriers += page.evaluate(BARRIERS)
    assert barriers == []
    assert troubles == []

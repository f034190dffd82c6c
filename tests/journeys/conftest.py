from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.house import chromium, running_house

# Patience costs nothing where all is well; a machine may be slow.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    """The demo, its data in a folder whose name has a space."""
    with running_house(tmp_path_factory.mktemp("house") / "da ta") as running:
        yield running


# Of this folder alone: Playwright keeps an event loop running, and Django refuses to ask the database beneath one.
@pytest.fixture(scope="package")
def chrome():
    """A headless Chromium."""
    arguments = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def console(chrome, house):
    """A page of the console, not signed in, in Chinese."""
    context = chrome.new_context(base_url=house.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    yield page
    context.close()

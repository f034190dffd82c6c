"""Every page of the console in English on a desktop (see screens.py). A file for each language and size, so that they run side by side."""

from __future__ import annotations

import pytest

from tests.journeys.pages import PAGES
from tests.journeys.screens import DESKTOP, opened_screen

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def screen(chrome, house):
    with opened_screen(chrome, house, "en", DESKTOP) as made:
        yield made


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_in_order(screen, path):
    screen.look_at(path)

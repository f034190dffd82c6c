"""What people type is shown as text: every text field of the API is filled with harm, then every page is opened."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import PAGES
from tests.security.hostile import ATTRIBUTE, SCRIPT
from tests.security.routes import body, routes
from tests.security.test_injection import with_text

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What would end the test's own session, lock it out, or leave the house.
LEFT_OUT = (
    "/api/session",
    "/api/account",
    "/api/password",
    "/api/channels/wecom",
    "/api/invitations/",
    "/api/installation",
)


@pytest.fixture
def screen(chrome, house):
    """A signed-in page, and what was heard on it that should not be."""
    context = chrome.new_context(base_url=house.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    answer = context.request.post("/api/session", data={"email": house.email, "password": house.password})
    assert answer.ok
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    yield page, answer.json()["csrf_token"], dialogs
    context.close()


def fill(page, token: str) -> int:
    """Send harm through every text of every route that makes or changes something; return how many were kept."""
    ids = first_ids(page)
    kept = 0
    for route in routes():
        if route.method in {"GET", "DELETE"} or route.path.startswith(LEFT_OUT):
            continue
        sent = body(route, ids.get)
        if sent is None or sent[0] != "application/json" or any(name not in ids for name in route.ids):
            continue
        path = route.path
        for name in route.ids:
            path = path.replace(f"{{{name}}}", str(ids[name]))
        for text in (SCRIPT, SCRIPT[:28], ATTRIBUTE[:60]):
            answer = page.request.fetch(
                path, method=route.method, data=with_text(sent[1], text), headers={"X-CSRFToken": token}
            )
            assert answer.status < 500, (route.name, answer.text()[:300])
            kept += answer.ok
    return kept


def first_ids(page) -> dict[str, Any]:
    """Return one record of each kind that lists of the demo give."""
    lists = {
        "contact_id": "/api/contacts?sort=created_at",
        "code_id": "/api/live-codes",
        "member_id": "/api/members",
        "role_id": "/api/roles",
        "source_id": "/api/tracking/sources",
    }
    found: dict[str, Any] = {}
    for name, path in lists.items():
        answer = page.request.get(path)
        items = answer.json().get("items", []) if answer.ok else []
        if items:
            found[name] = items[-1]["id"]
    groups = page.request.get("/api/tags").json()["groups"]
    tags = [tag["id"] for group in groups for tag in group["tags"]]
    return found | {"group_id": groups[0]["id"], "tag_ids": tags[0], "add": tags[0], "owner_id": found["member_id"]}


def test_harm_is_shown_as_text(screen):
    page, token, dialogs = screen
    assert fill(page, token) > 10
    contact = first_ids(page)["contact_id"]
    seen = ""
    for path in (*PAGES, f"/people/contacts/{contact}"):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.harmed") is None, path
        seen += page.locator("body").inner_text()
    assert dialogs == []
    assert "<img src=x onerror=" in seen

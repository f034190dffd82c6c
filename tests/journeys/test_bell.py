"""The bell rises without a reload: what happens on WeCom is seen at once in an open console."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_badge_rises_while_the_page_is_open(house, console):
    answer = console.request.post("/api/session", data={"email": house.email, "password": house.password})
    token = answer.json()["csrf_token"]
    with console.expect_response(re.compile("/api/notices/stream")):
        console.goto("/settings/wecom")
    bell = console.get_by_role("button", name=re.compile("通知，"))
    before = int(re.search(r"\d+", bell.get_attribute("aria-label")).group())
    headers = {"X-CSRFToken": token, "Referer": house.url}
    roles = console.request.get("/api/channels/wecom").json()
    change = {"corp_id": roles["corp_id"], "agent_id": roles["agent_id"], "base_url": roles["base_url"]}
    # A secret that the platform refuses is noticed with the next call, and told to the administrator.
    wrong = console.request.put("/api/channels/wecom", data=change | {"secret": "wrong"}, headers=headers)
    assert wrong.ok, wrong.text()
    made = console.request.get("/api/contacts?limit=1").json()["items"][0]["id"]
    tag = console.request.get("/api/tags").json()["groups"][0]["tags"][0]["id"]
    console.request.put(f"/api/contacts/{made}/tags", data={"add": [tag], "remove": []}, headers=headers)
    expect(bell).to_have_attribute("aria-label", re.compile(f"{before + 1} 条"), timeout=20_000)

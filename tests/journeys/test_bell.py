"""The bell rises without a reload: what happens is seen at once in an open console."""

from __future__ import annotations

import re
import time

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def shown(console, bell) -> int:
    """Wait until the bell shows how many notices wait by the server's count, and return it; before it is told it shows none."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        waiting = console.request.get("/api/notices/count").json()["unread"]
        if f"，{waiting} 条" in bell.get_attribute("aria-label"):
            return waiting
    raise AssertionError(bell.get_attribute("aria-label"))


def test_the_badge_rises_while_the_page_is_open(house, console):
    answer = console.request.post("/api/session", data={"email": house.email, "password": house.password})
    assert answer.ok
    with console.expect_response(re.compile("/api/notices/stream")):
        console.goto("/settings/wecom")
    bell = console.get_by_role("button", name=re.compile("通知，"))
    before = shown(console, bell)
    address = console.request.get("/api/channels/wecom").json()["callback_url"]
    # Not signed by the platform: those who keep the channel are told of it.
    query = {"msg_signature": "0" * 40, "timestamp": str(int(time.time())), "nonce": "1"}
    refused = httpx.post(address, params=query, content="<xml><Encrypt>bm90aGluZw==</Encrypt></xml>", timeout=60)
    assert refused.status_code == 403
    expect(bell).not_to_have_attribute("aria-label", re.compile(f"，{before} 条"))
    now = shown(console, bell)
    assert now > before
    expect(console).to_have_title(re.compile(rf"^\({now}\) "))

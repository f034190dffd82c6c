"""Beside a chat in WeCom: a member sees who the customer is, tags him, writes notes and takes one back; the console's page shows it."""

from __future__ import annotations

import time

import httpx
from playwright.sync_api import expect

MEMBER, CUSTOMER = "WangFang", "侧边栏的客人"
NOTE, MISTAKE = "周六上午到店看样，带户型图。", "这句写错了客户。"
PATIENCE_SECONDS = 120


def test_beside_a_chat_a_member_tags_notes_and_takes_a_note_back(chrome, house, console):
    _befriended(house)
    _signed_in(console, house)
    contact = _known(console)

    table = chrome.new_context(locale="zh-CN", viewport={"width": 1100, "height": 860})
    phone = table.new_page()
    phone.set_default_timeout(60_000)
    phone.goto(f"{house.sandbox}/members?member={MEMBER}")
    held = phone.locator(f"[data-phone$='/{MEMBER}']")
    held.get_by_text(CUSTOMER).first.click()
    held.get_by_role("button", name="客户资料").click()
    beside = held.frame_locator("iframe")
    expect(beside.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    expect(beside.get_by_text("王芳").first).to_be_visible()

    beside.get_by_role("button", name="加标签").click()
    beside.get_by_role("button", name="高意向", exact=True).click()
    expect(beside.get_by_role("button", name="去掉标签「高意向」")).to_be_visible()
    for text in (MISTAKE, NOTE):
        beside.get_by_role("textbox", name="跟进记录").fill(text)
        beside.get_by_role("button", name="记录", exact=True).click()
        expect(beside.get_by_role("listitem").filter(has_text=text)).to_be_visible()
    wrong = beside.get_by_role("listitem").filter(has_text=MISTAKE)
    wrong.get_by_role("button", name="删除").click()
    wrong.get_by_role("group", name="删除后无法找回").get_by_role("button", name="删除").click()
    expect(wrong).to_have_count(0)
    expect(beside.get_by_role("listitem").filter(has_text=NOTE)).to_be_visible()
    table.close()

    console.goto(f"/people/contacts/{contact}")
    expect(console.get_by_text(NOTE).first).to_be_visible()
    expect(console.get_by_text("高意向").first).to_be_visible()
    expect(console.get_by_text("删除了自己的一条跟进记录").first).to_be_visible()
    expect(console.get_by_text(MISTAKE)).to_have_count(0)


def _befriended(house):
    """Let a new person become the member's friend and say something."""
    with httpx.Client(base_url=f"{house.sandbox}/sandbox/api", timeout=60) as outside:
        corp = outside.get("/corps").json()["items"][0]["corp_id"]
        person = outside.post("/persons", json={"name": CUSTOMER, "gender": 2}).json()["id"]
        friend = f"/persons/{person}/friends"
        made = outside.post(friend, json={"corp_id": corp, "userid": MEMBER}).json()
        if made["stage"] == "requested":
            outside.post(f"{friend}/{corp}/{MEMBER}/accept").raise_for_status()


def _signed_in(page, house):
    page.goto("/")
    page.get_by_label("邮箱").fill(house.email)
    page.get_by_label("密码").fill(house.password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("navigation")).to_be_visible()


def _known(page):
    """Return the number of the contact, once the platform's word of the new friend has come in."""
    end = time.monotonic() + PATIENCE_SECONDS
    ask = "name => fetch('/api/contacts?search=' + encodeURIComponent(name)).then(answer => answer.json())"
    while time.monotonic() < end:
        found = page.evaluate(ask, CUSTOMER)["items"]
        if found:
            return found[0]["id"]
        page.wait_for_timeout(500)
    raise AssertionError("the new friend did not become a contact")

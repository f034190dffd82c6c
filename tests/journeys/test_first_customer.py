"""The main job, walked in a browser: a code is made, a visitor scans it, adds a member, is welcomed, and leaves again."""

from __future__ import annotations

import re
import uuid

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WELCOME = "您好，很高兴认识您！回复“案例”领取全屋设计图册。"
SITE = "https://www.yunxiu-home.example"


def sign_in(page: Page, house) -> None:
    page.goto("/")
    page.get_by_label("邮箱").fill(house.email)
    page.get_by_label("密码").fill(house.password)
    page.get_by_role("button", name=re.compile(r"登\s*录")).click()
    expect(page.get_by_role("heading", name=re.compile("演示管理员"))).to_be_visible()


def choose(page: Page, field: Locator, text: str) -> None:
    field.click()
    field.press_sequentially(text)
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=text).first.click()


def make_code(page: Page, name: str) -> str:
    """Make a live code through the form; return its short link."""
    page.goto("/attract/live-codes/new")
    page.get_by_label("名称").fill(name)
    choose(page, page.get_by_role("combobox", name="选择员工").nth(0), "王芳")
    page.get_by_role("button", name="添加员工").click()
    choose(page, page.get_by_role("combobox", name="选择员工").nth(1), "李明轩")
    page.get_by_role("spinbutton").nth(0).fill("3")
    tags = page.get_by_role("combobox", name="标签")
    choose(page, tags, "展会")
    choose(page, tags, "高意向")
    page.keyboard.press("Escape")
    page.get_by_label("欢迎语").fill(WELCOME)
    for label, value in (("来源", "jiabohui"), ("媒介", "poster"), ("活动", "2026-autumn")):
        page.get_by_label(label, exact=False).first.fill(value)
    page.get_by_role("button", name=re.compile(r"创\s*建")).click()
    expect(page).to_have_url(re.compile(r"/attract/live-codes/\d+"))
    picture = page.get_by_role("dialog").get_by_role("img", name=f"「{name}」的二维码")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("picture => picture.naturalWidth > 0")
    link = page.get_by_text(re.compile(r"127\.0\.0\.1:\d+/c/\w+")).first.inner_text()
    return f"http://{link.removeprefix('http://')}"


def view_a_page(house, write_key: str, anonymous_id: str) -> None:
    """Tell the collector of a page view, as any web page or curl may."""
    answer = httpx.post(
        f"{house.url}/collect/page",
        json={
            "write_key": write_key,
            "anonymous_id": anonymous_id,
            "url": f"{SITE}/cases?utm_source=xiaohongshu&utm_medium=social&utm_campaign=autumn",
            "title": "实景案例",
        },
        timeout=60,
    )
    assert answer.status_code == 200, answer.text


def scan_and_add(desk: Page, link: str) -> Locator:
    """Open the link on the first phone, recognise the picture and add who is behind it; return the phone."""
    phone = desk.locator("[data-phone='1']")
    phone.locator(".nav").get_by_label("扫一扫").click()
    phone.get_by_placeholder("粘贴链接").fill(link)
    phone.get_by_role("button", name="打开").click()
    picture = phone.frame_locator("iframe").locator("img.qr")
    expect(picture).to_be_visible()
    picture.click(button="right")
    phone.get_by_text("识别图中的二维码").click()
    phone.get_by_text("添加到通讯录").click()
    return phone


@pytest.fixture
def desk(chrome, house):
    """The table with the phones."""
    context = chrome.new_context(locale="zh-CN", viewport={"width": 1440, "height": 980})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{house.sandbox}/")
    yield page
    context.close()


def test_the_first_customer_walks_in(house, console, desk):
    sign_in(console, house)
    link = make_code(console, "家博会海报")
    code_page = console.url

    key = console.evaluate(
        "fetch('/api/tracking/sources').then(answer => answer.json()).then(found => found.items[0].write_key)"
    )
    visitor = str(uuid.uuid4())
    view_a_page(house, key, visitor)
    phone = scan_and_add(desk, f"{link}?cv={visitor}")
    expect(phone.locator(".bubble")).to_have_text(WELCOME)
    member = re.search(r"你已添加了(\S+?)[，,]", phone.inner_text()).group(1)
    assert member in ("王芳", "李明轩")

    console.goto("/people/contacts")
    console.get_by_text("林晓雨").click()
    timeline = console.get_by_role("dialog")
    for caption in (
        "浏览页面「实景案例」",
        "扫描渠道活码「家博会海报」",
        f"添加 {member} 为企业微信好友",
        f"{member} 的欢迎语已送达",
        "打上标签「展会、高意向」",
    ):
        expect(timeline.get_by_text(caption)).to_be_visible()
    expect(timeline.get_by_text("因为 添加好友").first).to_be_visible()
    expect(timeline.get_by_text("xiaohongshu").first).to_be_visible()

    calls = httpx.get(
        f"{house.sandbox}/sandbox/api/calls", params={"path": "*send_welcome_msg", "limit": 500}, timeout=60
    ).json()
    assert sum(WELCOME in str(call) for call in calls["items"]) == 1
    marks = httpx.get(
        f"{house.sandbox}/sandbox/api/calls", params={"path": "*mark_tag", "limit": 500}, timeout=60
    ).json()
    assert marks["items"], "tags were not put on the platform"

    phone.get_by_label("更多").last.click()
    phone.get_by_text("删除联系人").click()
    phone.get_by_role("button", name="删除", exact=True).click()
    console.goto(code_page)
    figures = console.get_by_role("dialog")
    for label, value in (("扫码次数", "1"), ("新增好友", "1"), ("流失好友", "1")):
        figure = figures.locator("[class*=figure]", has_text=label).first
        expect(figure).to_contain_text(re.compile(rf"{label}\D*{value}"))

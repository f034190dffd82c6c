"""The phones page in Chromium."""

import itertools
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as LateError

from sandbox.tests import site as sites

pytestmark = pytest.mark.browser

# Slow machines paint late; nothing here is about speed.
SLOW_MS = 60_000
expect.set_options(timeout=SLOW_MS)


@pytest.fixture
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the package chromium is missing"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def desk(box, browser) -> Page:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(box.url)
    yield page
    context.close()
    assert problems == []


def lasting(desk) -> None:
    """Let what phones show for a moment from now on stay until it was seen, however late a busy machine looks."""
    desk.evaluate(
        """() => {
          const real = window.setTimeout;
          window.setTimeout = (run, ms, ...more) => real(run, ms >= 1800 && ms <= 5000 ? 600_000 : ms, ...more);
        }"""
    )


def landing(qr_code: str, visit: int) -> sites.Page:
    html = f"""<!doctype html><html><head><meta charset="utf-8"><title>专属顾问</title></head>
<body style="margin:0"><img id="qr" src="{qr_code}" width="220" height="220"><p id="jar"></p><p id="visit">{visit}</p>
<script src="/page.js"></script></body></html>"""
    headers = [
        ("X-Frame-Options", "DENY"),
        ("Content-Security-Policy", "default-src 'self'; img-src *; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ("Set-Cookie", "visit=1; Path=/; SameSite=Lax; HttpOnly"),
    ]
    return sites.Page(html, headers=headers)


def press_on(desk, picture, *, until):
    """Press on a picture, again where the page was not ready to notice it, as anybody would."""
    for _ in range(20):
        picture.scroll_into_view_if_needed()
        place = picture.bounding_box()
        assert place is not None
        desk.mouse.move(place["x"] + 60, place["y"] + 60)
        desk.mouse.down()
        with suppress(LateError):
            until.wait_for(timeout=3_000)
        desk.mouse.up()
        if until.is_visible():
            return
    until.wait_for()


def test_from_a_link_to_a_friend_and_back(box, site, receiver, desk):
    box.listen(receiver)
    site.pages["/c/spring"] = sites.Page(status=302, headers=[("Location", f"{site.url}/landing")])
    qr_code, visits = box.way("WangFang", state="ch_1")["qr_code"], itertools.count(1)
    site.pages["/landing"] = lambda _: landing(qr_code, next(visits))
    site.pages["/page.js"] = sites.Page(
        'document.cookie="js=1;path=/";document.getElementById("jar").textContent=document.cookie+navigator.userAgent',
        kind="text/javascript",
    )
    phone = desk.locator("[data-phone='2']")
    phone.get_by_role("tab", name="发现").click()
    phone.locator(".home").get_by_text("扫一扫").click()
    phone.get_by_placeholder("粘贴链接").fill(f"{site.url}/c/spring")
    phone.get_by_role("button", name="打开").click()
    view = phone.frame_locator("iframe")
    expect(view.locator("#jar")).to_contain_text("js=1")
    expect(view.locator("#jar")).to_contain_text("MicroMessenger")
    expect(phone.locator(".web h1")).to_have_text("专属顾问")

    phone.get_by_label("更多").last.click()
    phone.get_by_text("刷新").click()
    # The page that was there still shows while the new one is fetched, and a press on it would be lost.
    expect(view.locator("#visit")).not_to_have_text("1", timeout=60_000)
    expect(view.locator("#jar")).to_contain_text("js=1", timeout=60_000)
    press_on(desk, view.locator("#qr"), until=phone.get_by_text("识别图中的二维码"))
    phone.get_by_text("识别图中的二维码").click()
    expect(phone.locator(".profile")).to_contain_text("杭州云岫家居有限公司")
    expect(phone.locator(".profile")).to_contain_text("通过扫描二维码添加")
    phone.get_by_text("添加到通讯录").click()
    # Its code is good for twenty seconds.
    added = receiver.wait_for("add_external_contact")
    welcome = {"welcome_code": added["WelcomeCode"], "text": {"content": "您好，我是王芳，欢迎来到云岫家居。"}}
    assert box.code("send_welcome_msg", welcome) == 0
    assert added["State"] == "ch_1"
    expect(phone.locator(".note")).to_have_text("你已添加了王芳，现在可以开始聊天了。")
    expect(phone.locator(".bubble")).to_have_text("您好，我是王芳，欢迎来到云岫家居。")
    assert "visit=1" in site.last("/landing").headers["cookie"]

    phone.get_by_label("输入消息").fill("你好")
    phone.get_by_label("输入消息").press("Enter")
    expect(phone.locator(".line.mine .bubble")).to_have_text("你好")
    phone.get_by_label("更多").last.click()
    phone.get_by_text("删除联系人").click()
    phone.get_by_role("button", name="删除", exact=True).click()
    phone.get_by_role("tab", name="通讯录").click()
    expect(phone.get_by_text("还没有联系人")).to_be_visible()
    assert receiver.wait_for("del_follow_user")["UserID"] == "WangFang"


def test_pictures_without_a_code(box, site, desk):
    site.pages["/"] = sites.Page('<img id="p" src="/avatars.png" width="200" height="200">')
    phone = desk.locator("[data-phone='1']")
    phone.locator(".nav").get_by_label("扫一扫").click()
    phone.get_by_placeholder("粘贴链接").fill(site.url.removeprefix("http://"))
    phone.get_by_placeholder("粘贴链接").press("Enter")
    phone.frame_locator("iframe").locator("#p").click(button="right")
    lasting(desk)
    phone.get_by_text("识别图中的二维码").click()
    expect(phone.get_by_text("未发现二维码")).to_be_visible()


def test_the_album_and_a_banner(box, desk):
    box.way("LiMingxuan", remark="门店物料")
    phone = desk.locator("[data-phone='1']")
    phone.locator(".nav").get_by_label("扫一扫").click()
    phone.get_by_title("门店物料").click()
    phone.get_by_text("添加到通讯录").click()
    expect(phone.locator(".note")).to_contain_text("你已添加了李明轩")
    phone.get_by_label("返回").last.click()
    phone.get_by_role("tab", name="发现").click()
    phone.locator(".home").get_by_text("扫一扫").click()
    lasting(desk)
    box.api("POST", f"/persons/1/friends/{box.corp_id}/LiMingxuan/messages", {"text": "在吗", "sender": "member"})
    phone.locator(".banner").click()
    expect(phone.locator(".bubble")).to_have_text("在吗")


def test_pictures_in_a_chat_can_be_read(box, receiver, desk):
    box.listen(receiver)
    box.befriend(userid="WangFang")
    code = receiver.wait_for("add_external_contact")["WelcomeCode"]
    picture = {"msgtype": "image", "image": {"pic_url": box.way("SuMan")["qr_code"]}}
    assert box.code("send_welcome_msg", {"welcome_code": code, "attachments": [picture]}) == 0
    phone = desk.locator("[data-phone='1']")
    phone.locator(".row").click()
    phone.locator(".photo").click(button="right")
    phone.get_by_text("识别图中的二维码").click()
    expect(phone.locator(".profile h2")).to_have_text("苏曼")


def test_adding_a_phone_and_putting_it_away(box, desk):
    desk.get_by_role("button", name="添加手机").click()
    desk.get_by_placeholder("访客名字").fill("何佳怡")
    desk.get_by_role("button", name="新建").click()
    expect(desk.locator("[data-phone='3']")).to_be_visible()
    desk.locator(".place", has_text="何佳怡的手机").get_by_label("收起").click()
    expect(desk.locator("[data-phone='3']")).to_have_count(0)


def test_a_link_that_opens_itself_at_phone_width_in_english(box, site, browser):
    site.pages["/"] = sites.Page("<title>Hello</title><p id=p>hello</p>")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{box.url}/?lang=en&phone=2&open={site.url}/")
    expect(page.locator("[data-phone='2']")).to_be_visible()
    expect(page.locator("[data-phone='1']")).to_be_hidden()
    expect(page.locator("[data-phone='2']").frame_locator("iframe").locator("#p")).to_have_text("hello")
    page.get_by_label("Close").click()
    page.get_by_role("tab", name="Me").last.click()
    page.get_by_text("Switch phone").last.click()
    page.get_by_role("button", name="林晓雨").click()
    expect(page.locator("[data-phone='1']")).to_be_visible()
    context.close()


def test_the_platforms_page(box, receiver, browser):
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{box.url}/admin")
    page.get_by_label("URL", exact=True).fill(receiver.url)
    page.get_by_label("Token", exact=True).fill("QDG6eK")
    page.get_by_label("EncodingAESKey", exact=True).fill("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
    save = page.get_by_role("button", name="保存").first
    save.click()
    expect(page.get_by_text("已验证并保存")).to_be_visible()
    receiver.echo = b"no"
    save.click()
    expect(page.get_by_text("应答不是解密后的 echostr 明文")).to_be_visible()
    page.get_by_role("button", name="安排").click()
    expect(page.get_by_text(re.compile("待发生：1 项"))).to_be_visible()
    page.close()

"""The members' side of the phones page in Chromium: one day of a member, and mail on a visitor's phone."""

import os
import shutil
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sandbox import seed
from sandbox.tests import site as sites
from sandbox.tests.running import Sandbox
from sandbox.tests.test_phones import lasting
from tests.ports import free_port

pytestmark = pytest.mark.browser

LONG = 60_000  # the machine may be busy with other tests


@pytest.fixture(scope="module")
def post(tmp_path_factory) -> Iterator[Sandbox]:
    started = Sandbox(tmp_path_factory.mktemp("members"), smtp_port=free_port())
    yield started
    started.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the package chromium is missing"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def desk(post, browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(LONG)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def back(phone):
    phone.get_by_label("返回").last.click()


def test_a_day_of_a_member(post, receiver, desk):
    post.listen(receiver)
    post.befriend(1)
    config_id = post.way("WangFang", skip_verify=False)["config_id"]
    post.api("POST", "/persons/2/friends", {"config_id": config_id})
    desk.goto(f"{post.url}/?member=WangFang")
    member, visitor = desk.locator("[data-phone$='/WangFang']"), desk.locator("[data-phone='1']")

    post.api("POST", f"/persons/1/friends/{seed.CORP_ID}/WangFang/messages", {"text": "周末能看样吗"})
    member.locator("[data-thread='p1']").click()
    expect(member.locator(".chat .bubble")).to_have_text("周末能看样吗", timeout=LONG)
    member.get_by_label("输入消息").fill("可以，周六见")
    member.get_by_label("输入消息").press("Enter")
    expect(member.locator(".line.mine .bubble")).to_have_text("可以，周六见", timeout=LONG)
    visitor.get_by_text("可以，周六见").first.wait_for()
    member.locator(".line.mine .bubble").click(button="right")
    member.get_by_role("button", name="撤回").click()
    expect(member.locator(".note").last).to_have_text("你撤回了一条消息", timeout=LONG)
    back(member)

    member.get_by_role("tab", name="客户").click()
    member.get_by_role("button", name="新的客户").click()
    member.get_by_role("button", name="接受").click()
    expect(member.locator(".chat h1")).to_contain_text("周子墨", timeout=LONG)
    assert receiver.wait_for("add_external_contact")["UserID"] == "WangFang"
    back(member)

    asked = {"sender": "WangFang", "text": {"content": "秋季新品已到店"}}
    assert post.code("add_msg_template", asked) == 0
    member.get_by_role("tab", name="消息").click()
    member.locator("[data-thread='t']").click()
    member.locator("[data-task]").click()
    member.get_by_role("button", name="发送", exact=True).click()
    expect(member.locator(".outcome")).to_have_text("已送达 2 个，未送达 0 个", timeout=LONG)
    visitor.get_by_text("秋季新品已到店").first.wait_for()


def test_a_mail_runs_nothing_and_its_links_open_in_the_phone(post, site, desk):
    site.pages["/handbook"] = sites.Page("<title>手册</title><p id=page>新品手册</p>")
    desk.goto(f"{post.url}/")
    phone = desk.locator("[data-phone='2']")
    phone.locator(".home").wait_for()
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "云岫家居 <news@cove.example>", "秋季新品"
    letter["To"] = post.api("GET", "/inbox?owner=p2")["email"]
    letter.set_content("新品")
    script = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    letter.add_alternative(f"<title>quiet</title>{script}<a id=go href='{site.url}/handbook'>查看</a>", subtype="html")
    lasting(desk)
    with smtplib.SMTP("127.0.0.1", post.settings.smtp_port, timeout=60) as line:
        line.send_message(letter)
    banner = phone.locator(".banner", has_text="秋季新品")
    banner.wait_for()
    banner.evaluate("element => element.remove()")
    phone.get_by_label("手机桌面").click()
    phone.locator("[data-app='mail']").click()
    phone.locator("[data-mail]").click()
    inside = phone.frame_locator(".letter iframe")
    expect(inside.locator("#go")).to_be_visible(timeout=LONG)
    assert inside.locator("title").evaluate("element => element.ownerDocument.title") == "quiet"
    inside.locator("#go").click()
    expect(phone.frame_locator(".web iframe").locator("#page")).to_have_text("新品手册", timeout=LONG)

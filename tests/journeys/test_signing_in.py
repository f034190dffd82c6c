"""From an invitation to signing in with a recovery code, in a browser, with mail through the sandbox's mail server."""

from __future__ import annotations

import re
import time

import httpx
import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_first_customer import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL = "suman@yunxiu.example"
PASSWORD = "sieben-leuchten-am-kai"


def mailed_link(house, word: str) -> str:
    """The newest link of a kind that was mailed to the new colleague."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for mail in httpx.get(f"{house.sandbox}/sandbox/api/mails", params={"to": EMAIL}, timeout=60).json()["items"]:
            found = re.search(rf"http://\S+/{word}/\S+", mail["text"])
            if found:
                return found[0]
        time.sleep(0.2)
    raise AssertionError("no mail came")


def enter(page: Page, password: str) -> None:
    page.goto("/")
    page.get_by_label("邮箱").fill(EMAIL)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name=re.compile(r"登\s*录")).click()


def test_from_an_invitation_to_a_recovery_code(house, console, chrome):  # noqa: PLR0915 -- one walk, told from beginning to end
    sign_in(console, house)
    console.goto("/settings/invitations/new")
    console.get_by_label("姓名").fill("苏曼")
    console.get_by_label("邮箱").fill(EMAIL)
    console.get_by_role("button", name="发送邀请").click()
    expect(console.get_by_text(f"邮件已发往 {EMAIL}")).to_be_visible()

    context = chrome.new_context(base_url=house.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(mailed_link(house, "invitation"))
    page.get_by_label("设置密码").fill("yunxiu123")
    expect(page.locator("#password-strength")).to_contain_text("弱")
    page.get_by_role("button", name="加入并登录").click()
    expect(page.get_by_label("设置密码")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("设置密码").fill(PASSWORD)
    page.get_by_role("button", name="加入并登录").click()
    expect(page.get_by_role("button", name="苏曼 的菜单")).to_be_visible()

    page.goto("/account/security")
    page.get_by_role("button", name=re.compile(r"^开\s*启$")).click()
    dialog = page.get_by_role("dialog")
    secret = dialog.locator("code").inner_text().replace(" ", "")
    dialog.get_by_label("验证码").fill(pyotp.TOTP(secret).now())
    dialog.get_by_role("button", name=re.compile(r"开\s*启")).click()
    codes = page.get_by_role("list", name="恢复码").get_by_role("listitem")
    expect(codes).to_have_count(10)
    recovery = codes.nth(3).inner_text()
    page.get_by_role("button", name="我已保存").click()
    expect(page.get_by_text("剩余 10 个恢复码")).to_be_visible()

    page.get_by_role("button", name="苏曼 的菜单").click()
    page.get_by_text("退出登录").click()
    expect(page.get_by_label("密码", exact=True)).to_be_visible()
    enter(page, PASSWORD)
    page.get_by_role("button", name="无法使用手机？用恢复码").click()
    page.get_by_label("恢复码").fill(recovery)
    page.get_by_role("button", name=re.compile(r"继\s*续")).click()
    expect(page.get_by_role("button", name="苏曼 的菜单")).to_be_visible()
    context.close()

    context = chrome.new_context(base_url=house.url, locale="zh-CN")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/forgotten")
    page.get_by_label("邮箱").fill(EMAIL)
    page.get_by_role("button", name="发送重置链接").click()
    expect(page.get_by_text("请查收邮件")).to_be_visible()
    page.goto(mailed_link(house, "reset"))
    page.get_by_label("新密码", exact=True).fill(f"{PASSWORD}-neu")
    page.get_by_role("button", name="设置新密码").click()
    expect(page.get_by_text("新密码已设置")).to_be_visible()
    enter(page, PASSWORD)
    expect(page.get_by_text("邮箱或密码不正确，请重新输入").first).to_be_visible()
    enter(page, f"{PASSWORD}-neu")
    expect(page.get_by_label("验证码")).to_be_visible()
    context.close()

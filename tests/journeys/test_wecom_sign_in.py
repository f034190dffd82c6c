"""A member signs in with his phone: the QR code on one screen, the phone on another, and silently inside WeCom."""

from __future__ import annotations

import re

from playwright.sync_api import expect


def test_scanning_with_the_members_phone_opens_the_console(console, chrome, house):
    console.goto("/?company=yunxiu")
    console.get_by_role("link", name="使用企业微信登录").click()
    expect(console.get_by_role("heading", name="企业微信扫码登录")).to_be_visible()

    table = chrome.new_context(locale="zh-CN", viewport={"width": 1100, "height": 860})
    table.set_default_timeout(60_000)
    phone = table.new_page()
    phone.goto(f"{house.sandbox}/members?member=WangFang")
    held = phone.locator("[data-phone$='/WangFang']")
    held.get_by_label("扫一扫").click()
    held.get_by_role("button", name="电脑上的登录二维码").first.click()
    expect(console.get_by_role("status")).to_contain_text("扫描成功")
    held.get_by_role("button", name="确认登录").click()

    expect(console.get_by_role("navigation")).to_be_visible()
    assert console.evaluate("fetch('/api/session').then(r => r.json()).then(s => s.member.name)") == "王芳"
    table.close()


def test_inside_wecom_the_workbench_opens_signed_in(chrome, house):
    table = chrome.new_context(locale="zh-CN", viewport={"width": 1100, "height": 860})
    table.set_default_timeout(60_000)
    phone = table.new_page()
    phone.goto(f"{house.sandbox}/members?member=ZhangWei")
    held = phone.locator("[data-phone$='/ZhangWei']")
    held.get_by_role("tab", name="工作台").click()
    held.get_by_role("button", name=re.compile("客户增长")).click()
    web = held.frame_locator("iframe")
    expect(web.get_by_role("button", name=re.compile("张伟"))).to_be_visible()
    table.close()

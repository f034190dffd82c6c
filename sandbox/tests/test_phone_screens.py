"""The phones page in Chromium: accounts, groups, moments, customer service and mini-programs."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.tests.test_phones import browser, desk, lasting
from sandbox.tests.weixin import PICTURE, Account

__all__ = ["browser", "desk"]

pytestmark = pytest.mark.browser


def back(phone: Locator) -> None:
    phone.locator("section:not([inert]) > .nav button").first.click()


def scan(phone: Locator, url: str) -> None:
    phone.locator(".home .nav").get_by_label("扫一扫").click()
    phone.get_by_placeholder("粘贴链接").fill(url)
    phone.get_by_role("button", name="打开").click()


def prepared(box) -> Account:
    """An account with a menu, an article to send, and a mini-program behind one of its buttons."""
    mini = Account(box, "mini", "云岫会员")
    notice = {"form": "subscription", "title": "到店提醒", "content": "门店：{{thing1.DATA}}"}
    box.api("POST", f"/weixin/apps/{mini.app_id}/templates", notice)
    account = Account(box, introduction="好好设计你的家")
    view = {"type": "view", "name": "官网", "url": f"{box.url}/healthz"}
    click = {"type": "click", "name": "门店活动", "key": "act"}
    page = {
        "type": "miniprogram",
        "name": "会员中心",
        "url": box.url,
        "appid": mini.app_id,
        "pagepath": "pages/me?from=menu",
    }
    below = {"name": "更多", "sub_button": [click, page]}
    account.call("cgi-bin/menu/create", {"button": [view, below]})
    return account


def test_an_account_is_followed_read_and_left(box, desk: Page):
    account, phone = prepared(box), desk.locator("[data-phone='1']")
    scan(phone, account.code("store_1")["url"])
    expect(phone.locator(".profile")).to_contain_text("好好设计你的家")
    phone.get_by_role("button", name="关注公众号").click()
    expect(phone.locator(".chat h1")).to_have_text("云岫家居")
    account.to_all(account.draft("秋天的灯"))
    phone.locator(".articles .lead").click()
    expect(phone.frame_locator("iframe").locator("h1")).to_have_text("秋天的灯")
    back(phone)

    phone.get_by_role("button", name="更多", exact=True).last.click()
    phone.get_by_role("menuitem", name="会员中心").click()
    expect(phone.locator(".mini-page")).to_contain_text("pages/me")
    phone.get_by_role("button", name="手机号快速验证").click()
    phone.get_by_role("button", name="允许").click()
    expect(phone.locator(".mini-code")).to_have_count(1)
    phone.get_by_role("button", name="订阅通知").click()
    phone.get_by_role("checkbox", name="到店提醒").focus()
    desk.keyboard.press("Escape")
    expect(phone.locator(".asking")).to_have_count(0)
    back(phone)

    phone.get_by_label("切换到输入").click()
    phone.get_by_label("输入消息").fill("周末开门吗")
    phone.get_by_label("输入消息").press("Enter")
    expect(phone.locator(".mine .bubble")).to_have_text("周末开门吗")
    picture = {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    phone.locator("input[type=file]").set_input_files(picture)
    expect(phone.locator(".mine .photo")).to_have_count(1)
    phone.locator(".chat .nav .right").click()
    phone.get_by_role("button", name="不再关注").click()
    phone.locator(".dialog").get_by_role("button", name="不再关注").click()
    expect(phone.get_by_text("还没有聊天")).to_be_visible()


def test_a_group_moments_and_customer_service(box, desk: Page):
    box.befriend(1)
    group = box.api("POST", f"/corps/{box.corp_id}/groups", {"owner": "WangFang", "name": "新居交流群", "persons": [2]})
    box.post("groupchat/add_join_way", {"scene": 2, "chat_id_list": [group["chat_id"]], "remark": "群活码"})
    phone, other = desk.locator("[data-phone='1']"), desk.locator("[data-phone='2']")
    phone.locator(".home .nav").get_by_label("扫一扫").click()
    phone.get_by_title("群活码").click()
    phone.get_by_role("button", name="加入群聊").click()
    expect(phone.locator(".chat h1")).to_have_text("新居交流群(3)")
    phone.get_by_label("输入消息").fill("大家好")
    phone.get_by_label("输入消息").press("Enter")
    other.locator(".row", has_text="大家好").click()
    expect(other.locator(".line .bubble")).to_have_text("大家好")
    expect(other.locator(".speaker")).to_have_text("林晓雨")
    back(phone)

    asked = {"text": {"content": "新窗帘"}, "visible_range": {"sender_list": {"user_list": ["WangFang"]}}}
    jobid = box.post("add_moment_task", asked)["jobid"]
    made = box.get("externalcontact/get_moment_task_result", jobid=jobid)["result"]["moment_id"]
    box.api("POST", f"/moments/{made}/members/WangFang")
    phone.get_by_role("tab", name="发现").click()
    phone.get_by_role("button", name="朋友圈").click()
    phone.get_by_label("赞或评论").click()
    phone.get_by_role("menuitem", name="赞").click()
    expect(phone.locator(".likes")).to_have_text("林晓雨")
    phone.get_by_label("赞或评论").click()
    phone.get_by_role("menuitem", name="评论").click()
    phone.get_by_label("评论", exact=True).fill("好看")
    phone.get_by_label("评论", exact=True).press("Enter")
    expect(phone.locator(".deeds")).to_contain_text("林晓雨：好看")
    back(phone)

    query = {"access_token": box.token()}
    kf = box.http.post("/cgi-bin/kf/account/add", params=query, json={"name": "售后服务"}).json()["open_kfid"]
    phone.get_by_role("tab", name="微信").click()
    scan(phone, f"{box.url}/kf/{kf}")
    phone.get_by_label("输入消息").fill("柜门松了")
    phone.get_by_label("输入消息").press("Enter")
    expect(phone.locator(".mine .bubble")).to_have_text("柜门松了")
    back(phone)
    phone.get_by_role("tab", name="发现").click()
    phone.get_by_role("button", name="搜一搜").click()
    lasting(desk)
    box.api("POST", f"/kf/{kf}/persons/1", {"act": "answer", "userid": "ZhaoLei", "text": "明天上门"})
    expect(phone.locator(".banner")).to_contain_text(re.compile("售后服务.*明天上门"))
    phone.locator(".banner").click()
    expect(phone.locator(".bubble").last).to_have_text("明天上门")


def test_cards_are_sent_to_customer_service(box, desk: Page):
    query = {"access_token": box.token()}
    kf = box.http.post("/cgi-bin/kf/account/add", params=query, json={"name": "售后服务"}).json()["open_kfid"]
    phone = desk.locator("[data-phone='1']")
    scan(phone, f"{box.url}/kf/{kf}")
    phone.get_by_label("发送更多").click()
    phone.get_by_role("button", name="位置").click()
    phone.get_by_label("地点名称").fill("西湖")
    phone.get_by_label("地址").fill("龙井路 1 号")
    phone.get_by_label("地址").press("Enter")
    expect(phone.locator(".mine .spot")).to_have_text("西湖龙井路 1 号")
    phone.get_by_label("发送更多").click()
    phone.get_by_role("button", name="小程序").click()
    phone.get_by_role("button", name="云岫会员").click()
    expect(phone.locator(".mine .mini b")).to_have_text("云岫会员")


def test_an_account_is_made_in_the_platforms_settings(box, desk: Page):
    desk.goto(f"{box.url}/admin")
    made = desk.locator("#wechat")
    made.get_by_placeholder("名称").fill("云岫生活志")
    made.get_by_label("类型").select_option("subscription")
    made.get_by_role("button", name="新建账号").click()
    made.locator("summary", has_text="云岫生活志").click()
    made.get_by_label("云岫生活志 简介").fill("每周一篇")
    made.locator("details[open]").get_by_role("button", name="保存").first.click()
    expect(made.get_by_text("已保存")).to_be_visible()
    assert box.api("GET", "/persons/1/search?q=生活志")["items"][0]["introduction"] == "每周一篇"

"""Pages opened in WeChat: who opens them is known, nobody is sent elsewhere, and WeChat's trouble keeps nobody from his page."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.people.models import Contact
from cove.engine.channels.wechat.client.pages import page_signature
from cove.engine.channels.wechat.models import WechatAccount, WechatFollower, WechatToken
from cove.engine.channels.wecom.tests.driving import facts_of
from cove.kernel.ids import new_uuid, visitor_id

SHOP = "https://shop.example"
AGENT = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.60 Language/zh_CN"


@pytest.fixture
def door(account, weixin):
    WechatAccount.objects.update(page_origins=[SHOP])
    weixin.ask("PATCH", f"weixin/apps/{weixin.app_id}", web_domain=urlsplit(settings.PUBLIC_URL).netloc)
    return account


@pytest.fixture
def phone():
    return Client(headers={"user-agent": AGENT})


def started(phone, door, to, **said):
    headers = {"referer": said.pop("referer")} if "referer" in said else {}
    return phone.get("/wechat/page/start", {"account": door.public_id, "to": to, **said}, headers=headers)


def returned(phone, answer, person):
    """Let WeChat answer for `person`, and the browser follow."""
    away = answer.headers["location"].partition("#")[0]
    back = httpx.get(away, headers={"x-sandbox-viewer": f"p{person}"}, timeout=60).headers["location"]
    assert back.startswith(f"{settings.PUBLIC_URL}/wechat/page/return?")
    return phone.get(back.removeprefix(settings.PUBLIC_URL))


def test_a_page_of_the_company_learns_who_opens_it(actor, door, phone, weixin):
    person, browser = weixin.person(), new_uuid()
    openid = weixin.act(person, "follow")
    to = f"{SHOP}/spring?a=1&b=%E6%98%A5"
    answer = started(phone, door, to, cv=browser, referer=f"{SHOP}/spring")
    assert "snsapi_base" in answer.headers["location"]
    shown = returned(phone, answer, person)
    assert shown.headers["location"] == f"{to}&cove_wechat=known"
    contact = people.contact_by_identity(actor, Identity("wechat_openid", openid))
    assert contact is not None
    assert people.number_by_identity(actor, Identity("unionid", weixin.unionid(person))) == contact.id
    assert people.visitors_of(actor, contact.id) == [visitor_id(actor.tenant_id, browser)]
    (joined,) = facts_of(actor, "people.visitor_joined")
    assert (joined["payload"]["how"], joined["payload"]["source"]) == ("wechat", "official_account")
    returned(phone, started(phone, door, to, cv=browser, referer=SHOP), person)
    (opened,) = facts_of(actor, "wechat.page_opened")
    assert (opened["payload"]["new_contact"], opened["payload"]["agreed"]) == (True, False)


def test_a_number_that_another_page_names_does_not_count(actor, door, phone, weixin):
    named = new_uuid()
    answer = started(phone, door, f"{SHOP}/", cv=named, referer="https://evil.example/")
    kept = phone.cookies["cove_visitor"].value
    assert kept != named
    returned(phone, answer, weixin.person())
    contact = Contact.objects.get()
    assert people.visitors_of(actor, contact.id) == [visitor_id(actor.tenant_id, kept)]


def test_who_agrees_shows_name_and_picture(actor, door, phone, weixin):
    person = weixin.person("周子墨")
    answer = started(phone, door, "/c/abc", ask="1")
    assert "snsapi_userinfo" in answer.headers["location"]
    assert returned(phone, answer, person).headers["location"] == f"{settings.PUBLIC_URL}/c/abc?cove_wechat=known"
    assert Contact.objects.get().name == "周子墨"
    assert WechatFollower.objects.get().unionid == weixin.unionid(person)


def test_a_shared_phone_joins_nobody(actor, door, phone, weixin):
    browser = new_uuid()
    for _ in range(2):
        returned(phone, started(phone, door, SHOP, cv=browser, referer=SHOP), weixin.person())
    first, second = Contact.objects.order_by("id")
    assert people.visitors_of(actor, first.id) == [visitor_id(actor.tenant_id, browser)]
    assert people.visitors_of(actor, second.id) == []


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://shop.example.evil.example/",
        "https://shop.example@evil.example/",
        "https://evil.example\\@shop.example/",
        "http://shop.example/",
        "https://shop.example:8443/",
        "",
        "https://shop.example/" + "a" * 3000,
    ],
)
def test_nobody_is_sent_to_a_page_that_is_not_listed(door, phone, to):
    answer = started(phone, door, to)
    assert answer.status_code == 403
    assert "设置 → 公众号与小程序" in answer.content.decode()


def test_another_browsers_link_and_a_changed_state_are_refused(door, phone, weixin):
    away = urlsplit(started(phone, door, SHOP).headers["location"])
    state = parse_qs(away.query)["state"][0]
    back = {"account": door.public_id, "state": state, "code": weixin.code(weixin.person(), "page")}
    assert Client().get("/wechat/page/return", back).status_code == 403
    assert phone.get("/wechat/page/return", back | {"state": state[::-1]}).status_code == 403
    assert Contact.objects.count() == 0


def test_trouble_at_wechat_keeps_nobody_from_his_page(actor, door, phone, weixin):
    person = weixin.person()
    weixin.fault("sns/oauth2/access_token", "http", times=1)
    assert returned(phone, started(phone, door, SHOP), person).headers["location"].endswith("cove_wechat=unknown")
    away = urlsplit(started(phone, door, SHOP).headers["location"])
    refused = {"account": door.public_id, "state": parse_qs(away.query)["state"][0]}
    assert phone.get("/wechat/page/return", refused).headers["location"].endswith("cove_wechat=unknown")
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 Chrome/130"})
    assert started(elsewhere, door, SHOP).headers["location"] == f"{SHOP}?cove_wechat=outside"
    assert Contact.objects.count() == 0


def test_listed_pages_are_signed_and_others_are_not(actor, door, weixin):
    def asked(url, origin=""):
        headers = {"origin": origin} if origin else {}
        path = f"/wechat/page/signature?account={door.public_id}&url={quote(url, safe='')}"
        return Client().get(path, headers=headers)

    url = f"{SHOP}/p?x=1"
    answer = asked(f"{url}#top", SHOP)
    said = answer.json()
    assert answer.headers["access-control-allow-origin"] == SHOP
    ticket = WechatToken.objects.get(purpose="jsapi").token
    assert said["signature"] == page_signature(ticket, said["nonce"], said["timestamp"], url)
    assert said["app_id"] == weixin.app_id
    for refused in (asked("https://evil.example/"), asked(url, "https://evil.example"), asked("")):
        assert refused.status_code == 403
        assert refused.json()["error"]["code"] == "wechat.page_not_listed"
        assert "access-control-allow-origin" not in refused.headers
    weixin.fault("cgi-bin/ticket/getticket", "errcode", errcode=48001)
    WechatToken.objects.filter(purpose="jsapi").update(token="", expires_at=None)
    assert asked(url, SHOP).status_code in (200, 502)


@pytest.mark.parametrize("name", ["", "none", "x" * 100, "../x", "a b"])
def test_an_account_that_is_not_there_has_no_door(door, phone, name):
    for path in ("start", "return", "signature"):
        answer = phone.get(f"/wechat/page/{path}", {"account": name, "to": SHOP, "url": SHOP, "state": "x"})
        assert answer.status_code == 404


def test_a_mini_program_has_no_door_for_pages(program, phone):
    assert phone.get("/wechat/page/start", {"account": program.public_id, "to": "/"}).status_code == 404


@pytest.mark.parametrize(
    ("origins", "kept"),
    [
        (["https://Shop.Example/page?x", "https://shop.example:443"], ["https://shop.example"]),
        (["https://商店.example"], ["https://xn--czrs0t.example"]),
        (["http://127.0.0.1:9000"], ["http://127.0.0.1:9000"]),
    ],
)
def test_origins_are_kept_as_browsers_write_them(browser_client, account, origins, kept):
    path = f"/api/channels/wechat/{account.id}"
    body = {"name": account.name, "app_id": account.app_id, "base_url": account.base_url, "page_origins": origins}
    answer = browser_client.put(path, body, content_type="application/json")
    assert answer.json()["page_origins"] == kept
    for wrong in ("shop.example", "ftp://x", "https://a@b.example", "https://"):
        refused = browser_client.put(path, body | {"page_origins": [wrong]}, content_type="application/json")
        assert list(refused.json()["error"]["fields"]) == ["page_origins"]


def test_wechat_finds_the_file_of_the_domain(browser_client, account):
    path = f"/api/channels/wechat/{account.id}"
    body = {"name": account.name, "app_id": account.app_id, "base_url": account.base_url}
    name = f"MP_verify_{new_uuid().replace('-', '')}.txt"
    assert Client().get(f"/{name}").status_code == 404
    assert browser_client.put(path, body | {"domain_file": name}, content_type="application/json").status_code == 200
    shown = Client().get(f"/{name}")
    assert (shown.status_code, f"MP_verify_{shown.content.decode()}.txt") == (200, name)
    refused = browser_client.put(path, body | {"domain_file": "x.txt"}, content_type="application/json")
    assert list(refused.json()["error"]["fields"]) == ["domain_file"]
    browser_client.put(path, body, content_type="application/json")
    assert Client().get(f"/{name}").status_code == 404

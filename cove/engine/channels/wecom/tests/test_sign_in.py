"""Signing in by WeCom, through the front door and against the platform's stand-in."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.conf import settings
from django.test import Client

from cove.directory.org import facade as org
from cove.directory.org.models import Member, Session
from cove.engine.channels.wecom.commands.channels import allow_sign_in, configure_channel
from cove.engine.channels.wecom.models import SpentState
from cove.engine.channels.wecom.pages.tickets import TICKET_COOKIE, own_path
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN, Platform
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

IN_WECOM = "Mozilla/5.0 (Linux; Android 14) Chrome/116 Mobile wxwork/4.1.30 MicroMessenger/7.0.1"
RETURN = "/signin/wecom/return"


def opened(platform: Platform) -> None:
    domain = urlsplit(settings.PUBLIC_URL).netloc
    platform.ask(
        "PUT", f"corps/{platform.corp_id}/apps/1000002/web", trusted_domain=domain, login_domain=domain, home_url=""
    )


@pytest.fixture
def door(channel, platform, actor):
    """The test's company with sign-in switched on; gives its sign-in address."""
    opened(platform)
    allow_sign_in(actor, allowed=True)
    return org.tenant(actor).slug


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def phone():
    """WeCom's own browser."""
    return Client(headers={"accept-language": "en", "user-agent": IN_WECOM})


def begin(client, slug, **query):
    return client.get("/signin/wecom/start", {"company": slug, **query})


def confirmed(platform, address, userid="ChenYuqing", *, answer="confirm"):
    """Scan the QR code behind an address with a member's phone; return where the screen goes then."""
    page = httpx.get(address, timeout=60).text
    key = page.split('data-key="')[1].split('"')[0]
    platform.ask("POST", f"corps/{platform.corp_id}/members/{userid}/scan", key=key)
    platform.ask("POST", f"corps/{platform.corp_id}/members/{userid}/scan/{key}/{answer}")
    return httpx.get(f"{platform.url}/wwlogin/poll/{key}", timeout=60).json().get("location", "")


def silently(platform, address, userid="ChenYuqing"):
    view = platform.ask("GET", f"corps/{platform.corp_id}/members/{userid}/phone")["view"]
    answer = httpx.get(address, headers={"x-sandbox-viewer": view}, timeout=60)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def follow(client, location):
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


def refused(answer, status, words):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert words in answer.content.decode()
    assert "cove_session" not in answer.cookies
    return True


def test_scanning_signs_in_and_shows_the_page_that_was_wanted(door, platform, browser):
    away = begin(browser, door, next="/people/contacts?state=lost")
    query = parse_qs(urlsplit(away.headers["location"]).query)
    assert urlsplit(away.headers["location"]).path == "/wwlogin/sso/login"
    assert query["login_type"] == ["CorpApp"]
    assert query["appid"] == [platform.corp_id]
    ticket = away.cookies[TICKET_COOKIE]
    assert (ticket["httponly"], ticket["samesite"], ticket["path"], ticket["max-age"]) == (
        True,
        "Lax",
        "/signin/wecom",
        600,
    )
    back = follow(browser, confirmed(platform, away.headers["location"]))
    assert (back.status_code, back.headers["location"]) == (302, "/people/contacts?state=lost")
    assert back.cookies["cove_session"]["httponly"]
    told = browser.get("/api/session").json()
    assert told["member"]["name"] == "陈雨晴"
    assert Session.objects.get().agent == ""


def test_inside_wecom_nobody_is_asked_anything(door, platform, phone):
    away = begin(phone, door, next="/")
    parts = urlsplit(away.headers["location"])
    query = parse_qs(parts.query)
    assert (parts.path, parts.fragment) == ("/connect/oauth2/authorize", "wechat_redirect")
    assert list(query) == ["appid", "redirect_uri", "response_type", "scope", "state", "agentid"]
    assert query["scope"] == ["snsapi_base"]
    assert query["state"][0].isalnum()
    assert len(query["state"][0]) <= 128
    follow(phone, silently(platform, away.headers["location"]))
    assert phone.get("/api/session").json()["member"]["name"] == "陈雨晴"


def test_the_browser_remembers_the_company_and_the_only_one_need_not_be_named(door, platform, browser):
    follow(browser, confirmed(platform, begin(browser, door).headers["location"]))
    assert "/wwlogin/" in browser.get("/signin/wecom/start").headers["location"]
    # Other tests' companies are there too, so a fresh browser is asked.
    fresh = Client(headers={"accept-language": "en"}).get("/signin/wecom/start", {"next": "/x"})
    assert fresh.status_code == 200
    page = fresh.content.decode()
    assert "Which company are you with?" in page
    assert 'value="/x"' in page
    assert "测试企业" not in page


def test_unknown_switched_off_and_suspended_companies_sound_the_same(door, actor, browser):
    nobody = begin(browser, "no-such-company")
    assert refused(nobody, 404, "No company with WeCom sign-in has this address")
    allow_sign_in(actor, allowed=False)
    off = begin(browser, door)
    assert off.content.decode().replace(door, "") == nobody.content.decode().replace("no-such-company", "")


def test_a_state_works_once(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    ticket = browser.cookies[TICKET_COOKIE].value
    assert follow(browser, location).status_code == 302
    again = Client(headers={"accept-language": "en", "cookie": f"{TICKET_COOKIE}={ticket}"})
    assert refused(follow(again, location), 403, "was not begun in this browser")
    assert Session.objects.count() == 1


def test_a_stolen_code_is_worth_nothing_in_another_browser(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    thief = Client(headers={"accept-language": "en"})
    assert refused(follow(thief, location), 403, "was not begun in this browser")
    # Nor with a sign-in of his own: the state is the other browser's.
    begin(thief, door)
    assert refused(follow(thief, location), 403, "was not begun in this browser")
    assert follow(browser, location).status_code == 302


def test_a_victim_cannot_be_signed_in_as_somebody_else(door, platform, browser):
    # The attacker's own code and state, opened by the victim, who has a sign-in of his own under way.
    attackers = confirmed(platform, begin(Client(), door).headers["location"])
    begin(browser, door)
    assert refused(follow(browser, attackers), 403, "was not begun in this browser")
    assert not Session.objects.exists()


@pytest.mark.parametrize("change", ["state=0", "state=", "code=&state={state}"])
def test_tampered_ways_back(door, platform, browser, change):
    away = begin(browser, door).headers["location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    answer = browser.get(f"{RETURN}?code=x&{change.format(state=state)}".replace("code=x&code=", "code="))
    assert answer.status_code == 403
    assert "cove_session" not in answer.cookies


def test_a_tampered_ticket(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    text = browser.cookies[TICKET_COOKIE].value
    browser.cookies[TICKET_COOKIE] = text[:-1] + ("A" if text[-1] != "A" else "B")
    assert refused(follow(browser, location), 403, "was not begun in this browser")


def test_a_sign_in_ends_after_ten_minutes(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    with clock.shifted(timedelta(minutes=10, seconds=5)):
        assert refused(follow(browser, location), 403, "has ended")


def test_a_code_that_is_unknown_or_used(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert follow(browser, location).status_code == 302
    for bad in (code, "nonsense"):
        state = parse_qs(urlsplit(begin(browser, door).headers["location"]).query)["state"][0]
        answer = browser.get(RETURN, {"code": bad, "state": state})
        assert refused(answer, 403, "code is no longer good")


def test_another_corps_code(door, platform, browser, sandbox_url, actor):
    other = Platform(sandbox_url)
    opened(other)
    address = begin(browser, door).headers["location"]
    query = parse_qs(urlsplit(address).query)
    elsewhere = address.replace(platform.corp_id, other.corp_id)
    location = confirmed(other, elsewhere)
    other.close()
    assert parse_qs(urlsplit(location).query)["state"] == query["state"]
    # The platform names the corp; and without that the exchange fails, because the token is the tenant's.
    assert refused(follow(browser, location), 403, "code is no longer good")
    state = parse_qs(urlsplit(begin(browser, door).headers["location"]).query)["state"][0]
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert refused(browser.get(RETURN, {"code": code, "state": state}), 403, "code is no longer good")
    assert not Session.objects.exists()


def test_who_is_unknown_here_or_left_is_told_what_to_do(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"], "WangFang")
    assert refused(follow(browser, location), 403, "ask an administrator to sync the directory")
    Member.objects.filter(wecom_userid="ChenYuqing").update(active=False)
    location = confirmed(platform, begin(browser, door).headers["location"])
    page = follow(browser, location)
    assert refused(page, 403, "activate you")
    chinese = Client(headers={"accept-language": "zh-CN"})
    location = confirmed(platform, begin(chinese, door).headers["location"])
    assert refused(follow(chinese, location), 403, "请联系管理员同步通讯录或启用您的账号")


def test_an_outsider_is_not_let_in(door, platform, phone):
    away = begin(phone, door).headers["location"]
    person = platform.person()
    location = httpx.get(away, headers={"x-sandbox-viewer": f"p{person}"}, timeout=60).headers["location"]
    assert refused(follow(phone, location), 403, "not a member of this company")


def test_a_suspended_company_lets_nobody_in(door, platform, browser, tenant):
    location = confirmed(platform, begin(browser, door).headers["location"])
    from cove.directory.org.commands.tenants import suspend_company

    suspend_company(Actor.system(0), tenant_id=tenant.id)
    assert refused(follow(browser, location), 403, "suspended")
    assert refused(begin(browser, door), 404, "No company with WeCom sign-in")


def test_the_platform_away(door, platform, browser):
    location = confirmed(platform, begin(browser, door).headers["location"])
    platform.fault("auth/getuserinfo", "drop")
    assert refused(follow(browser, location), 502, "no proper answer")


def test_scanning_again_after_refusing(door, platform, browser):
    assert confirmed(platform, begin(browser, door).headers["location"], answer="refuse") == ""


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
        " /people",
        "/signin/wecom/start",
        "/api/session",
        "/" + "x" * 600,
    ],
)
def test_nobody_is_sent_anywhere_else(path, door, platform, browser):
    assert own_path(path) == "/"
    back = follow(browser, confirmed(platform, begin(browser, door, next=path).headers["location"]))
    assert back.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/people/contacts", "/people/contacts/3?a=b&c=//d#e", "/%2F/evil", "/a/b//c"])
def test_own_pages_are_gone_back_to(path):
    assert own_path(path) == path


def test_states_are_kept_hashed_and_forgotten_in_time(door, platform, browser, actor):
    away = begin(browser, door).headers["location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    follow(browser, confirmed(platform, away))
    assert state not in str(list(SpentState.objects.values()))
    with clock.shifted(timedelta(minutes=11)):
        follow(browser, confirmed(platform, begin(browser, door).headers["location"]))
    assert SpentState.objects.count() == 1


def test_codes_do_not_reach_the_log(door, platform, browser, capfd):
    import structlog

    with structlog.testing.capture_logs() as lines:
        location = confirmed(platform, begin(browser, door).headers["location"])
        follow(browser, location)
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert code not in str(lines) + "".join(capfd.readouterr())


def test_switching_on_needs_an_agent_and_shows_what_to_enter(browser_client, platform, actor):
    put = lambda on: browser_client.put("/api/channels/wecom/sign-in", {"sign_in": on}, content_type="application/json")  # noqa: E731
    assert put(True).status_code == 409  # noqa: FBT003
    given = {"corp_id": platform.corp_id, "base_url": platform.url, "secret": platform.secret}
    configure_channel(actor, agent_id="", callback_token=TOKEN, aes_key=AES_KEY, **given)
    refused = put(True)  # noqa: FBT003
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["sign_in"])
    configure_channel(actor, agent_id="1000002", **given)
    shown = put(True).json()  # noqa: FBT003
    assert shown["sign_in"] is True
    assert shown["trusted_domain"] == urlsplit(settings.PUBLIC_URL).netloc
    with tenant_scope(actor.tenant_id):
        assert shown["sign_in_url"].endswith(f"/signin/wecom/start?company={org.tenant(actor).slug}")
    checks = {one["key"]: one for one in browser_client.post("/api/channels/wecom/check").json()["checks"]}
    assert checks["sign_in"]["ok"]


def test_the_sign_in_page_is_told_whether_to_offer_it(door, actor, browser):
    offered = lambda company: browser.get("/api/channels/wecom/sign-in", {"company": company}).json()["offered"]  # noqa: E731
    assert offered(door)
    assert not offered("no-such-company")
    # Nobody learns from it which companies share the installation.
    assert offered("")
    allow_sign_in(actor, allowed=False)
    assert not offered(door)

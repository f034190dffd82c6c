from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox import seed
from sandbox.browser.viewers import VIEWER_HEADER

BACK = "http://127.0.0.1:9/signin/wecom/return"
WEB = f"/corps/{seed.CORP_ID}/apps/{seed.APP_AGENT_ID}/web"
FANG = f"/corps/{seed.CORP_ID}/members/WangFang"


@pytest.fixture
def trusting(box):
    box.api(
        "PUT", WEB, {"trusted_domain": "127.0.0.1:9", "login_domain": "127.0.0.1:9", "home_url": "http://127.0.0.1:9/"}
    )
    return box


def asked(**changes) -> dict[str, str]:
    return {
        "appid": seed.CORP_ID,
        "agentid": str(seed.APP_AGENT_ID),
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s1",
    } | changes


def authorized(box, viewer="", **changes):
    headers = {VIEWER_HEADER: viewer} if viewer else {}
    return box.http.get("/connect/oauth2/authorize", params=asked(**changes), headers=headers)


def view_of(box, userid="WangFang"):
    return box.api("GET", f"/corps/{seed.CORP_ID}/members/{userid}/phone")["view"]


def brought(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def shown_key(page) -> str:
    return page.text.split('data-key="')[1].split('"')[0]


def login(box, **changes):
    return box.http.get("/wwlogin/sso/login", params=asked(login_type="CorpApp", **changes))


def test_a_member_comes_back_silently_with_a_code_that_works_once(trusting):
    answer = authorized(trusting, view_of(trusting))
    assert answer.status_code == 302
    came = brought(answer.headers["location"])
    assert came["state"] == "s1"
    info = trusting.get("auth/getuserinfo", code=came["code"])
    assert (info["errcode"], info["userid"]) == (0, "WangFang")
    assert "user_ticket" not in info
    assert trusting.get("auth/getuserinfo", code=came["code"])["errcode"] == 42022


def test_a_code_ends_after_five_minutes_and_is_the_applications_own(trusting):
    code = brought(authorized(trusting, view_of(trusting)).headers["location"])["code"]
    directory = trusting.token(seed.DIRECTORY_SECRET)
    assert trusting.get("auth/getuserinfo", token=directory, code=code)["errcode"] == 40029
    trusting.api("POST", "/clock", {"advance_seconds": 300})
    assert trusting.get("auth/getuserinfo", code=code)["errcode"] == 40029
    assert trusting.get("auth/getuserinfo", code="nonsense")["errcode"] == 40029


def test_an_outsider_has_an_openid_and_a_customer_his_external_id(trusting):
    external = trusting.befriend(1)
    code = brought(authorized(trusting, "p1").headers["location"])["code"]
    info = trusting.get("auth/getuserinfo", code=code)
    assert "userid" not in info
    assert info["openid"]
    assert info["external_userid"] == external


def test_private_fields_come_by_a_ticket(trusting):
    came = brought(authorized(trusting, view_of(trusting), scope="snsapi_privateinfo").headers["location"])
    ticket = trusting.get("auth/getuserinfo", code=came["code"])["user_ticket"]
    query = {"access_token": trusting.token()}

    def ask(text):
        return trusting.http.post("/cgi-bin/auth/getuserdetail", params=query, json={"user_ticket": text}).json()

    assert ask(ticket)["mobile"] == "13900010005"
    assert ask("another")["errcode"] == 84015
    trusting.api("POST", "/clock", {"advance_seconds": 1800})
    assert ask(ticket)["errcode"] == 84014


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"appid": "ww0"}, 40013),
        ({"agentid": "77"}, 40056),
        ({"redirect_uri": "http://evil.example/"}, 50001),
        ({"redirect_uri": "http://127.0.0.1:9.evil.example/"}, 50001),
        ({"redirect_uri": "http://127.0.0.1:10/"}, 50001),
        ({"scope": "snsapi_all"}, 40058),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_number(trusting, changes, errcode):
    answer = authorized(trusting, view_of(trusting), **changes)
    assert answer.status_code == 200
    assert f"errcode {errcode}" in answer.text
    if "scope" not in changes:
        assert f"errcode {errcode}" in login(trusting, **changes).text


def test_without_a_trusted_domain_nobody_comes_back(box):
    assert "errcode 50001" in authorized(box, view_of(box)).text
    assert "errcode 50001" in login(box).text


def test_other_browsers_are_told_to_open_wecom(trusting):
    answer = authorized(trusting)
    assert answer.status_code == 200
    assert "请在企业微信客户端打开链接" in answer.text


def test_a_scan_is_confirmed_on_the_phone(trusting):
    key = shown_key(login(trusting))
    poll = lambda: trusting.http.get(f"/wwlogin/poll/{key}").json()  # noqa: E731
    assert poll() == {"status": "waiting"}
    assert trusting.http.get(f"/wwlogin/qr/{key}.png").headers["content-type"] == "image/png"
    assert trusting.refused("POST", f"{FANG}/scan/{key}/confirm") == (409, "not_scanned")
    assert trusting.api("POST", f"{FANG}/scan", {"key": key})["app"] == "客户增长"
    assert poll() == {"status": "scanned"}
    trusting.api("POST", f"{FANG}/scan/{key}/confirm")
    came = brought(poll()["location"])
    assert (came["state"], came["appid"]) == ("s1", seed.CORP_ID)
    assert trusting.get("auth/getuserinfo", code=came["code"])["userid"] == "WangFang"
    assert trusting.refused("POST", f"{FANG}/scan", {"key": key}) == (410, "over")


def test_a_scan_may_be_refused_and_ends_by_itself(trusting):
    key = shown_key(login(trusting))
    trusting.api("POST", f"{FANG}/scan", {"key": key})
    trusting.api("POST", f"{FANG}/scan/{key}/refuse")
    assert trusting.http.get(f"/wwlogin/poll/{key}").json() == {"status": "refused"}
    late = shown_key(login(trusting))
    trusting.api("POST", "/clock", {"advance_seconds": 300})
    assert trusting.http.get(f"/wwlogin/poll/{late}").json() == {"status": "expired"}
    assert trusting.refused("POST", f"{FANG}/scan", {"key": late}) == (410, "over")


def test_who_is_not_activated_cannot_sign_in(trusting):
    assert "errcode 50002" in authorized(trusting, view_of(trusting, "QianDuo")).text
    key = shown_key(login(trusting))
    assert trusting.refused("POST", f"/corps/{seed.CORP_ID}/members/QianDuo/scan", {"key": key}) == (409, "wrong_corp")


def test_a_members_web_view_speaks_as_wecom(trusting, site):
    opened = trusting.api("POST", f"{FANG}/open", {"url": f"{site.url}/headers"})
    assert urlsplit(opened["src"]).hostname.startswith("m")
    host = urlsplit(opened["src"]).netloc
    trusting.http.get("/headers", headers={"host": host, VIEWER_HEADER: "p1"})
    assert "wxwork" in site.last("/headers").headers["user-agent"]
    assert VIEWER_HEADER not in site.last("/headers").headers

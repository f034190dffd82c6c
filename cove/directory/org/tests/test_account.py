"""One's own account: password, sessions, devices."""

import inspect
import re
from datetime import timedelta

import pytest
from zxcvbn import feedback

from cove.directory.org.models import Member, Session
from cove.directory.org.queries.account import device_of
from cove.directory.org.queries.strength_words import FEEDBACK
from cove.directory.org.tests.signing_in import (
    PASSWORD,
    browser,
    code_of,
    error_of,
    post,
    sign_in,
    turn_on_second_factor,
)
from cove.kernel import clock
from cove.kernel.log.models import SetAside
from cove.kernel.throttle.models import Throttled

NEW = "sieben-leuchten-am-kai"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15"
WXWORK = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 wxwork/4.1 MicroMessenger/7.0.1"


@pytest.fixture(autouse=True)
def fresh_counts(databases):
    """All tests come from one address."""
    Throttled.objects.all().delete()


def change(client, password=NEW, **proof):
    return post(client, "account/password", password=password, **proof)


def test_a_new_password_needs_the_current_one_and_ends_other_sessions(browser_client, administrator):
    other = browser()
    sign_in(other, administrator.email)
    assert error_of(change(browser_client, current_password="wrong")) == (422, "org.wrong_password")
    assert error_of(change(browser_client)) == (422, "org.wrong_password")
    assert other.get("/api/session").status_code == 200
    assert change(browser_client, current_password=PASSWORD).status_code == 204
    assert browser_client.get("/api/session").status_code == 200
    assert other.get("/api/session").status_code == 401
    assert sign_in(browser(), administrator.email).status_code == 401
    assert sign_in(browser(), administrator.email, NEW).status_code == 200


def test_a_fresh_code_stands_for_the_current_password(browser_client, administrator):
    secret, _ = turn_on_second_factor(browser_client)
    assert error_of(change(browser_client, code="000000")) == (422, "org.wrong_code")
    with clock.shifted(timedelta(seconds=30)):
        assert change(browser_client, code=code_of(secret)).status_code == 204


@pytest.mark.parametrize(
    "weak", ["password", "Password123!", "qwertyuiop", "iloveyou2024", "{name}1", "{company}88", "{email}"]
)
def test_what_a_guesser_would_try_first_is_refused_with_advice(browser_client, administrator, tenant, weak):
    Member.objects.filter(id=administrator.id).update(name="wangxiaoming")
    weak = weak.format(name="wangxiaoming", company=tenant.name, email=administrator.email)
    refused = change(browser_client, password=weak, current_password=PASSWORD)
    assert error_of(refused) == (422, "org.weak_password")
    assert refused.json()["error"]["fields"]["password"]


def test_a_password_has_a_longest_length_and_a_long_one_is_judged_quickly(browser_client):
    assert change(browser_client, password="x" * 129, current_password=PASSWORD).status_code == 422
    judged = post(browser(), "password-strength", password="aB3$" * 32).json()
    assert judged["score"] < 4


def test_strength_is_told_while_typing_in_the_readers_language():
    weak = post(browser(), "password-strength", password="wangfang88", known=["王芳", "wangfang@example.com"]).json()
    assert (weak["enough"], weak["score"] < 3) == (False, True)
    chinese = post(browser(accept_language="zh-CN"), "password-strength", password="aaaaaa").json()
    assert re.search("[一-鿿]", "".join(chinese["advice"]))
    assert post(browser(), "password-strength", password=NEW).json()["enough"]


def test_all_sentences_of_the_library_are_translated():
    source = re.sub(r"'\s*\n\s*'|\"\s*\n\s*\"", "", inspect.getsource(feedback))
    texts = {first or second for first, second in re.findall(r"_\(\s*(?:\"([^\"]+)\"|'((?:[^'\\]|\\.)+)')", source)}
    found = {text for text in texts if text.endswith(".")}
    assert len(found) > 20
    assert {text for text in found if text not in FEEDBACK} == set()


def test_sessions_are_listed_in_words_and_ended_one_by_one(browser_client, administrator):
    mac, phone = browser(user_agent=SAFARI), browser(user_agent=WXWORK)
    sign_in(mac, administrator.email)
    sign_in(phone, administrator.email)
    items = mac.get("/api/account/sessions").json()["items"]
    assert {item["device"] for item in items} == {"Safari · Mac", "WeCom · iPhone", "Unknown device"}
    assert [item["device"] for item in items if item["current"]] == ["Safari · Mac"]
    theirs = next(item["id"] for item in items if item["device"] == "WeCom · iPhone")
    assert mac.delete(f"/api/account/sessions/{theirs}").status_code == 204
    assert phone.get("/api/session").status_code == 401
    assert mac.delete(f"/api/account/sessions/{theirs}").status_code == 404
    assert mac.delete("/api/account/sessions").status_code == 204
    assert browser_client.get("/api/session").status_code == 401
    assert [item["current"] for item in mac.get("/api/account/sessions").json()["items"]] == [True]


def test_an_administrator_sees_and_ends_a_members_sessions(browser_client, actor, administrator):
    member = Member.objects.create(name="王芳", email=f"wang{actor.tenant_id}@cove.test")
    member.keep_password(PASSWORD)
    phone = browser(user_agent=WXWORK)
    assert sign_in(phone, member.email).status_code == 200
    assert phone.get(f"/api/members/{administrator.id}/sessions").status_code == 403
    [row] = browser_client.get(f"/api/members/{member.id}/sessions").json()["items"]
    assert (row["device"], row["current"]) == ("WeCom · iPhone", False)
    assert browser_client.delete(f"/api/members/{member.id}/sessions/{row['id']}").status_code == 204
    assert phone.get("/api/session").status_code == 401
    sign_in(phone, member.email)
    assert browser_client.delete(f"/api/members/{member.id}/sessions").status_code == 204
    assert not Session.objects.filter(member=member).exists()
    assert browser_client.get("/api/members/999999/sessions").status_code == 404


def test_a_new_browser_is_told_and_a_known_one_is_not(administrator, drain):
    from django.db import connection

    first, second = browser(), browser(user_agent=SAFARI)
    for client in (first, second, first, second):
        sign_in(client, administrator.email)
    drain()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload->>'new_device', payload->>'device_en' FROM log_fact WHERE kind='org.signed_in' ORDER BY position"
        )
        assert cursor.fetchall() == [
            ("false", "Unknown device"),
            ("true", "Safari · Mac"),
            ("false", "Unknown device"),
            ("false", "Safari · Mac"),
        ]
    assert not SetAside.objects.exists()


def test_profile(browser_client):
    wanted = {"name": "  林晓 ", "locale": "en"}
    told = browser_client.patch("/api/account", wanted, content_type="application/json").json()
    assert (told["name"], told["locale"], told["has_password"]) == ("林晓", "en", True)
    assert browser_client.patch("/api/account", {"name": ""}, content_type="application/json").status_code == 422


def test_devices_in_both_languages():
    assert device_of(WXWORK).zh == "企业微信 · iPhone"
    assert device_of("").zh == "未知设备"


def test_an_empty_password_is_weak_and_no_error(client, databases):
    answer = client.post("/api/password-strength", {"password": "", "known": [""]}, content_type="application/json")
    assert (answer.status_code, answer.json()["score"], answer.json()["enough"]) == (200, 0, False)

"""The console's routes for e-mail."""

from __future__ import annotations

import json

import pytest

from cove.engine.channels.email.models import EmailMessage

RELAY = {"host": "smtp.example.com", "port": 465, "security": "tls", "user": "cove", "password": "quiet"}
MAIL = {
    "subject": "{{ contact.name | 朋友 }}，新品",
    "html": "<p>{{ data.coupon }} <a href='{{ unsubscribe_url }}'>退订</a></p>",
}


@pytest.fixture
def call(browser_client):
    def ask(method, path, body=None, expect=200):
        answer = browser_client.generic(
            method, f"/api/email{path}", body if isinstance(body, bytes) else _json(body), "application/json"
        )
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None

    return ask


def _json(body):
    return json.dumps(body or {}).encode()


def test_a_domain_is_set_up_and_its_password_never_comes_back(call):
    made = call("POST", "/domains", {**RELAY, "name": "Mail.Example.com."}, 201)
    assert (made["name"], made["back_host"], made["password_set"]) == (
        "mail.example.com",
        "bounces.mail.example.com",
        True,
    )
    assert "quiet" not in str(made)
    records = {one["key"]: one for one in made["records"]}
    assert records["dkim"]["wanted"].startswith("v=DKIM1; k=rsa; p=MII")
    assert not any(one["looked"] for one in records.values())
    changed = call("PUT", f"/domains/{made['id']}", {**RELAY, "password": None, "per_minute": 60})
    assert (changed["per_minute"], changed["password_set"]) == (60, True)
    renewed = call("POST", f"/domains/{made['id']}/renew-key")
    assert renewed["selector"] == made["selector"] != renewed["next_selector"]
    new = {one["key"]: one for one in renewed["records"]}["dkim_next"]
    assert new["name"].startswith(renewed["next_selector"])
    assert new["wanted"] not in (records["dkim"]["wanted"], "")
    assert call("DELETE", f"/domains/{made['id']}/new-key")["next_selector"] == ""
    sender = call("POST", f"/domains/{made['id']}/senders", {"name": "云岫", "local": "News"}, 201)
    assert sender["address"] == "news@mail.example.com"
    again = call("POST", f"/domains/{made['id']}/senders", {"name": "另一", "local": "news"}, 409)
    assert again["error"]["code"] == "email.sender_taken"
    call("DELETE", f"/senders/{sender['id']}", expect=204)
    call("DELETE", f"/domains/{made['id']}", expect=204)
    assert call("GET", "/domains")["items"] == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "not a domain"}, "name"),
        ({"host": "smtp example"}, "host"),
        ({"back_host": "bounces.other.com"}, "back_host"),
    ],
)
def test_what_is_wrong_with_a_domain_is_said_at_its_field(call, changed, field):
    refused = call("POST", "/domains", {**RELAY, "name": "mail.example.com", **changed}, 422)
    assert list(refused["error"]["fields"]) == [field]


def test_a_template_is_written_previewed_and_found(call, django_assert_max_num_queries):
    made = call("POST", "/templates", {"name": "新品", **MAIL}, 201)
    shown = call("POST", "/templates/preview", {**MAIL, "text": ""})
    assert (shown["subject"], shown["needs"]) == ("［Contact's name］，新品", ["data.coupon"])
    assert "coupon" in shown["html"]
    assert call("POST", "/templates", {"name": "新品", **MAIL}, 409)["error"]["code"] == "email.name_taken"
    changed = call("PUT", f"/templates/{made['id']}", {"name": "新品 2", **MAIL, "purpose": "service"})
    assert changed["purpose"] == "service"
    for number in range(5):
        call("POST", "/templates", {"name": f"模板 {number}", **MAIL}, 201)
    with django_assert_max_num_queries(12):
        assert call("GET", "/templates?search=模板")["total"] == 5
    call("DELETE", f"/templates/{made['id']}", expect=204)
    call("GET", f"/templates/{made['id']}", expect=404)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"html": "<p>hello</p>"}, "email.no_unsubscribe_link", "html"),
        ({"subject": "{{ contact.password }}"}, "email.bad_template", "subject"),
        ({"html": MAIL["html"] + "{{ 7*7 }}"}, "email.bad_template", "html"),
        ({"text": "{{ contact.name"}, "email.bad_template", "text"),
        ({"html": MAIL["html"] + "<a href='https://user:pw@evil.example/'>x</a>"}, "email.bad_link", "html"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_at_its_field(call, changed, code, field):
    refused = call("POST", "/templates", {"name": "坏", **MAIL, **changed}, 422)["error"]
    assert (refused["code"], list(refused["fields"])) == (code, [field])


def test_a_test_goes_out_untracked_and_counts_nowhere(call, actor, sender, office, deliver):
    body = {**MAIL, "html": "<a href='https://shop.example/x'>x</a> {{ unsubscribe_url }}", "sender_id": sender.id}
    call("POST", "/templates/test", {**body, "address": "me@shop.test"}, 202)
    assert [one.state for one in deliver()] == ["sent"]
    page = office.letter().get_body(("html",)).get_content()
    assert "/m/o/" not in page
    assert call("GET", "/results")["total"]["asked"] == 0
    assert EmailMessage.objects.get().test
    assert call("POST", "/templates/test", {**body, "address": "nobody"}, 422)["error"]["fields"]


def test_the_list_is_kept_by_hand(call):
    made = call("POST", "/suppressions", {"address": " No@QQ.test ", "detail": "电话要求"}, 201)
    assert (made["address"], made["reason"]) == ("no@qq.test", "manual")
    assert call("POST", "/suppressions", {"address": "no@qq.test"}, 409)["error"]["code"] == "email.already_suppressed"
    assert call("GET", "/suppressions?search=no@&reason=manual")["total"] == 1
    assert call("GET", "/suppressions?reason=complaint")["total"] == 0
    call("DELETE", f"/suppressions/{made['id']}", expect=204)
    assert call("GET", "/suppressions")["total"] == 0

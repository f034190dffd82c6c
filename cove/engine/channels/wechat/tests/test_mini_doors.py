"""What a mini-program asks of Cove: its user is known by WeChat's code, and his number by the code of the phone button."""

from __future__ import annotations

import pytest
from django.test import Client

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.wechat.models import WechatFollower
from cove.engine.channels.wecom.tests.driving import facts_of
from cove.kernel import clock
from cove.kernel.ids import new_uuid, visitor_id


@pytest.fixture
def ask(program):
    """Give a function that asks a door as the mini-program does."""

    def asked(door, body, *, token="", account=program.public_id):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        path = f"/wechat/mini/{door}?account={account}"
        return Client(enforce_csrf_checks=True).post(path, body, content_type="application/json", headers=headers)

    return asked


def test_who_signs_in_is_a_contact_with_what_his_phone_did(actor, ask, mini):
    person, phone = mini.person(), new_uuid()
    answer = ask("login", {"code": mini.code(person, "login"), "anonymous_id": phone})
    assert answer.status_code == 200, answer.content
    contact_id = people.number_by_identity(actor, Identity("unionid", mini.unionid(person)))
    assert people.visitors_of(actor, contact_id) == [visitor_id(actor.tenant_id, phone)]
    assert answer.json()["expires_in"] > 86_400
    (joined,) = facts_of(actor, "people.visitor_joined")
    assert joined["payload"]["source"] == "miniprogram"
    openid = WechatFollower.objects.get().openid
    assert openid not in answer.content.decode()


def test_a_number_is_kept_with_what_he_agreed_to(actor, ask, mini):
    person = mini.person()
    token = ask("login", {"code": mini.code(person, "login")}).json()["token"]

    def code():
        return mini.code(person, "phone", phone="13800001111")

    refused = ask("phone", {"code": code()}, token=token)
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["agreed"])
    unknown = ask("phone", {"code": code(), "agreed": True, "purposes": {"none": True}}, token=token)
    assert unknown.status_code == 422
    given = ask("phone", {"code": code(), "agreed": True, "purposes": {"marketing": True}}, token=token)
    assert given.json() == {"phone": "13800001111"}
    contact_id = people.number_by_identity(actor, Identity("phone", "13800001111"))
    assert contact_id == people.number_by_identity(actor, Identity("unionid", mini.unionid(person)))
    assert privacy.consents(actor, [contact_id], "marketing")[contact_id].state == "given"
    assert [one["payload"]["phone"] for one in facts_of(actor, "wechat.phone_given")] == ["13800001111"]


def test_codes_and_tokens_are_good_once_and_for_a_while(actor, ask, mini, monkeypatch):
    person = mini.person()
    login = mini.code(person, "login")
    token = ask("login", {"code": login}).json()["token"]
    again = ask("login", {"code": login})
    assert (again.status_code, again.json()["error"]["code"]) == (403, "wechat.code_refused")
    for wrong in ("", "x", token[:-2] + "zz"):
        refused = ask("phone", {"code": "c", "agreed": True}, token=wrong)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "wechat.session_over")
    used = ask("phone", {"code": mini.code(person, "login"), "agreed": True}, token=token)
    assert used.json()["error"]["code"] == "wechat.code_refused"
    later = clock.now().replace(year=clock.now().year + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert ask("phone", {"code": "c", "agreed": True}, token=token).status_code == 401


def test_a_token_is_good_for_its_own_program_only(actor, ask, mini, account):
    token = ask("login", {"code": mini.code(mini.person(), "login")}).json()["token"]
    other = ask("phone", {"code": "c", "agreed": True}, token=token, account=account.public_id)
    assert other.status_code == 404


def test_a_person_may_not_ask_for_ever(ask, mini):
    token = ask("login", {"code": mini.code(mini.person(), "login")}).json()["token"]
    answers = [ask("phone", {"code": "none", "agreed": True}, token=token).status_code for _ in range(12)]
    assert set(answers[:10]) == {403}
    assert set(answers[10:]) == {429}


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '"x"', "null", '{"code": 1}', '{"code": ""}', '{"code": "' + "a" * 9000 + '"}']
)
def test_what_is_no_request_is_refused_in_words(ask, body):
    answer = ask("login", body)
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"]

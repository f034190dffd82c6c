"""Signing in and out, through the front door."""

from datetime import timedelta

import pytest
from django.test import Client

from cove.directory.org.commands.sessions import SESSION_DAYS, TRIES_ALLOWED, find_session
from cove.directory.org.commands.tenants import create_administrator, create_tenant
from cove.directory.org.models import Member, Session, SignInTry
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

PASSWORD = "harbour-light-42"


@pytest.fixture
def client():
    return Client(headers={"accept-language": "en"})


def sign_in(client, email, password=PASSWORD):
    return client.post("/api/session", {"email": email, "password": password}, content_type="application/json")


def test_signing_in_opens_a_session_with_rights_and_signing_out_ends_it(client, administrator):
    answer = sign_in(client, f"  {administrator.email.upper()} ")
    assert answer.status_code == 200
    told = answer.json()
    assert told["member"]["id"] == administrator.id
    assert told["tenant"]["id"] == administrator.tenant_id
    assert "people.see_contacts" in told["operations"]
    cookie = answer.cookies["cove_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get("/api/session").status_code == 200

    assert client.delete("/api/session").status_code == 204
    assert client.get("/api/session").status_code == 401
    again = Client(headers={"cookie": f"cove_session={cookie.value}"})
    assert again.get("/api/session").status_code == 401


def test_the_token_itself_is_not_kept(client, administrator):
    token = sign_in(client, administrator.email).cookies["cove_session"].value
    assert token not in str(list(Session.objects.values()))


def test_wrong_password_and_unknown_email_sound_the_same(client, administrator):
    wrong = sign_in(client, administrator.email, "wrong-password")
    unknown = sign_in(client, "nobody@cove.test")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "org.wrong_credentials")
    assert wrong.json()["error"] == unknown.json()["error"]
    assert "cove_session" not in wrong.cookies


def test_guessing_is_slowed_down_and_ends_by_itself(client, administrator):
    for _ in range(TRIES_ALLOWED):
        assert sign_in(client, administrator.email, "guess").status_code == 401
    refused = sign_in(client, administrator.email)
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "org.too_many_tries")
    with clock.shifted(timedelta(minutes=11)):
        assert sign_in(client, administrator.email).status_code == 200
    assert not SignInTry.objects.exists()


def test_a_session_ends_after_its_days(client, administrator):
    sign_in(client, administrator.email)
    with clock.shifted(timedelta(days=SESSION_DAYS, seconds=5)):
        assert client.get("/api/session").status_code == 401


def test_who_left_is_out_at_once(client, administrator):
    token = sign_in(client, administrator.email).cookies["cove_session"].value
    Member.objects.filter(id=administrator.id).update(active=False)
    assert find_session(token) is None
    assert client.get("/api/session").status_code == 401
    assert sign_in(client, administrator.email).status_code == 401


def test_one_email_in_two_tenants_opens_the_one_whose_password_it_is(client, administrator):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        theirs = create_administrator(
            Actor.system(other.id), name="同名", email=administrator.email, password="another-shore-99"
        )
    answer = sign_in(client, administrator.email, "another-shore-99").json()
    assert (answer["tenant"]["id"], answer["member"]["id"]) == (other.id, theirs.id)


def test_without_a_session_every_door_is_shut(client, databases):
    for address in ("/api/contacts", "/api/members", "/api/tags", "/api/insight/overview", "/api/contacts/1/timeline"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "cove.sign_in_required")
    assert Client(headers={"cookie": "cove_session=nonsense"}).get("/api/session").status_code == 401


def test_requests_from_other_sites_are_refused(administrator):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    token = sign_in(strict, administrator.email).json()["csrf_token"]
    assert strict.patch("/api/session", {"locale": "en"}, content_type="application/json").status_code == 403
    changed = strict.patch(
        "/api/session", {"locale": "en"}, content_type="application/json", headers={"x-csrftoken": token}
    )
    assert changed.status_code == 200


def test_the_chosen_language_goes_before_the_browsers(browser_client):
    browser_client.patch("/api/session", {"locale": "zh-CN"}, content_type="application/json")
    assert browser_client.get("/api/session").json()["member"]["locale"] == "zh-CN"
    assert browser_client.patch("/api/session", {"locale": "fr"}, content_type="application/json").status_code == 422


def test_bad_bodies_are_refused_with_words(client, databases):
    for body in (
        "",
        "[]",
        "{",
        '{"email":"a@b.c"}',
        '{"email":"a\\u0000b@c.d","password":"x"}',
        '{"email":1,"password":2}',
    ):
        answer = client.post("/api/session", body, content_type="application/json")
        assert answer.status_code == 422, (body, answer.content)
        assert answer.json()["error"]["fields"]

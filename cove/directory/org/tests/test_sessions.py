"""Signing in and out, through the front door."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from cove.directory.org.commands.sessions import BY_ACCOUNT, BY_ADDRESS, SESSION_DAYS, find_session
from cove.directory.org.commands.tenants import create_administrator, create_tenant
from cove.directory.org.models import Member, Session
from cove.directory.org.tests.signing_in import PASSWORD, browser, error_of, sign_in
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope
from cove.kernel.throttle.models import Throttled


@pytest.fixture
def client(databases):
    return browser()


@pytest.fixture(autouse=True)
def fresh_counts(databases):
    """All tests come from one address."""
    Throttled.objects.all().delete()


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


def test_over_https_cookies_are_bound_to_the_host(administrator):
    secure = browser()
    answer = secure.post(
        "/api/session",
        {"email": administrator.email, "password": PASSWORD},
        content_type="application/json",
        secure=True,
    )
    cookie = answer.cookies["__Host-cove_session"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert secure.get("/api/session", secure=True).status_code == 200
    planted = Client(headers={"cookie": f"cove_session={cookie.value}"})
    assert planted.get("/api/session", secure=True).status_code == 401


def test_the_token_itself_is_not_kept(client, administrator):
    token = sign_in(client, administrator.email).cookies["cove_session"].value
    assert token not in str(list(Session.objects.values()))


def test_each_sign_in_has_a_token_of_its_own_and_a_csrf_token_with_it(client, administrator):
    first, second = sign_in(client, administrator.email), sign_in(client, administrator.email)
    assert first.cookies["cove_session"].value != second.cookies["cove_session"].value
    assert first.cookies["cove_csrf"].value != second.cookies["cove_csrf"].value


def test_a_token_of_another_tenant_or_of_none_is_nobody(client, administrator):
    token = sign_in(client, administrator.email).cookies["cove_session"].value
    other = create_tenant(name="另一家")
    secret = token.partition("-")[2]
    for forged in (f"{other.id}-{secret}", secret, f"0-{secret}", f"{'9' * 30}-{secret}", f"-1-{secret}", "", "-"):
        assert find_session(forged) is None
    assert find_session(token) is not None


def test_wrong_password_and_unknown_email_sound_the_same_and_cost_the_same(client, administrator):
    hashed = []
    genuine = Argon2PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append("encode")
        return genuine(self, password, salt)

    verify = Argon2PasswordHasher.verify

    def verified(self, password, encoded):
        hashed.append("verify")
        return verify(self, password, encoded)

    with patch.object(Argon2PasswordHasher, "encode", counted), patch.object(Argon2PasswordHasher, "verify", verified):
        wrong = sign_in(client, administrator.email, "wrong-password")
        unknown = sign_in(client, "nobody@cove.test", "wrong-password")
    assert hashed == ["verify", "encode"]
    assert error_of(wrong) == (401, "org.wrong_credentials")
    assert wrong.json()["error"] == unknown.json()["error"]
    assert set(wrong.cookies) == set(unknown.cookies) == set()


@pytest.mark.parametrize("known", [True, False])
def test_guessing_at_one_account_from_many_addresses_is_slowed_down_known_or_not(administrator, known):
    email = administrator.email if known else f"nobody{administrator.tenant_id}@cove.test"

    def guess(number, password="guess"):
        return sign_in(Client(REMOTE_ADDR=f"10.0.{number}.1", headers={"accept-language": "en"}), email, password)

    for number in range(BY_ACCOUNT.tries):
        assert guess(number).status_code == 401
    refused = guess(200, PASSWORD)
    assert error_of(refused) == (429, "cove.too_many_tries")
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    with clock.shifted(timedelta(minutes=11)):
        assert guess(201, PASSWORD).status_code == (200 if known else 401)


def test_guessing_at_many_accounts_from_one_address_is_slowed_down(client, administrator):
    for number in range(BY_ADDRESS.tries):
        assert sign_in(client, f"somebody{number}@cove.test", "guess").status_code == 401
    assert error_of(sign_in(client, administrator.email)) == (429, "cove.too_many_tries")
    elsewhere = Client(REMOTE_ADDR="10.9.9.9", headers={"accept-language": "en"})
    assert sign_in(elsewhere, administrator.email).status_code == 200


def test_an_address_that_a_browser_claims_does_not_count(administrator):
    for number in range(BY_ADDRESS.tries):
        sign_in(browser(x_forwarded_for=f"10.1.1.{number}"), f"somebody{number}@cove.test", "guess")
    assert sign_in(browser(x_forwarded_for="10.2.2.2"), administrator.email).status_code == 429


def test_who_got_in_begins_anew(client, administrator):
    for _ in range(3):
        for _ in range(BY_ACCOUNT.tries - 1):
            sign_in(client, administrator.email, "guess")
        assert sign_in(client, administrator.email).status_code == 200


def test_a_session_ends_after_its_days_and_when_it_lies_unused(client, administrator):
    sign_in(client, administrator.email)
    with clock.shifted(timedelta(days=6)):
        assert client.get("/api/session").status_code == 200
    with clock.shifted(timedelta(days=12, hours=23)):
        assert client.get("/api/session").status_code == 200
    with clock.shifted(timedelta(days=SESSION_DAYS, seconds=5)):
        assert client.get("/api/session").status_code == 401
    sign_in(client, administrator.email)
    with clock.shifted(timedelta(days=7, seconds=5)):
        assert client.get("/api/session").status_code == 401


def test_use_is_noted_at_most_once_a_minute(client, administrator, django_assert_num_queries):
    token = sign_in(client, administrator.email).cookies["cove_session"].value
    with django_assert_num_queries(1):
        find_session(token)
    before = Session.objects.get().last_used_at
    with clock.shifted(timedelta(seconds=61)):
        with django_assert_num_queries(2):
            find_session(token)
        with django_assert_num_queries(1):
            find_session(token)
    assert Session.objects.get().last_used_at > before


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


def test_a_password_kept_with_old_parameters_is_kept_anew(client, administrator):
    with patch.object(Argon2PasswordHasher, "time_cost", 1):
        administrator.keep_password(PASSWORD)
    assert "t=1" in administrator.password
    assert sign_in(client, administrator.email).status_code == 200
    administrator.refresh_from_db()
    assert "t=1" not in administrator.password
    assert sign_in(client, administrator.email).status_code == 200


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
    # Nobody is signed in by another site as somebody else.
    assert error_of(sign_in(browser(sec_fetch_site="cross-site"), administrator.email)) == (403, "cove.stale_page")
    assert sign_in(browser(sec_fetch_site="same-origin"), administrator.email).status_code == 200


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

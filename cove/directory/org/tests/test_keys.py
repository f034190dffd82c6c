"""API keys, through the front door."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
import structlog
from django.test import Client

from cove.directory.org.commands.keys import new_key, well_formed
from cove.directory.org.commands.tenants import create_administrator, create_tenant, suspend_company
from cove.directory.org.models import ApiKey, Member, Role, RoleGrant
from cove.directory.people.models import Contact
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

RIGHTS = {"people.see_contacts": "all", "org.see_members": "all"}


def make(client, **changes):
    body = {"name": "数据仓库", "rights": RIGHTS, "revealed": []} | changes
    return client.post("/api/api-keys", body, content_type="application/json")


def bearing(text, **more):
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en", "authorization": f"Bearer {text}"} | more)


@pytest.fixture
def key(browser_client):
    """A key's text."""
    answer = make(browser_client)
    assert answer.status_code == 201, answer.content
    return answer.json()["text"]


def test_a_key_is_shown_once_and_kept_hashed(browser_client, key):
    assert key.startswith("cove_")
    assert len(key) == len("cove_") + 49
    assert key not in str(list(ApiKey.objects.values()))
    listed = browser_client.get("/api/api-keys").json()["items"]
    assert [(row["name"], row["hint"], row["last_used_at"]) for row in listed] == [("数据仓库", key[-4:], None)]
    assert key not in str(listed)


def test_keys_carry_a_checksum_so_that_scanners_know_them():
    text = new_key()
    assert well_formed(text)
    assert new_key() != text
    for wrong in ("", "cove_", text[:-1], f"{text}x", text.replace("cove_", "cave_"), f"{text[:-1]}é"):
        assert not well_formed(wrong)
    swapped = text[:10] + ("a" if text[10] != "a" else "b") + text[11:]
    assert not well_formed(swapped)


def test_it_acts_within_its_rights_and_no_further(browser_client, key):
    program = bearing(key)
    assert program.get("/api/contacts").status_code == 200
    assert program.get("/api/members").status_code == 200
    assert program.get("/api/channels/wecom").json()["error"]["code"] == "cove.forbidden"
    assert program.get("/api/tracking/sources").json()["error"]["code"] == "cove.forbidden"


def test_no_csrf_token_is_needed_and_cookies_do_not_count(browser_client, key):
    session = browser_client.cookies["cove_session"].value
    both = bearing(key, cookie=f"cove_session={session}")
    # The cookie's owner may, the key may not: the header wins.
    assert both.get("/api/channels/wecom").status_code == 403
    wrong = Client(headers={"authorization": "Bearer cove_nonsense", "cookie": f"cove_session={session}"})
    assert wrong.get("/api/contacts").status_code == 401
    basic = Client(headers={"authorization": "Basic eDp5", "cookie": f"cove_session={session}"})
    assert basic.get("/api/contacts").status_code == 401
    writing = make(browser_client, rights={"people.manage_tags": "all"}).json()["text"]
    made = bearing(writing).post("/api/tag-groups", {"name": "来自程序"}, content_type="application/json")
    assert made.status_code in (200, 201), made.content


def test_a_key_may_not_touch_an_account_or_make_keys(browser_client):
    refused = make(browser_client, rights={"org.manage_api_keys": "all"})
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["rights"])
    program = bearing(make(browser_client).json()["text"])
    assert program.get("/api/session").json()["error"]["code"] == "cove.not_for_keys"
    changed = program.patch("/api/session", {"locale": "en"}, content_type="application/json")
    assert changed.json()["error"]["code"] == "cove.not_for_keys"
    assert program.get("/api/api-keys").status_code == 403
    assert program.get("/api/facts").status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"rights": {}}, "rights"),
        ({"rights": {"nobody.knows": "all"}}, "rights"),
        ({"rights": {"org.own_account": "all"}}, "rights"),
        ({"rights": {"org.manage_installation": "all"}}, "rights"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2999-01-01T00:00:00Z"}, "expires_at"),
        ({"revealed": ["nobody.knows"]}, "revealed"),
    ],
)
def test_wrong_input_names_its_field(browser_client, change, field):
    answer = make(browser_client, **change)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


@pytest.fixture
def seller(actor, administrator):
    """A member who sees his own contacts, without phones, and may use keys; gives his signed-in browser."""
    member = create_administrator(
        actor, name="王芳", email=f"seller{actor.tenant_id}@cove.test", password="harbour-light-42"
    )
    RoleGrant.objects.filter(member=member).delete()
    role = Role.objects.create(name="销售", rights={"people.see_contacts": "own", "org.manage_api_keys": "all"})
    RoleGrant.objects.create(member=member, role=role)
    client = Client(headers={"accept-language": "en"})
    body = {"email": member.email, "password": "harbour-light-42"}
    assert client.post("/api/session", body, content_type="application/json").status_code == 200
    client.member, client.role = member, role
    return client


def test_nobody_gives_a_key_more_than_he_may_himself(seller):
    for rights in ({"people.see_contacts": "all"}, {"people.see_contacts": "own", "org.see_members": "all"}):
        answer = make(seller, rights=rights)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "org.bad_key_scopes")
    shown = make(seller, rights={"people.see_contacts": "own"}, revealed=["people.phone"])
    assert shown.json()["error"]["code"] == "org.bad_key_scopes"
    choices = seller.get("/api/api-keys/choices").json()
    widest = {row["key"]: row["widest"] for row in choices["rights"]}
    assert widest["people.see_contacts"] == "own"
    assert not {"org.manage_api_keys", "org.see_members"} & set(widest)
    assert choices["fields"] == []


def test_a_narrower_key_sees_less_than_its_maker(browser_client, administrator):
    contact = Contact.objects.create(
        name="林晓雨", phone="13800001111", created_at=clock.now(), last_seen_at=clock.now()
    )
    wide = bearing(make(browser_client, revealed=["people.phone"]).json()["text"])
    assert wide.get(f"/api/contacts/{contact.id}").json()["phone"] == "13800001111"
    masked = bearing(make(browser_client).json()["text"])
    assert masked.get(f"/api/contacts/{contact.id}").json()["phone"] != "13800001111"
    own = bearing(make(browser_client, rights={"people.see_contacts": "own"}).json()["text"])
    assert own.get("/api/contacts").json()["items"] == []


def test_rights_are_those_of_its_maker_at_the_time_of_the_request(seller):
    program = bearing(make(seller, rights={"people.see_contacts": "own"}).json()["text"])
    assert program.get("/api/contacts").status_code == 200
    Role.objects.filter(id=seller.role.id).update(rights={"org.manage_api_keys": "all"})
    assert program.get("/api/contacts").status_code == 403
    # Nor does a wider role widen a key that exists.
    Role.objects.filter(id=seller.role.id).update(rights={"people.see_contacts": "all", "org.see_members": "all"})
    assert program.get("/api/contacts").status_code == 200
    assert program.get("/api/members").status_code == 403


def test_it_ends_with_its_date_its_revocation_and_its_member(browser_client, administrator, seller):
    text = make(seller, rights={"people.see_contacts": "own"}).json()["text"]
    with clock.shifted(timedelta(days=364)):
        assert bearing(text).get("/api/contacts").status_code == 200
    with clock.shifted(timedelta(days=366)):
        assert bearing(text).get("/api/contacts").status_code == 401
    Member.objects.filter(id=seller.member.id).update(active=False)
    assert bearing(text).get("/api/contacts").status_code == 401
    Member.objects.filter(id=seller.member.id).update(active=True)
    assert bearing(text).get("/api/contacts").status_code == 200
    key_id = browser_client.get("/api/api-keys").json()["items"][0]["id"]
    assert browser_client.delete(f"/api/api-keys/{key_id}").status_code == 204
    assert bearing(text).get("/api/contacts").status_code == 401
    assert browser_client.delete(f"/api/api-keys/{key_id}").status_code == 404


def test_a_suspended_company_has_no_living_keys(browser_client, key, tenant):
    suspend_company(Actor.system(0), tenant_id=tenant.id)
    assert bearing(key).get("/api/contacts").status_code == 401


def test_own_keys_only_unless_one_manages_members(browser_client, seller, key):
    make(seller, rights={"people.see_contacts": "own"}, name="我的")
    assert [row["name"] for row in seller.get("/api/api-keys").json()["items"]] == ["我的"]
    everybody = browser_client.get("/api/api-keys").json()["items"]
    assert {row["member"]["name"] for row in everybody} == {"管理员", "王芳"}
    others = next(row["id"] for row in everybody if row["name"] == "数据仓库")
    assert seller.delete(f"/api/api-keys/{others}").status_code == 404


def test_another_tenants_keys_are_not_there(key, browser_client):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        create_administrator(
            Actor.system(other.id), name="别人", email=f"x{other.id}@cove.test", password="another-shore-99"
        )
    client = Client()
    client.post(
        "/api/session",
        {"email": f"x{other.id}@cove.test", "password": "another-shore-99"},
        content_type="application/json",
    )
    mine = browser_client.get("/api/api-keys").json()["items"][0]["id"]
    assert client.get("/api/api-keys").json()["items"] == []
    assert client.delete(f"/api/api-keys/{mine}").status_code == 404


def test_its_last_use_is_noted_at_most_once_a_minute(browser_client, key):
    used = lambda: ApiKey.objects.get().last_used_at  # noqa: E731
    bearing(key).get("/api/contacts")
    first = used()
    assert first is not None
    bearing(key).get("/api/contacts")
    assert used() == first
    with clock.shifted(timedelta(seconds=61)):
        bearing(key).get("/api/contacts")
        assert used() > first


def test_keys_do_not_reach_the_log(browser_client, key, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as lines:
        bearing(key).get("/api/contacts")
        bearing(f"{key}x").get("/api/contacts")
    assert key not in str(lines) + caplog.text + "".join(capfd.readouterr())


def test_the_list_of_keys_costs_the_same_for_one_and_for_many(browser_client, key, django_assert_num_queries):
    for number in range(20):
        make(browser_client, name=f"密钥 {number}")
    with django_assert_num_queries(8):
        assert len(browser_client.get("/api/api-keys?limit=20").json()["items"]) == 20


def test_the_document_names_both_ways_in():
    from cove.edge.console.api import api

    document = api.get_openapi_schema(path_prefix="/api/")
    schemes = document["components"]["securitySchemes"]
    assert {(scheme["type"], scheme.get("scheme")) for scheme in schemes.values()} == {
        ("http", "bearer"),
        ("apiKey", None),
    }
    assert len(document["paths"]["/api/contacts"]["get"]["security"]) == 2

"""The installation's owner and his companies, through the front door."""

from __future__ import annotations

from itertools import count

import pytest
from django.test import Client

from cove.directory.org import facade as org
from cove.kernel.actor import Actor

_numbers = count(1)
PATH = "/api/installation/tenants"


@pytest.fixture
def owner_client(browser_client, administrator, actor):
    """The administrator's browser, he being an owner of the installation."""
    org.set_owner(actor, member_id=administrator.id, owner=True)
    return browser_client


def body(**changes):
    number = next(_numbers)
    return {
        "name": f"云岫家居 {number} 号",
        "slug": f"yunxiu-{number}",
        "timezone": "Asia/Shanghai",
        "administrator": "陈雨晴",
        "email": f"chen{number}@yunxiu.test",
    } | changes


def post(client, path, document=None):
    return client.post(path, document or {}, content_type="application/json")


def sign_in(email, password):
    client = Client(headers={"accept-language": "en"})
    return client, post(client, "/api/session", {"email": email, "password": password})


def test_a_company_is_made_with_an_administrator_who_can_sign_in(owner_client):
    wanted = body()
    made = post(owner_client, PATH, wanted)
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["company"]["slug"] == wanted["slug"]
    client, answer = sign_in(wanted["email"], told["password"])
    assert answer.json()["tenant"]["name"] == wanted["name"]
    assert "org.manage_installation" not in answer.json()["operations"]
    assert client.get("/api/contacts").json()["items"] == []
    detail = owner_client.get(f"{PATH}/{told['company']['id']}").json()
    assert (detail["members"], detail["contacts"], detail["contacts_exact"]) == (1, 0, True)
    assert detail["last_active_at"] is not None
    assert told["password"] not in owner_client.get(PATH + "?limit=200").content.decode()


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"name": " "}, 422, "name"),
        ({"slug": "Ab"}, 422, "slug"),
        ({"slug": "-abc"}, 422, "slug"),
        ({"slug": "有空 格"}, 422, "slug"),
        ({"timezone": "Mars/Base"}, 422, "timezone"),
        ({"administrator": ""}, 422, "administrator"),
        ({"email": "nobody"}, 422, "email"),
    ],
)
def test_wrong_input_names_its_field(owner_client, change, status, field):
    answer = post(owner_client, PATH, body(**change))
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (status, [field])


def test_duplicates_are_refused_by_name(owner_client):
    first = body()
    assert post(owner_client, PATH, first).status_code == 201
    same_slug = post(owner_client, PATH, body(slug=first["slug"].upper()))
    assert (same_slug.status_code, same_slug.json()["error"]["code"]) == (409, "org.slug_taken")
    same_name = post(owner_client, PATH, body(name=first["name"]))
    assert (same_name.status_code, same_name.json()["error"]["code"]) == (409, "org.company_exists")


def test_renaming(owner_client):
    made = post(owner_client, PATH, body()).json()["company"]
    other = post(owner_client, PATH, body()).json()["company"]
    patch = lambda **change: owner_client.patch(  # noqa: E731
        f"{PATH}/{made['id']}", {"name": made["name"], "slug": made["slug"]} | change, content_type="application/json"
    )
    renamed = patch(name=f"{made['name']} 改", slug=f"{made['slug']}-new")
    assert (renamed.status_code, renamed.json()["slug"]) == (200, f"{made['slug']}-new")
    assert patch(slug=other["slug"]).status_code == 409
    assert patch(name=other["name"]).status_code == 409
    assert patch(slug="").status_code == 422


def test_a_suspended_company_lets_nobody_in_until_it_is_resumed(owner_client):
    wanted = body()
    made = post(owner_client, PATH, wanted).json()
    password, path = made["password"], f"{PATH}/{made['company']['id']}"
    client, _ = sign_in(wanted["email"], password)
    assert client.get("/api/contacts").status_code == 200
    assert post(owner_client, f"{path}/suspend").json()["suspended_at"] is not None
    assert client.get("/api/contacts").status_code == 401
    refused = sign_in(wanted["email"], password)[1]
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "org.suspended")
    # A guess is told nothing of it.
    assert sign_in(wanted["email"], "guess")[1].json()["error"]["code"] == "org.wrong_credentials"
    assert post(owner_client, f"{path}/suspend").status_code == 200
    assert post(owner_client, f"{path}/resume").json()["suspended_at"] is None
    assert sign_in(wanted["email"], password)[1].status_code == 200


def test_nobody_locks_himself_out(owner_client, tenant):
    answer = post(owner_client, f"{PATH}/{tenant.id}/suspend")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "org.own_company")


def test_other_administrators_find_nothing_here(browser_client, tenant):
    assert "org.manage_installation" not in browser_client.get("/api/session").json()["operations"]
    for method, path in [
        ("get", PATH),
        ("post", PATH),
        ("get", f"{PATH}/{tenant.id}"),
        ("patch", f"{PATH}/{tenant.id}"),
        ("post", f"{PATH}/{tenant.id}/suspend"),
        ("post", f"{PATH}/{tenant.id}/resume"),
    ]:
        answer = getattr(browser_client, method)(path, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "cove.forbidden")


def test_an_owners_key_is_no_owner(owner_client, administrator):
    assert "org.manage_installation" in owner_client.get("/api/session").json()["operations"]
    text = post(owner_client, "/api/api-keys", {"name": "x", "rights": {"org.see_members": "all"}}).json()["text"]
    program = Client(headers={"authorization": f"Bearer {text}"})
    assert program.get(PATH).status_code == 403


def test_the_right_goes_with_the_flag(owner_client, administrator, actor):
    assert owner_client.get(PATH).status_code == 200
    org.set_owner(actor, member_id=administrator.id, owner=False)
    assert owner_client.get(PATH).status_code == 403


def test_unknown_companies(owner_client):
    assert owner_client.get(f"{PATH}/999999999").status_code == 404
    assert post(owner_client, f"{PATH}/999999999/suspend").status_code == 404


def test_the_list_goes_on_page_by_page_and_costs_the_same(owner_client, django_assert_num_queries):
    slugs = [post(owner_client, PATH, body()).json()["company"]["slug"] for _ in range(3)]
    with django_assert_num_queries(8):
        first = owner_client.get(PATH, {"limit": 1}).json()
    with django_assert_num_queries(8):
        everything = owner_client.get(PATH, {"limit": 200}).json()
    assert len(first["items"]) == 1
    assert first["next_cursor"]
    found = [row["slug"] for row in everything["items"]]
    while everything["next_cursor"]:
        everything = owner_client.get(PATH, {"limit": 200, "cursor": everything["next_cursor"]}).json()
        found += [row["slug"] for row in everything["items"]]
    assert set(slugs) <= set(found)
    assert len(found) == len(set(found))
    second = owner_client.get(PATH, {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert second["items"][0]["id"] > first["items"][0]["id"]
    assert owner_client.get(PATH, {"cursor": "nonsense"}).status_code == 422
    found = owner_client.get(PATH, {"search": slugs[1]}).json()["items"]
    assert [row["slug"] for row in found] == [slugs[1]]


def test_ones_own_company(browser_client, actor, tenant):
    put = lambda **change: browser_client.put(  # noqa: E731
        "/api/company",
        {"name": "云岫", "slug": f"own-{tenant.id}", "timezone": "Asia/Tokyo"} | change,
        content_type="application/json",
    )
    assert browser_client.get("/api/company").json()["slug"] == tenant.slug
    assert put().json() == {
        "name": "云岫",
        "slug": f"own-{tenant.id}",
        "timezone": "Asia/Tokyo",
        "sign_in_url": f"http://127.0.0.1:8000/?company=own-{tenant.id}",
    }
    assert browser_client.get("/api/session").json()["tenant"]["timezone"] == "Asia/Tokyo"
    assert org.tenant_by_slug(f"own-{tenant.id}").id == tenant.id
    other = org.create_tenant(name="另一家")
    assert put(slug=other.slug).json()["error"]["code"] == "org.slug_taken"
    assert put(timezone="Mars/Base").status_code == 422
    assert org.tenant(Actor.system(other.id)).name == "另一家"

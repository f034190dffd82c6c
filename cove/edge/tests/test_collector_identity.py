"""Whose an event is: rule 2 and 3 of docs/identity.md at the door."""

from __future__ import annotations

import pytest

from cove.kernel.ids import visitor_id

from .reading import logged, logged_within
from .sources import AS_SERVER, BROWSER, ENGLISH, SITE, event, put_source, signed


@pytest.fixture(autouse=True)
def source(tenant, posts):
    put_source(posts, tenant)


async def only(tenant):
    [(kind, payload)] = await logged_within(tenant.id, 1)
    return kind, payload


async def test_a_bare_user_id_is_a_property_and_nobodys_number(edge, tenant):
    answer = await edge.post("/collect/track", json=event(event="buy", user_id="u7", properties={"a": 1}))
    assert answer.json()["notes"][0]["code"] == "collector.claimed_user"
    _, payload = await only(tenant)
    assert payload["visitor_id"] == visitor_id(tenant.id, BROWSER)
    assert payload["properties"] == {"a": 1, "$claimed_user_id": "u7"}


async def test_a_signed_user_is_a_visitor_of_his_own(edge, tenant):
    answer = await edge.post("/collect/track", json=event(event="buy", user_id="u7", signature=signed("u7").upper()))
    assert answer.json()["notes"] == []
    _, payload = await only(tenant)
    assert payload["visitor_id"] == visitor_id(tenant.id, "user:u7")
    assert payload["properties"] == {}


async def test_a_wrong_signature_is_told_and_proves_nothing(edge, tenant):
    for number, signature in enumerate((signed("u8"), "é", "00")):
        body = event(message_id=f"m{number}", event="buy", user_id="u7", signature=signature)
        answer = await edge.post("/collect/track", json=body, headers=ENGLISH)
        assert answer.json()["notes"][0]["code"] == "collector.bad_signature"
    for _, payload in await logged_within(tenant.id, 3):
        assert payload["visitor_id"] == visitor_id(tenant.id, BROWSER)


async def test_a_server_needs_no_browser_and_is_believed(edge, tenant):
    body = {"message_id": "m1", "event": "paid", "user_id": "u7", "properties": {"amount": 9.5}}
    answer = await edge.post("/collect/track", json=body, headers=AS_SERVER)
    assert answer.status_code == 200
    _, payload = await only(tenant)
    assert payload["visitor_id"] == visitor_id(tenant.id, "user:u7")
    assert (payload["suspicion"], payload["suspicion_reasons"]) == (0, [])


async def test_without_a_browser_or_a_proven_user_nobody_is_meant(edge, tenant):
    body = event(event="buy", user_id="u7")
    del body["anonymous_id"]
    answer = await edge.post("/collect/track", json=body)
    assert set(answer.json()["error"]["fields"]) == {"anonymous_id"}
    assert (await edge.post("/collect/track", json={"event": "x"}, headers=AS_SERVER)).status_code == 400
    assert logged(tenant.id) == []


async def test_no_browser_may_take_a_users_name(edge, tenant):
    """Otherwise whoever knows a user's id could write into his timeline."""
    answer = await edge.post("/collect/track", json=event(event="buy", anonymous_id="user:u7xyz"))
    assert "user:" in answer.json()["error"]["fields"]["anonymous_id"]
    assert logged(tenant.id) == []


@pytest.mark.parametrize(
    ("given", "proof"),
    [({}, "none"), ({"signature": signed("u7")}, "signature"), ({"signature": signed("u8")}, "none")],
)
async def test_identify_says_by_what_it_is_proven(edge, tenant, given, proof):
    body = event(user_id="u7", traits={"name": "林夏", "plan": "pro"}, **given)
    assert (await edge.post("/collect/identify", json=body)).status_code == 200
    kind, payload = await only(tenant)
    assert kind == "tracking.visitor_identified"
    assert (payload["user_id"], payload["proof"]) == ("u7", proof)
    assert payload["visitor_id"] == visitor_id(tenant.id, BROWSER)
    assert payload["user_visitor"] == visitor_id(tenant.id, "user:u7")
    assert payload["traits"] == {"name": "林夏", "plan": "pro"}


async def test_identify_by_a_server_without_a_browser_is_of_the_user(edge, tenant):
    answer = await edge.post("/collect/identify", json={"user_id": "u7"}, headers=AS_SERVER)
    assert answer.status_code == 200
    _, payload = await only(tenant)
    assert payload["visitor_id"] == payload["user_visitor"] == visitor_id(tenant.id, "user:u7")
    assert payload["proof"] == "server"


async def test_who_acts_for_an_account_is_told_with_its_proof(edge, tenant):
    """Not only where he joins it: each event for an account says whose word it is."""
    body = event(user_id="u7", group_id="acme")
    await edge.post("/collect/group", json=body | {"message_id": "a"})
    await edge.post("/collect/group", json=body | {"message_id": "b", "signature": signed("u7")})
    by_server = {"anonymous_id": BROWSER, "event": "buy", "account": "acme", "message_id": "c"}
    await edge.post("/collect/track", json=by_server, headers=AS_SERVER)
    found = await logged_within(tenant.id, 3)
    assert [(payload["account"], payload["proof"]) for _, payload in found] == [
        ("acme", proof) for proof in ("none", "signature", "server")
    ]


async def test_an_alias_is_proven_by_a_signature_over_both_names(edge, tenant):
    """With one name's signature anybody could otherwise join a stranger's name to his own."""
    body = event(user_id="u7", previous_id="old7")
    await edge.post("/collect/alias", json=body | {"message_id": "a", "signature": signed("u7")})
    await edge.post("/collect/alias", json=body | {"message_id": "b", "signature": signed("u7\nold7")})
    await edge.post("/collect/alias", json={"message_id": "c", "user_id": "u7", "previous_id": "o"}, headers=AS_SERVER)
    found = await logged_within(tenant.id, 3)
    assert [(kind, payload["proof"]) for kind, payload in found] == [
        ("tracking.identity_aliased", proof) for proof in ("none", "signature", "server")
    ]
    assert found[1][1]["user_visitor"] == visitor_id(tenant.id, "user:u7")
    assert found[1][1]["previous_visitor"] == visitor_id(tenant.id, "user:old7")


async def test_a_line_break_cannot_be_smuggled_into_a_signed_name(edge, tenant):
    body = event(user_id="u7\nold7", signature=signed("u7\nold7"))
    answer = await edge.post("/collect/identify", json=body)
    assert set(answer.json()["error"]["fields"]) == {"user_id"}


async def test_a_group_is_the_account_he_acts_for(edge, tenant):
    body = event(group_id="acme", traits={"name": "Acme", "seats": 40}, user_id="u7", signature=signed("u7"))
    await edge.post("/collect/group", json=body)
    kind, payload = await only(tenant)
    assert kind == "tracking.account_joined"
    assert (payload["account"], payload["traits"]) == ("acme", {"name": "Acme", "seats": 40})
    assert payload["visitor_id"] == visitor_id(tenant.id, "user:u7")


@pytest.mark.parametrize(
    ("door", "missing"),
    [
        ("identify", {"user_id"}),
        ("alias", {"user_id", "previous_id"}),
        ("group", {"group_id"}),
        ("track", {"event"}),
        ("page", {"url"}),
    ],
)
async def test_what_a_type_must_have_is_named(edge, tenant, door, missing):
    answer = await edge.post(f"/collect/{door}", json=event())
    assert set(answer.json()["error"]["fields"]) == missing


async def test_a_server_key_has_no_business_in_a_page(edge, tenant):
    body = {"event": "x", "user_id": "u7"}
    answer = await edge.post("/collect/track", json=body, headers=AS_SERVER | {"origin": SITE})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "collector.server_key_in_page")
    unknown = await edge.post("/collect/track", json=body, headers={"authorization": "Bearer sk_2"})
    assert unknown.json()["error"]["code"] == "collector.unknown_key"


async def test_a_source_of_servers_takes_its_server_key_only(edge, tenant, posts):
    put_source(posts, tenant, kind="server")
    refused = await edge.post("/collect/track", json=event(event="x"))
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "collector.server_key_needed")
    assert (await edge.post("/collect/track", json=event(event="x"), headers=AS_SERVER)).status_code == 401
    body = {"event": "x", "user_id": "u7"}
    assert (await edge.post("/collect/track", json=body, headers=AS_SERVER)).status_code == 200
    _, payload = await only(tenant)
    assert payload["source"] == "server"


async def test_a_secret_of_another_installation_proves_nothing(edge, tenant, posts):
    key = ("write_key", "wk_1")
    posts[key].document["signing_secret"] = "gAAAAA-not-ours"
    answer = await edge.post("/collect/identify", json=event(user_id="u7", signature=signed("u7")))
    assert answer.status_code == 200
    _, payload = await only(tenant)
    assert payload["proof"] == "none"

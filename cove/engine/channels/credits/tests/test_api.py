"""Credits through the front door: a company sees its own, the installation's owner changes everybody's."""

from __future__ import annotations

import pytest

from cove.directory.org import facade as org
from cove.directory.org.facade import create_tenant
from cove.engine.channels.credits.commands.accounts import set_terms, top_up
from cove.engine.channels.credits.contracts import Terms


@pytest.fixture
def owner_client(browser_client, administrator, actor):
    """The administrator's browser, he being an owner of the installation."""
    org.set_owner(actor, member_id=administrator.id, owner=True)
    return browser_client


def send(client, method, path, body):
    return getattr(client, method)(path, body, content_type="application/json")


def by_tariff(rows):
    return {row["tariff"]: row for row in rows}


def test_a_company_sees_what_is_left_and_where_it_went(browser_client, actor):
    assert {row["opened"] for row in browser_client.get("/api/credits").json()} == {False}
    set_terms(actor, tariff="sms", terms=Terms(opened=True, warn_below=10, most_a_day=50))
    for number in range(3):
        top_up(actor, tariff="sms", amount=100 + number, note="季度包")
    found = by_tariff(browser_client.get("/api/credits").json())
    assert (found["sms"]["left"], found["sms"]["warn_below"], found["sms"]["most_a_day"]) == (303, 10, 50)
    assert not found["email"]["opened"]
    page = browser_client.get("/api/credits/sms/movements?limit=2").json()
    assert [(row["what"], row["amount"], row["note"]) for row in page["items"]] == [
        ("granted", 102, "季度包"),
        ("granted", 101, "季度包"),
    ]
    rest = browser_client.get("/api/credits/sms/movements", {"limit": 2, "cursor": page["next_cursor"]}).json()
    assert ([row["amount"] for row in rest["items"]], rest["next_cursor"]) == ([100], None)
    assert browser_client.get("/api/credits/none/movements").status_code == 404


def test_an_owner_of_the_installation_puts_in_once(owner_client):
    other = create_tenant(name="额度客户")
    path = f"/api/installation/tenants/{other.id}/credits"
    body = {"amount": 1_000, "note": "合同 7", "key": "order-00001"}
    refused = send(owner_client, "post", f"{path}/sms/top-ups", body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "credits.not_opened")
    assert send(owner_client, "put", f"{path}/sms", {"opened": True, "warn_below": 100}).status_code == 200
    for _ in range(2):
        told = send(owner_client, "post", f"{path}/sms/top-ups", body)
        assert by_tariff(told.json())["sms"]["left"] == 1_000
    less = send(owner_client, "post", f"{path}/sms/top-ups", {"amount": -1_001, "key": "order-00002"})
    assert (less.status_code, less.json()["error"]["code"]) == (409, "credits.more_than_left")
    assert send(owner_client, "put", f"{path}/owl", {"opened": True}).status_code == 404
    assert by_tariff(owner_client.get("/api/credits").json())["sms"]["opened"] is False
    assert owner_client.get(f"/api/installation/tenants/{2**40}/credits").status_code == 404

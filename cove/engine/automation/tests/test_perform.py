from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.people.commands.contacts import admit_contact
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.contracts import Identity
from cove.directory.people.models import ContactTag
from cove.engine.automation import facade
from cove.engine.automation.contracts import ActionCall
from cove.engine.automation.models import Act
from cove.kernel.actor import Actor, Link
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.scope import tenant_scope


@pytest.fixture
def contact(actor):
    return admit_contact(actor, identity=Identity("user", "a"), source="web")[0]


@pytest.fixture
def tag(actor):
    group = create_tag_group(actor, name="来源", library="sales")
    return create_tag(actor, group_id=group.id, name="展会")


def tagging(tag_id):
    return ActionCall("people.tag_contact", {"add": [tag_id], "source": "live_code"})


def note(text):
    return ActionCall("people.write_note", {"text": text})


def notes(contact):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payload->>'text' FROM log_fact WHERE kind = 'people.note_written' AND contact_id = %s ORDER BY position",
            [contact.id],
        )
        return [row[0] for row in cursor.fetchall()]


def test_each_call_is_done_once_for_its_occasion(actor, contact, tag):
    calls = [tagging(tag.id), note("你好")]
    first = facade.perform(actor, contact_id=contact.id, calls=calls, once_key="scan:1")
    second = facade.perform(actor, contact_id=contact.id, calls=calls, once_key="scan:1")
    assert [(one.state, one.again) for one in first] == [("done", False), ("done", False)]
    assert [(one.state, one.again) for one in second] == [("done", True), ("done", True)]
    assert notes(contact) == ["你好"]
    assert ContactTag.objects.get(contact=contact).source == "live_code"
    facade.perform(actor, contact_id=contact.id, calls=[note("再见")], once_key="scan:2")
    assert notes(contact) == ["你好", "再见"]


def test_what_is_refused_is_noted_and_the_rest_goes_on(actor, contact):
    calls = [tagging(10**9), ActionCall("people.fly", {}), ActionCall("people.write_note", {"txt": 1}), note("ok")]
    outcomes = facade.perform(actor, contact_id=contact.id, calls=calls, once_key="k", on_behalf="展会活码")
    assert [one.reason for one in outcomes] == [
        "people.unknown_tag",
        "automation.unknown_action",
        "automation.invalid_params",
        "",
    ]
    assert notes(contact) == ["ok"]
    refused = Act.objects.get(once_key="k#2")
    assert refused.reason["en"] == "The action is not set up rightly (text, txt); set it up again"
    assert refused.on_behalf == "展会活码"


def test_a_right_that_is_lacking_is_a_reason(actor, contact, tag):
    clerk = Actor(
        tenant_id=actor.tenant_id, kind="member", rights={"automation.perform": "all", "people.see_contacts": "all"}
    )
    [outcome] = facade.perform(clerk, contact_id=contact.id, calls=[tagging(tag.id)], once_key="k")
    assert outcome.reason == "cove.forbidden"
    with pytest.raises(Forbidden):
        facade.perform(Actor(tenant_id=actor.tenant_id, kind="member"), contact_id=contact.id, calls=[], once_key="k2")


def test_an_undone_occasion_leaves_nothing_behind(actor, contact):
    with transaction.atomic():
        facade.perform(actor, contact_id=contact.id, calls=[note("x")], once_key="k")
        transaction.set_rollback(True)
    assert notes(contact) == []
    assert [one.again for one in facade.perform(actor, contact_id=contact.id, calls=[note("x")], once_key="k")] == [
        False
    ]


def test_ten_at_once_act_once(actor, contact):
    def perform(_):
        try:
            return facade.perform(actor, contact_id=contact.id, calls=[note("x")], once_key="k")[0].again
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        again = list(pool.map(perform, range(10)))
    assert sorted(again) == [False] + [True] * 9
    assert notes(contact) == ["x"]


def test_a_contact_of_another_tenant_is_nobody(actor, contact):
    other = Actor.system(create_tenant(name="别家").id)
    with tenant_scope(other.tenant_id), pytest.raises(NotFound):
        facade.perform(other, contact_id=contact.id, calls=[], once_key="k")


def test_why_is_answered(browser_client, actor, contact):
    chain = (Link(fact=7, kind="people.contact_admitted", rule="business.live_codes.greet"),)
    calls = [note("x"), ActionCall("people.fly", {})]
    because = Actor.system(actor.tenant_id, chain=chain)
    facade.perform(because, contact_id=contact.id, calls=calls, once_key="k", on_behalf="展会")
    answer = browser_client.get(f"/api/automation/acts?contact_id={contact.id}").json()
    assert answer["total"] == 2
    by_action = {one["action"]: one for one in answer["items"]}
    assert by_action["people.write_note"]["state"] == "done"
    assert by_action["people.write_note"]["cause"] == {
        "kind": "people.contact_admitted",
        "label": "Became a contact",
        "rule": "business.live_codes.greet",
        "on_behalf": "展会",
    }
    assert by_action["people.fly"]["reason"]["text"] == "There is no action “people.fly”; choose another"
    first = browser_client.get(f"/api/automation/acts?contact_id={contact.id}&limit=1").json()
    rest = browser_client.get(f"/api/automation/acts?contact_id={contact.id}&cursor={first['next_cursor']}").json()
    assert {one["id"] for one in first["items"] + rest["items"]} == {one["id"] for one in answer["items"]}
    assert browser_client.get("/api/automation/acts?contact_id=999999999").status_code == 404


def test_the_catalogue_of_actions(browser_client):
    items = {one["key"]: one for one in browser_client.get("/api/automation/actions").json()["items"]}
    assert items["people.tag_contact"]["operation"] == "people.tag_contact"
    assert "add" in items["people.tag_contact"]["params"]["properties"]

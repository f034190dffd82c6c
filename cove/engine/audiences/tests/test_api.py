from __future__ import annotations

from cove.engine.audiences.tests.cases import VIP, filled, has
from cove.engine.audiences.tests.people import make_world


def post(client, rule):
    return client.post("/api/audiences/preview", {"rule": rule}, content_type="application/json")


def test_the_catalogue_feeds_a_rule_builder(browser_client):
    items = {one["field"]: one for one in browser_client.get("/api/audiences/conditions").json()["items"]}
    assert items["people.tag"]["picker"] == "tag"
    assert [one["key"] for one in items["people.tag"]["operators"]] == ["has", "has_all", "has_none"]
    assert {"value": "live_code", "label": "Live code"} in items["people.source"]["choices"]


def test_a_preview_counts_and_names(browser_client, actor):
    world = make_world(actor)
    answer = post(browser_client, filled({"not": VIP}, world)).json()
    assert (answer["count"], answer["exact"]) == (4, True)
    assert answer["sample"] == ["O'Neil \\ {x}", "", "100% Dan_y", "李四"]
    assert answer["words"] == "not (Tags has any of “vip”)"


def test_a_faulty_rule_is_told_by_path(browser_client):
    answer = post(browser_client, {"all": [has("people.tag", "has", "vip")]})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "audiences.invalid_rule"
    assert error["fields"] == {"rule.all.0.value": "Choose 1 to 500 (a list of ids)"}


def test_without_the_right_nothing_is_counted(browser_client, administrator):
    from cove.directory.org.models import Role

    role = Role.objects.get(grants__member_id=administrator.id)
    role.everything, role.rights = False, {"people.see_contacts": "all"}
    role.save()
    assert post(browser_client, {"all": []}).status_code == 403

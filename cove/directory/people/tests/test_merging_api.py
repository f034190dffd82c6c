"""The console's doors to merging: preview, merge, undo, suspected duplicates, and who may."""

from __future__ import annotations

import pytest
from django.test import Client

from cove.business.live_codes.commands.codes import create_code
from cove.business.live_codes.models import CodeFriendship
from cove.directory.org.models import Member, Role
from cove.directory.people import facade as people
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.tags import create_tag, create_tag_group, tag_contact
from cove.directory.people.contracts import Identity, Profile
from cove.engine.audiences import facade as audiences
from cove.kernel import clock

# As the list of contacts (7), and the pairs with their count.
LIST_DUPLICATES_QUERIES = 9


@pytest.fixture
def pair(actor, administrator):
    found = []
    for name, phone in (("李雷", "13800001234"), ("雷", "138 0000 1234")):
        card, _ = people.admit_contact(
            actor,
            identity=Identity("user", name),
            source="web",
            profile=Profile(name=name, company_name="海湾"[: len(found) * 2]),
        )
        people.begin_ownership(actor, contact_id=card.id, member_id=administrator.id, since=clock.now())
        change_contact(actor, contact_id=card.id, changes={"phone": phone})
        found.append(card.id)
    return found


def post(client: Client, address, body=None):
    return client.post(address, body or {}, content_type="application/json")


def test_from_the_suspicion_to_the_merge_and_back(browser_client, actor, pair):
    li, lei = pair
    group = create_tag_group(actor, name="意向", library="sales")
    tag_contact(actor, contact_id=lei, add=[create_tag(actor, group_id=group.id, name="高").id])
    [told] = browser_client.get("/api/contact-duplicates").json()["items"]
    assert {told["one"]["id"], told["other"]["id"]} == set(pair)
    assert [(one["kind"], one["label"], one["value"]) for one in told["reasons"]] == [
        ("phone", "Same phone", "138 0000 1234")
    ]
    assert browser_client.get(f"/api/contacts/{li}").json()["duplicates"] == 1

    preview = browser_client.get(f"/api/contacts/{li}/merge-preview?merged_id={lei}").json()
    assert (preview["stays"]["id"], preview["merged"]["id"]) == (li, lei)
    assert [one["name"] for one in preview["adds"]["tags"]] == ["高"]
    assert [(one["key"], one["value"]) for one in preview["adds"]["fields"]] == [("company_name", "海湾")]
    assert preview["adds"]["owners"] == []

    made = post(browser_client, f"/api/contacts/{li}/merges", {"merged_id": lei})
    assert (made.status_code, made.json()["stays_id"]) == (201, li)
    # Whoever has an old address open is led on.
    page = browser_client.get(f"/api/contacts/{lei}").json()
    assert (page["id"], page["company_name"], page["duplicates"]) == (li, "海湾", 0)
    assert [(one["id"], one["name"], one["into"]) for one in page["merged"]] == [(lei, "雷", None)]
    assert {one["value"] for one in page["identities"]} == {"李雷", "雷"}
    assert browser_client.get("/api/contact-duplicates").json()["items"] == []
    again = post(browser_client, f"/api/contacts/{lei}/merges", {"merged_id": li})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "people.already_one")
    assert browser_client.get(f"/api/contacts/{li}/merge-preview?merged_id={lei}").status_code == 409

    change_contact(actor, contact_id=li, changes={"company_name": "新公司"})
    undone = post(browser_client, f"/api/contact-merges/{made.json()['id']}/undo").json()
    assert undone == {"stays_id": li, "contact_id": lei, "kept": ["Company"]}
    assert browser_client.get(f"/api/contacts/{lei}").json()["id"] == lei
    over = post(browser_client, f"/api/contact-merges/{made.json()['id']}/undo")
    assert (over.status_code, over.json()["error"]["code"]) == (409, "people.merge_over")
    assert len(browser_client.get("/api/contact-duplicates").json()["items"]) == 1

    assert post(browser_client, f"/api/contact-duplicates/{told['id']}/different").status_code == 204
    assert browser_client.get("/api/contact-duplicates").json()["items"] == []
    assert post(browser_client, f"/api/contact-duplicates/{told['id']}/different").status_code == 404


def test_a_list_of_pairs_costs_the_same_for_one_and_for_many(browser_client, actor, pair, django_assert_num_queries):
    for number in range(3):
        card, _ = people.admit_contact(actor, identity=Identity("user", f"u{number}"), source="web")
        change_contact(actor, contact_id=card.id, changes={"phone": "13800001234"})
    for limit in (1, 50):
        with django_assert_num_queries(LIST_DUPLICATES_QUERIES):
            browser_client.get(f"/api/contact-duplicates?limit={limit}")


@pytest.mark.parametrize("merged_id", ["", "0", "x", "-1", 10**30])
def test_bad_numbers_are_refused_by_name(browser_client, pair, merged_id):
    assert browser_client.get(f"/api/contacts/{pair[0]}/merge-preview?merged_id={merged_id}").status_code == 422
    assert post(browser_client, f"/api/contacts/{pair[0]}/merges", {"merged_id": merged_id}).status_code == 422


def test_whoever_follows_only_one_of_them_knows_nothing_of_the_other(browser_client, actor, administrator, pair):
    li, lei = pair
    colleague = Member.objects.create(name="小王", wecom_userid="wang")
    people.begin_ownership(actor, contact_id=lei, member_id=colleague.id, since=clock.now())
    people.end_ownership(actor, contact_id=lei, member_id=administrator.id, until=clock.now())
    role = Role.objects.get(grants__member=administrator)
    role.everything, role.rights = False, {"people.merge_contacts": "own"}
    role.save()
    assert browser_client.get("/api/contact-duplicates").json()["items"] == []
    assert browser_client.get(f"/api/contacts/{li}").json()["duplicates"] == 0
    assert browser_client.get(f"/api/contacts/{li}/merge-preview?merged_id={lei}").status_code == 404
    assert post(browser_client, f"/api/contacts/{li}/merges", {"merged_id": lei}).status_code == 404
    # Masked, too: who may merge does not thereby see phones.
    people.begin_ownership(actor, contact_id=lei, member_id=administrator.id, since=clock.now())
    [told] = browser_client.get("/api/contact-duplicates").json()["items"]
    assert (told["reasons"][0]["value"], told["one"]["phone"]) == ("138****1234", "138****1234")
    role.rights = {"people.see_contacts": "all"}
    role.save()
    assert browser_client.get("/api/contact-duplicates").status_code == 403
    page = browser_client.get(f"/api/contacts/{li}").json()
    assert (page["merged"], page["duplicates"]) == ([], 0)
    assert post(browser_client, f"/api/contacts/{li}/merges", {"merged_id": lei}).status_code == 403


def test_who_came_by_a_code_before_he_was_merged_is_found_by_it(browser_client, actor, administrator, pair):
    li, lei = pair
    member = Member.objects.create(name="小王", wecom_userid="wang")
    code = create_code(actor, name="展会码", members={member.id: 1})
    CodeFriendship.objects.create(
        code=code, contact_id=lei, member=member, began_at=clock.now(), began_on=clock.now().date()
    )
    rule = {"field": "live_codes.code", "op": "has", "value": [code.id]}
    assert set(audiences.contacts_matching(actor, rule)) == {lei}
    post(browser_client, f"/api/contacts/{li}/merges", {"merged_id": lei})
    assert set(audiences.contacts_matching(actor, rule)) == {li}
    assert audiences.matches(actor, rule, li) is True
    assert set(audiences.contacts_matching(actor, {"not": rule})) == set()

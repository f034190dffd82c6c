"""The console's doors to contacts and tags."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.models import Role
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, Tag
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
# The session as steward (five statements), roles, contacts, their tags (two), their owners with members, count.
LIST_CONTACTS_QUERIES = 7


@pytest.fixture
def crowd(actor, administrator):
    """Twelve contacts a minute apart: every third has lost his owner, every fourth came by the live code 7."""
    ids = []
    for number in range(12):
        card, _ = people.admit_contact(
            actor,
            identity=Identity("wecom_external", f"wm{number}"),
            source="wecom",
            at=NOON + timedelta(minutes=number),
            profile=Profile(name=f"客户{number:02}", company_name="海湾科技" if number % 2 else ""),
        )
        whom = {"contact_id": card.id, "member_id": administrator.id}
        people.begin_ownership(actor, **whom, since=NOON)
        if number % 3 == 0:
            people.end_ownership(actor, **whom, until=NOON)
        if number % 4 == 0:
            people.set_source(actor, contact_id=card.id, source="live_code", detail="展会码", ref=7)
        ids.append(card.id)
    return ids


def send(client, method, address, body):
    return getattr(client, method)(address, body, content_type="application/json")


def names(client, query):
    answer = client.get(f"/api/contacts?{query}")
    assert answer.status_code == 200, answer.content
    return [one["name"] for one in answer.json()["items"]]


def test_lists_are_narrowed(browser_client, crowd, administrator):
    assert len(names(browser_client, "limit=50")) == 12
    assert names(browser_client, "search=客户07") == ["客户07"]
    assert len(names(browser_client, "search=海湾")) == 6
    assert names(browser_client, "state=lost&sort=name") == ["客户00", "客户03", "客户06", "客户09"]
    assert len(names(browser_client, "state=current")) == 8
    assert names(browser_client, "code_id=7&sort=name") == ["客户00", "客户04", "客户08"]
    assert len(names(browser_client, f"owner_id={administrator.id}")) == 8
    assert names(browser_client, "owner_id=999999") == []
    assert len(names(browser_client, "source=wecom")) == 9
    assert names(browser_client, "search=%25") == []


@pytest.mark.parametrize("sort", ["-created_at", "created_at", "name", "-name", "-last_seen_at", "last_seen_at"])
def test_pages_cover_the_list_once_in_every_order(browser_client, crowd, sort):
    seen, cursor = [], ""
    while True:
        page = browser_client.get(f"/api/contacts?limit=5&sort={sort}&cursor={cursor}").json()
        seen += [one["name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == page["total"] == 12
    if "name" in sort or "created" in sort:
        assert seen == sorted(seen, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "query",
    ["sort=secret", "cursor=zzz", "state=gone", "tag_id=x", "search=%00", "search=" + "x" * 101, "cursor=WzEsMl0"],
)
def test_bad_questions_are_refused(browser_client, query):
    assert browser_client.get(f"/api/contacts?{query}").status_code == 422


@pytest.mark.parametrize("number", ["0", "-1", "999999999", "9" * 30])
def test_unknown_contacts_are_not_found(browser_client, number):
    for address in (
        f"/api/contacts/{number}",
        f"/api/contacts/{number}/timeline",
        f"/api/contacts/{number}/first-touch",
    ):
        assert browser_client.get(address).status_code == 404, address
    assert send(browser_client, "post", f"/api/contacts/{number}/notes", {"text": "x"}).status_code == 404
    assert send(browser_client, "put", f"/api/contacts/{number}/tags", {"add": []}).status_code == 404
    assert send(browser_client, "patch", f"/api/contacts/{number}", {"name": "x"}).status_code == 404


def test_a_list_costs_the_same_for_one_and_for_many(browser_client, crowd, actor, django_assert_num_queries):
    group = send(browser_client, "post", "/api/tag-groups", {"name": "意向", "library": "sales"}).json()
    tag = send(browser_client, "post", "/api/tags", {"group_id": group["id"], "name": "高"}).json()
    for contact_id in crowd:
        people.tag_contact(actor, contact_id=contact_id, add=[tag["id"]], source="console")
    for limit in (1, 11):
        with django_assert_num_queries(LIST_CONTACTS_QUERIES):
            browser_client.get(f"/api/contacts?limit={limit}")
    with django_assert_num_queries(LIST_CONTACTS_QUERIES - 1):  # what is on one page is not counted
        assert browser_client.get("/api/contacts?limit=12").json()["total"] == 12


def test_one_contact_with_everything_beside_his_timeline(browser_client, crowd, actor, administrator):
    people.describe_ownership(actor, contact_id=crowd[1], member_id=administrator.id, way=1, remark="展会认识")
    found = browser_client.get(f"/api/contacts/{crowd[1]}").json()
    assert found["identities"] == [{"kind": "wecom_external", "label": "WeCom customer", "value": "wm1"}]
    assert [(one["way_label"], one["remark"], one["until"]) for one in found["ownerships"]] == [
        ("QR code", "展会认识", None)
    ]
    assert (found["previous_id"], found["next_id"], found["lost"]) == (crowd[2], crowd[0], False)
    ends = [browser_client.get(f"/api/contacts/{contact_id}").json() for contact_id in (crowd[0], crowd[-1])]
    assert (ends[0]["next_id"], ends[1]["previous_id"], ends[0]["lost"]) == (None, None, True)


def test_fields_change_and_faults_are_named(browser_client, crowd):
    address = f"/api/contacts/{crowd[0]}"
    changed = send(browser_client, "patch", address, {"phone": "138 0000 1234", "email": "li@cove.test"}).json()
    assert (changed["phone"], changed["email"], changed["name"]) == ("138 0000 1234", "li@cove.test", "客户00")
    for field, value in {
        "phone": "call me",
        "email": "not an address",
        "name": "x" * 65,
        "company_name": 5,
        "position": "a\x00b",
    }.items():
        refused = send(browser_client, "patch", address, {field: value})
        assert refused.status_code == 422, field
        assert refused.json()["error"]["fields"]


def test_phones_are_masked_for_whoever_lacks_the_right(browser_client, crowd, administrator):
    address = f"/api/contacts/{crowd[0]}"
    send(browser_client, "patch", address, {"phone": "13800001234"})
    assert browser_client.get(address).json()["phone"] == "13800001234"
    role = Role.objects.get(grants__member=administrator)
    role.everything, role.rights = False, {"people.see_contacts": "all"}
    role.save()
    assert browser_client.get(address).json()["phone"] == "138****1234"
    role.rights = {}
    role.save()
    assert browser_client.get(address).status_code == 403
    assert browser_client.get("/api/contacts").status_code == 403


def test_tags_are_put_and_taken_once(browser_client, crowd):
    group = send(browser_client, "post", "/api/tag-groups", {"name": "意向", "library": "sales"}).json()
    tags = [
        send(browser_client, "post", "/api/tags", {"group_id": group["id"], "name": name}).json()["id"]
        for name in ("高", "低")
    ]
    address = f"/api/contacts/{crowd[0]}/tags"
    for _ in range(2):
        put = send(browser_client, "put", address, {"add": tags}).json()
    assert [one["name"] for one in put["tags"]] == ["高", "低"]
    assert [one["name"] for one in send(browser_client, "put", address, {"remove": tags[:1]}).json()["tags"]] == ["低"]
    kinds = [one["kind"] for one in browser_client.get(f"/api/contacts/{crowd[0]}/timeline").json()["items"]]
    assert (kinds.count("people.contact_tagged"), kinds.count("people.contact_untagged")) == (1, 1)
    assert names(browser_client, f"tag_id={tags[1]}") == ["客户00"]
    library = browser_client.get("/api/tags").json()["groups"]
    assert [(one["name"], one["contacts"]) for one in library[0]["tags"]] == [("高", 0), ("低", 1)]
    assert send(browser_client, "put", address, {"add": [999_999_999]}).status_code == 422


def test_names_of_tags_are_taken_once(browser_client):
    first = send(browser_client, "post", "/api/tag-groups", {"name": "意向", "library": "sales"})
    assert first.status_code == 201
    assert send(browser_client, "post", "/api/tag-groups", {"name": "意向", "library": "marketing"}).status_code == 201
    again = send(browser_client, "post", "/api/tag-groups", {"name": "意向", "library": "sales"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "people.tag_name_taken")
    assert "意向" in again.json()["error"]["fields"]["name"]
    body = {"group_id": first.json()["id"], "name": "高"}
    assert send(browser_client, "post", "/api/tags", body).status_code == 201
    assert send(browser_client, "post", "/api/tags", body).status_code == 409
    assert send(browser_client, "post", "/api/tags", {**body, "group_id": 999_999_999}).status_code == 404
    for name in ("", "   ", "x" * 31):
        assert send(browser_client, "post", "/api/tags", {**body, "name": name}).status_code == 422, name


def test_notes_need_words(browser_client, crowd):
    address = f"/api/contacts/{crowd[0]}/notes"
    assert send(browser_client, "post", address, {"text": "约了周五 👋"}).status_code == 204
    for text in ("", "   ", "x" * 5001, "a\x00", "\ud800"):
        assert send(browser_client, "post", address, {"text": text}).status_code == 422, repr(text[:9])
    caption = browser_client.get(f"/api/contacts/{crowd[0]}/timeline").json()["items"][0]["caption"]
    assert caption == "约了周五 👋"


def test_contacts_of_another_tenant_do_not_exist(browser_client, crowd, actor):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        theirs = Actor.system(other.id)
        stranger, _ = people.admit_contact(theirs, identity=Identity("wecom_external", "wm0"), source="wecom")
    assert browser_client.get(f"/api/contacts/{stranger.id}").status_code == 404
    assert send(browser_client, "patch", f"/api/contacts/{stranger.id}", {"name": "x"}).status_code == 404
    assert people.contacts_by_id(actor, [stranger.id]) == {}
    # Even a query that forgets its tenant: row-level security.
    assert not Contact.unsealed.filter(id=stranger.id).exists()
    assert not Tag.unsealed.exclude(tenant_id=actor.tenant_id).exists()

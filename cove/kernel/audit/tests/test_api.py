"""The audit log in the console: found, read in words, masked, and each reading of it noted."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.people.commands.contacts import admit_contact, change_contact
from cove.directory.people.commands.tags import create_tag, create_tag_group, tag_contact
from cove.directory.people.contracts import Identity, Profile
from cove.kernel import clock
from cove.kernel.actor import Actor, Link
from cove.kernel.audit.models import AuditEntry
from cove.kernel.audit.noting import note_export, note_reading
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun

LIST_AUDIT_QUERIES = 6
"""Session and rights 2, the page, its count, the names of members and of contacts."""


@pytest.fixture
def contact(actor):
    return admit_contact(actor, identity=Identity("user", "a"), source="web", profile=Profile(name="王芳"))[0]


@pytest.fixture
def auditor(actor, browser_client, administrator):
    """Somebody who may see the log and contacts, but no phone number; signed in."""
    member = Member.objects.create(
        name="审计员", email=f"audit{actor.tenant_id}@cove.test", password=administrator.password
    )
    Member.objects.filter(id=member.id).update(password=Member.objects.get(id=administrator.id).password)
    role = Role.objects.create(
        name="审计", rights={"audit.see": "all", "audit.see_history": "all", "people.see_contacts": "all"}
    )
    RoleGrant.objects.create(member=member, role=role)
    client = Client(headers={"accept-language": "zh-CN"})
    said = {"email": member.email, "password": "harbour-light-42"}
    assert client.post("/api/session", said, content_type="application/json").status_code == 200
    return client


def administrator_actor(member):
    from cove.directory.org.queries.actors import actor_of_member

    return actor_of_member(member)


def listed(client, **asked):
    answer = client.get("/api/audit", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_what_a_member_did_in_the_console_is_told_in_words(browser_client, administrator, contact):
    body = {"phone": "13800000001", "name": "王芳芳"}
    assert browser_client.patch(f"/api/contacts/{contact.id}", body, content_type="application/json").status_code == 200
    entry = listed(browser_client, member_id=administrator.id, operation="people.change_contact")[0]
    assert (entry["label"], entry["outcome"], entry["door"]) == ("Change contacts", "done", "console")
    assert entry["member"] == {"id": administrator.id, "name": "管理员"}
    assert entry["record"] == {
        "kind": "people_contact",
        "label": "Contact",
        "id": contact.id,
        "title": "王芳芳",
        "link": f"/people/contacts/{contact.id}",
    }
    detail = browser_client.get(f"/api/audit/{entry['id']}").json()
    assert (detail["path"], detail["request_id"] != "") == (f"/api/contacts/{contact.id}", True)
    (change,) = detail["changes"]
    assert [(one["label"], one["before"], one["after"]) for one in change["values"]] == [
        ("Name", "王芳", "王芳芳"),
        ("Phone", "", "13800000001"),
    ]


def test_who_may_not_see_a_field_sees_it_masked(auditor, actor, contact):
    change_contact(actor, contact_id=contact.id, changes={"phone": "13800000001"})
    entry = AuditEntry.objects.filter(operation="people.change_contact").last()
    for path in (f"/api/audit/{entry.id}", f"/api/audit/of/people_contact/{contact.id}"):
        answer = auditor.get(path)
        assert "13800000001" not in answer.content.decode()
        assert "138****0001" in answer.content.decode()
    assert "手机号" in str(answer.json())


def test_whoever_sees_a_phone_number_is_noted(browser_client, administrator, actor, contact):
    other, _ = admit_contact(actor, identity=Identity("user", "b"), source="web", profile=Profile(name="李雷"))
    for one in (contact, other):
        change_contact(actor, contact_id=one.id, changes={"phone": "13800000001"})
    browser_client.get(f"/api/contacts/{contact.id}")
    (single,) = listed(browser_client, deed="audit.read")
    assert (single["record"]["id"], single["record_count"], single["member"]["id"]) == (contact.id, 1, administrator.id)
    detail = browser_client.get(f"/api/audit/{single['id']}").json()
    assert {"label": "Fields", "value": "Phone"} in detail["details"]
    # Reading the log shows the number again, and that is noted, too.
    changed = listed(browser_client, operation="people.change_contact")[0]
    browser_client.get(f"/api/audit/{changed['id']}")
    assert len(listed(browser_client, deed="audit.read")) == 2
    # One answer that shows many of them is one entry, found from each.
    browser_client.get("/api/audit/of/people_contact/" + str(contact.id))
    note_reading(
        administrator_actor(administrator), {("people_contact", one.id, "people.phone") for one in (contact, other)}
    )
    many = listed(browser_client, record="people_contact", record_id=other.id, deed="audit.read")
    assert [(one["record"]["id"], one["record_count"]) for one in many] == [(None, 2), (other.id, 1)]


def test_who_sees_nothing_sensitive_is_not_noted(auditor, actor, contact):
    change_contact(actor, contact_id=contact.id, changes={"phone": "13800000001"})
    auditor.get("/api/contacts")
    assert not AuditEntry.objects.filter(deed="audit.read").exists()


def test_the_list_is_narrowed(browser_client, administrator, actor, contact):
    group = create_tag_group(actor, name="意向度", library="sales")
    assert listed(browser_client, record="people_tag_group")[0]["record"]["id"] == group.id
    assert {one["operation"] for one in listed(browser_client, operation="people.manage_tags")} == {
        "people.manage_tags"
    }
    assert {one["record"]["kind"] for one in listed(browser_client, search="意向")} == {"people_tag_group"}
    assert listed(browser_client, search="没有这个名字") == []
    assert listed(browser_client, door="public") == []
    assert listed(browser_client, until=(clock.now() - timedelta(hours=1)).isoformat()) == []
    assert listed(browser_client, since=(clock.now() - timedelta(hours=1)).isoformat())
    today = clock.now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    assert listed(browser_client, first_day=today.isoformat(), last_day=today.isoformat())
    assert listed(browser_client, last_day=(today - timedelta(days=1)).isoformat()) == []
    assert listed(browser_client, first_day=(today + timedelta(days=1)).isoformat()) == []
    browser_client.patch("/api/session", {"locale": "en"}, content_type="application/json")
    assert listed(browser_client, member_id=administrator.id, actor_kind="member", search="管理员")[0]["member"]
    refused = browser_client.get("/api/audit", {"door": "window"})
    assert (refused.status_code, "door" in refused.json()["error"]["fields"]) == (422, True)


def test_pages_follow_each_other(browser_client, actor):
    for n in range(5):
        create_tag_group(actor, name=f"组{n}", library="sales")
    first = browser_client.get("/api/audit", {"limit": 3, "operation": "people.manage_tags"}).json()
    assert first["total"] == 5
    second = browser_client.get(
        "/api/audit", {"limit": 3, "operation": "people.manage_tags", "cursor": first["next_cursor"]}
    ).json()
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert (len(ids), ids, second["next_cursor"]) == (5, sorted(ids, reverse=True), None)


def test_the_list_costs_the_same_for_one_and_for_many(browser_client, actor, contact, django_assert_num_queries):
    browser_client.patch(f"/api/contacts/{contact.id}", {"name": "甲"}, content_type="application/json")
    asked = {"record": "people_contact", "actor_kind": "member"}
    with django_assert_num_queries(LIST_AUDIT_QUERIES):
        assert len(listed(browser_client, **asked)) == 1
    for name in "乙丙丁戊":
        browser_client.patch(f"/api/contacts/{contact.id}", {"name": name}, content_type="application/json")
    with django_assert_num_queries(LIST_AUDIT_QUERIES):
        assert len(listed(browser_client, **asked)) == 5


def test_a_record_tells_its_history_with_its_cause(browser_client, actor, contact):
    tag = create_tag(actor, group_id=create_tag_group(actor, name="意向", library="sales").id, name="高")
    chain = (Link(fact=12, kind="wecom.friend_added", rule="business.live_codes.take_in"),)
    tag_contact(Actor.system(actor.tenant_id, chain=chain), contact_id=contact.id, add=[tag.id])
    items = browser_client.get(f"/api/audit/of/people_contact/{contact.id}").json()["items"]
    assert [one["operation"] for one in items] == ["people.tag_contact", "people.keep"]
    (cause,) = items[0]["causes"]
    assert (cause["fact"], cause["rule"]) == (12, "business.live_codes.take_in")
    values = {one["column"]: one["after"] for one in items[0]["changes"][0]["values"]}
    assert values["tag_id"] == "高"
    assert [one["operation"] for one in listed(browser_client, record="people_tag", record_id=tag.id)] == [
        "people.manage_tags"
    ]


def test_history_of_what_one_may_not_see_is_not_there(auditor, contact, actor):
    from cove.business.live_codes.models import LiveCode

    code = LiveCode.objects.create(name="码", slug=f"s{actor.tenant_id}", created_at=clock.now())
    assert auditor.get(f"/api/audit/of/live_codes_code/{code.id}").status_code == 404
    assert auditor.get("/api/audit/of/people_contact/999999999").status_code == 404
    assert auditor.get("/api/audit/of/pg_authid/1").status_code == 404
    assert auditor.get(f"/api/audit/of/people_contact/{contact.id}").status_code == 200


def test_without_the_right_nothing_is_shown_and_trying_is_noted(auditor, actor, contact):
    refused = auditor.patch(f"/api/contacts/{contact.id}", {"name": "x"}, content_type="application/json")
    assert refused.status_code == 403
    entry = listed(auditor, outcome="refused")[0]
    assert (entry["operation"], entry["label"]) == ("people.change_contact", "编辑客户资料")
    RoleGrant.objects.all().delete()
    assert auditor.get("/api/audit").status_code == 403


def test_an_export_says_what_left_the_house(browser_client, actor):
    note_export(actor, what="people_contact", filter={"tag_id": 4}, count=1200, fields=["name", "phone"])
    entry = listed(browser_client, deed="audit.export")[0]
    detail = browser_client.get(f"/api/audit/{entry['id']}").json()
    assert {one["label"]: one["value"] for one in detail["details"]} == {
        "Fields": "Name, Phone",
        "Filter": '{"tag_id": 4}',
        "Count": "1200",
    }


def test_choices_are_in_the_readers_language(browser_client):
    choices = browser_client.get("/api/audit/choices").json()
    assert {"value": "people_contact", "label": "Contact"} in choices["records"]
    assert {"value": "audit.read", "label": "Looked at sensitive fields"} in choices["deeds"]
    assert {"value": "people.tag_contact", "label": "Tag contacts"} in choices["operations"]


def test_the_log_leaves_as_a_file_and_that_is_in_it(browser_client, administrator, actor, contact):
    change_contact(actor, contact_id=contact.id, changes={"phone": "13800000001"})
    body = {"asked": {"record": "people_contact"}, "kind": "csv"}
    answer = browser_client.post("/api/audit/export", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    run_job(actor.tenant_id, answer.json()["id"])
    job = JobRun.objects.get(id=answer.json()["id"])
    assert (job.state, job.message) == ("done", "2 entries exported")
    lines = b"".join(browser_client.get(job.link).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Time,Member,Actor,Deed")
    assert (len(lines), "Change contacts" in lines[1], "王芳" in lines[1], "Phone" in lines[1]) == (3, True, True, True)
    assert "13800000001" not in "".join(lines)
    told = listed(browser_client, deed="audit.export")[0]
    assert (told["record"]["kind"], told["member"]["id"]) == ("audit_entry", administrator.id)
    wrong = browser_client.post("/api/audit/export", {"kind": "pdf"}, content_type="application/json")
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (422, ["kind"])


def test_signing_in_and_out_is_noted(browser_client, administrator):
    said = {"email": administrator.email, "password": "wrong-light-42"}
    assert browser_client.post("/api/session", said, content_type="application/json").status_code == 401
    assert browser_client.delete("/api/session").status_code == 204
    said["password"] = "harbour-light-42"
    assert browser_client.post("/api/session", said, content_type="application/json").status_code == 200
    mine = listed(browser_client, member_id=administrator.id)
    assert [(one["deed"], one["outcome"]) for one in mine if one["deed"].startswith("org.")] == [
        ("org.signed_in", "done"),
        ("org.signed_out", "done"),
        ("org.signed_in", "failed"),
        ("org.signed_in", "done"),
    ]
    assert mine[0]["label"] == "Signed in"

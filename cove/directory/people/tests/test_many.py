"""Many contacts at once: files of them, and changes that can be undone."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from cove.directory.org import facade as org
from cove.directory.org.commands.sessions import Door, open_session
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people import facade as people
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.many import ManyChange, update_many
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, ContactTag, Ownership, Tag, TagGroup
from cove.directory.people.queries import Selection
from cove.kernel import clock
from cove.kernel.audit.models import AuditEntry
from cove.kernel.changesets.commands import undo_change
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.files.models import StoredFile
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun

SEEN = datetime(2026, 3, 1, 16, tzinfo=UTC)
ALL_COLUMNS = ["name", "phone", "email", "wechat_id", "owners", "tags", "state", "created_at"]


def send(client, address, body):
    return client.post(address, body, content_type="application/json")


@pytest.fixture
def crowd(actor, administrator):
    """Six contacts of the administrator's; the first has the phone of a formula's look."""
    ids = []
    for number in range(6):
        card, _ = people.admit_contact(
            actor,
            identity=Identity("wecom_external", f"wmexternal{number}"),
            source="wecom",
            at=SEEN,
            profile=Profile(name=f"客户{number}", company_name="海湾" if number % 2 else ""),
        )
        people.begin_ownership(actor, contact_id=card.id, member_id=administrator.id, since=SEEN)
        ids.append(card.id)
    Contact.objects.filter(id=ids[0]).update(phone="+8613800001234", email="li@cove.test", name="=cmd|'/c calc'!A1")
    return ids


@pytest.fixture
def tags(actor):
    group = TagGroup.objects.create(name="意向")
    return [Tag.objects.create(group=group, name=name) for name in ("高", "低")]


def rep(rights, revealed=()):
    """A member with these rights, and a client of his."""
    from django.test import Client

    role = Role.objects.create(name=f"测试 {Role.objects.count()}", rights=rights, revealed=list(revealed))
    member = Member.objects.create(name="销售")
    RoleGrant.objects.create(member=member, role=role)
    opened = open_session(member, Door(address="127.0.0.1", agent="test"))
    client = Client(headers={"accept-language": "en"})
    client.cookies["cove_session"] = opened.token
    return member, client


def export(client, actor, selection, kind="csv", columns=ALL_COLUMNS):
    answer = send(client, "/api/contact-exports", {"selection": selection, "columns": columns, "format": kind})
    assert answer.status_code == 201, answer.content
    run_job(actor.tenant_id, answer.json()["id"])
    job = client.get(f"/api/jobs/{answer.json()['id']}").json()
    assert job["state"] == "done", job
    return job, b"".join(client.get(job["link"]))


def table(body):
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_an_export_has_what_the_list_shows(browser_client, actor, crowd, tags, administrator):
    people.tag_contact(actor, contact_id=crowd[0], add=[tags[0].id, tags[1].id], source="console")
    job, body = export(browser_client, actor, {})
    rows = table(body)
    assert rows[0] == ["Name", "Phone", "E-mail", "WeCom customer id", "Owners", "Tags", "State", "Added at"]
    assert [row[0] for row in rows[1:]] == ["客户5", "客户4", "客户3", "客户2", "客户1", "'=cmd|'/c calc'!A1"]
    assert rows[-1][1:] == [
        "'+8613800001234",
        "li@cove.test",
        "wmexternal0",
        "管理员",
        "高, 低",
        "Current",
        "2026-03-02 00:00:00",
    ]
    assert (job["message"], job["done"], job["total"]) == ("6 contacts exported", 6, 6)
    _, body = export(browser_client, actor, {"search": "海湾"}, kind="xlsx", columns=["name"])
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert [row[0].value for row in sheet] == ["Name", "客户5", "客户3", "客户1"]


def test_who_may_not_see_phones_exports_them_masked(actor, crowd):
    member, client = rep({"people.see_contacts": "all", "people.export_contacts": "own"})
    people.begin_ownership(actor, contact_id=crowd[0], member_id=member.id, since=SEEN)
    assert client.get("/api/contacts").json()["total"] == 6
    _, body = export(client, actor, {})
    # Whom he sees beyond his own he may not take away.
    assert [row[1:4] for row in table(body)[1:]] == [["'+86****1234", "l***@cove.test", "w****0"]]
    columns = client.get("/api/contact-exports/columns").json()["columns"]
    assert {one["key"] for one in columns if one["masked"]} == {"phone", "email", "wechat_id"}


def test_only_whoever_asked_gets_the_file(actor, crowd, browser_client):
    member, client = rep({"people.see_contacts": "own", "people.export_contacts": "own"}, ["people.phone"])
    people.begin_ownership(actor, contact_id=crowd[0], member_id=member.id, since=SEEN)
    job, body = export(client, actor, {"ids": crowd})
    assert [row[1] for row in table(body)[1:]] == ["'+8613800001234"]
    assert browser_client.get(job["link"]).status_code == 404
    file = StoredFile.objects.get()
    assert (file.made_by, file.purpose) == (member.id, "people.contacts_export")
    assert file.expires_at is not None


def test_an_export_is_told(actor, crowd, browser_client):
    from django.db import connection

    job, _ = export(browser_client, actor, {}, columns=["name", "phone"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM log_fact WHERE kind = 'people.contacts_exported'")
        (payload,) = (json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in cursor.fetchall())
    assert (payload["count"], payload["revealed"]) == (6, ["phone"])
    assert job["link"] == f"/api/files/{payload['file_id']}"


def test_the_audit_log_says_who_took_what_away(actor, crowd, browser_client, administrator):
    export(browser_client, actor, {"search": "海湾", "state": "current"}, columns=["name", "phone"])
    export(browser_client, actor, {"ids": crowd[:2]}, columns=["name"])
    told = AuditEntry.objects.filter(tenant_id=actor.tenant_id, deed="audit.export").order_by("id")
    assert [(one.actor_kind, one.member_id, one.record_kind, one.details) for one in told] == [
        (
            "member",
            administrator.id,
            "people_contact",
            {"filter": {"search": "***", "state": "current"}, "count": 3, "fields": ["name", "phone"]},
        ),
        (
            "member",
            administrator.id,
            "people_contact",
            {"filter": {"ids": crowd[:2]}, "count": 2, "fields": ["name"]},
        ),
    ]


def test_the_file_carries_the_name_of_whoever_made_it_where_pages_do(actor, crowd, browser_client, administrator):
    export(browser_client, actor, {}, columns=["name"])
    org.set_watermark(actor, shown=True)
    export(browser_client, actor, {}, columns=["name"])
    plain, marked = (row.name for row in StoredFile.objects.order_by("id"))
    assert administrator.name not in plain
    assert marked.endswith(f" {administrator.name}.csv")


def test_whoever_lost_the_right_meanwhile_gets_nothing(actor, crowd):
    member, client = rep({"people.see_contacts": "all", "people.export_contacts": "all"})
    answer = send(client, "/api/contact-exports", {"selection": {}, "columns": ["name"]})
    Role.objects.filter(grants__member=member).update(rights={"people.see_contacts": "all"})
    run_job(actor.tenant_id, answer.json()["id"])
    assert JobRun.objects.get(id=answer.json()["id"]).state == "failed"
    assert not StoredFile.objects.exists()


def test_export_needs_its_own_right_and_a_selection(actor, crowd, browser_client):
    _, client = rep({"people.see_contacts": "all", "people.change_contact": "all"})
    body = {"selection": {}, "columns": ["name"]}
    assert send(client, "/api/contact-exports", body).status_code == 403
    assert send(client, "/api/contact-updates", {"selection": {}, "add": [1]}).status_code == 403
    for wrong in ({"columns": []}, {"columns": ["password"]}, {"format": "exe"}, {"selection": {"ids": []}}):
        assert send(browser_client, "/api/contact-exports", {**body, **wrong}).status_code == 422, wrong
    nobody = {**body, "selection": {"search": "没有这个人"}}
    assert send(browser_client, "/api/contact-exports", nobody).json()["error"]["code"] == "people.nobody_chosen"


def work(actor, row):
    run_job(actor.tenant_id, ChangeSet.objects.get(id=row.id).run_id)
    return ChangeSet.objects.get(id=row.id)


def tagged(contact_id):
    return set(ContactTag.objects.filter(contact_id=contact_id).values_list("tag__name", flat=True))


def test_many_are_changed_and_changed_back(actor, administrator, crowd, tags, browser_client):
    high, low = tags
    li = Member.objects.create(name="李雷")
    people.tag_contact(actor, contact_id=crowd[0], add=[high.id], source="console")
    people.tag_contact(actor, contact_id=crowd[1], add=[low.id], source="console")
    boss = actor_of_member(administrator)
    wanted = ManyChange(add=(high.id,), remove=(low.id,), fields={"company_name": "海湾"}, owner_id=li.id)
    row = work(actor, update_many(boss, selection=Selection(ids=tuple(crowd[:3])), wanted=wanted))
    assert (row.changed, row.skipped) == (3, 0)
    assert [tagged(one) for one in crowd[:4]] == [{"高"}, {"高"}, {"高"}, set()]
    assert set(Contact.objects.filter(id__in=crowd[:3]).values_list("company_name", flat=True)) == {"海湾"}
    now = Ownership.objects.filter(contact_id__in=crowd, until__isnull=True).order_by("contact_id")
    assert list(now.values_list("member_id", flat=True)) == [li.id] * 3 + [administrator.id] * 3
    kinds = [one["kind"] for one in browser_client.get(f"/api/contacts/{crowd[1]}/timeline").json()["items"]]
    assert {
        "people.contact_tagged",
        "people.contact_untagged",
        "people.contact_handed_over",
    } <= set(kinds)
    assert "people.contact_changed" not in kinds
    undone = work(actor, undo_change(boss, change_set_id=row.id))
    assert (undone.taken_back, undone.conflicts) == (3, 0)
    assert [tagged(one) for one in crowd[:3]] == [{"高"}, {"低"}, set()]
    companies = Contact.objects.filter(id__in=crowd[:3]).order_by("id").values_list("company_name", flat=True)
    assert list(companies) == ["", "海湾", ""]
    assert set(now.values_list("member_id", flat=True)) == {administrator.id}


def test_what_was_edited_since_is_a_conflict(actor, administrator, crowd, tags, browser_client):
    boss = actor_of_member(administrator)
    wanted = ManyChange(add=(tags[0].id,), fields={"company_name": "新湾"})
    row = work(actor, update_many(boss, selection=Selection(), wanted=wanted))
    assert row.changed == 6
    change_contact(boss, contact_id=crowd[2], changes={"company_name": "自己改的"})
    people.tag_contact(actor, contact_id=crowd[3], remove=[tags[0].id], source="console")
    work(actor, undo_change(boss, change_set_id=row.id))
    found = browser_client.get(f"/api/change-sets/{row.id}").json()
    assert (found["state"], found["taken_back"], found["conflicts"]) == ("undone", 5, 1)
    assert Contact.objects.get(id=crowd[2]).company_name == "自己改的"
    assert not ContactTag.objects.exists()
    again = browser_client.post(f"/api/change-sets/{row.id}/undo")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "changesets.nothing_to_do")


def test_only_those_within_reach_are_changed(actor, crowd, tags):
    member, client = rep({"people.see_contacts": "all", "people.update_many": "own"})
    people.begin_ownership(actor, contact_id=crowd[1], member_id=member.id, since=SEEN)
    counts = send(client, "/api/contact-updates/preview", {"ids": crowd}).json()
    assert {key: one["count"] for key, one in counts.items()} == {"export": 0, "update": 1, "hand_over": 0}
    body = {"selection": {"ids": crowd}, "add": [tags[0].id]}
    answer = send(client, "/api/contact-updates", body).json()
    run_job(actor.tenant_id, answer["job_id"])
    assert set(ContactTag.objects.values_list("contact_id", flat=True)) == {crowd[1]}
    owner = send(client, "/api/contact-updates", {**body, "owner_id": member.id})
    assert (owner.status_code, owner.json()["error"]["code"]) == (403, "cove.forbidden")


def test_whoever_lost_the_right_meanwhile_changes_nothing(actor, crowd, tags):
    member, _ = rep({"people.see_contacts": "all", "people.update_many": "all"})
    row = update_many(actor_of_member(member), selection=Selection(), wanted=ManyChange(add=(tags[0].id,)))
    Member.objects.filter(id=member.id).update(active=False)
    assert work(actor, row).state == "stopped"
    assert not ContactTag.objects.exists()


def test_faults_are_named(browser_client, crowd, tags):
    left = Member.objects.create(name="走了", active=False)
    for body, code in (
        ({}, "people.nothing_to_change"),
        ({"add": [999_999_999]}, "people.unknown_tag"),
        ({"add": [tags[0].id], "remove": [tags[0].id]}, "people.unknown_tag"),
        ({"owner_id": left.id}, "people.unknown_owner"),
        ({"fields": {"company_name": "x" * 129}}, "cove.invalid_input"),
    ):
        refused = send(browser_client, "/api/contact-updates", {"selection": {"ids": crowd}, **body})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, code), body
        assert refused.json()["error"]["fields"]
    assert browser_client.get("/api/change-sets/999999999").status_code == 404


def test_too_late_to_undo(actor, administrator, crowd, tags, monkeypatch):
    from cove.kernel.changesets.errors import TooLateToUndo

    boss = actor_of_member(administrator)
    row = work(actor, update_many(boss, selection=Selection(), wanted=ManyChange(add=(tags[0].id,))))
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(TooLateToUndo):
        undo_change(boss, change_set_id=row.id)

"""Every command leaves an entry, with what it changed."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.people.commands.contacts import admit_contact, change_contact, note_seen
from cove.directory.people.commands.tags import create_tag, create_tag_group, tag_contact
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, TagGroup
from cove.kernel import clock
from cove.kernel import command as kernel_command
from cove.kernel.actor import Actor, Link
from cove.kernel.audit.noting import about, add_details
from cove.kernel.audit.tests.log import changes, entries, rows
from cove.kernel.command import command
from cove.kernel.errors import Forbidden
from cove.kernel.operations import Operation
from cove.kernel.origin import Origin, coming_from
from cove.kernel.registry import Registry
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

DEED = Operation("tests.deed", Words("测试", "Deed"))


@pytest.fixture
def contact(actor):
    return admit_contact(actor, identity=Identity("user", "a"), source="web", profile=Profile(name="王芳"))[0]


@pytest.fixture
def new_command(monkeypatch):
    """Make commands for one test."""
    monkeypatch.setattr(kernel_command, "commands", Registry("commands", kernel_command.CommandEntry))
    return command(DEED)


@pytest.fixture
def member(actor, administrator):
    from cove.directory.org.queries.actors import actor_of_member

    return actor_of_member(administrator)


def test_who_what_where_and_what_it_was_before(actor, member, contact):
    origin = Origin("console", "10.0.0.8", "Firefox", "r1", "/api/contacts", session_id=7)
    with coming_from(origin):
        change_contact(member, contact_id=contact.id, changes={"phone": "13800000001", "name": "王芳"})
    entry = entries(actor.tenant_id)[-1]
    assert entry["command"] == "directory.people.commands.contacts.change_contact"
    assert (entry["deed"], entry["operation"], entry["outcome"]) == ("audit.command", "people.change_contact", "done")
    assert (entry["actor_kind"], entry["member_id"]) == ("member", member.member_id)
    assert (entry["record_kind"], entry["record_id"]) == ("people_contact", contact.id)
    assert (entry["door"], entry["address"], entry["agent"]) == ("console", "10.0.0.8", "Firefox")
    assert (entry["request_id"], entry["path"], entry["session_id"]) == ("r1", "/api/contacts", 7)
    (change,) = changes(entry)
    assert (change["kind"], change["row_id"], change["op"]) == ("people_contact", contact.id, "update")
    assert (change["before"], change["after"]) == ({"phone": ""}, {"phone": "13800000001"})
    assert change["contact_id"] == contact.id


def test_what_begins_is_kept_whole_and_what_ends_as_it_was(actor, contact):
    tag = create_tag(actor, group_id=create_tag_group(actor, name="意向", library="sales").id, name="高")
    begun = changes(entries(actor.tenant_id, ".create_tag")[-1])
    assert [(row["op"], row["after"]["name"], row["before"]) for row in begun] == [("insert", "高", None)]
    assert "tenant_id" not in begun[0]["after"]
    tag_contact(actor, contact_id=contact.id, add=[tag.id])
    (put,) = changes(entries(actor.tenant_id, ".tag_contact")[-1])
    assert (put["kind"], put["after"]["tag_id"], put["contact_id"]) == ("people_contact_tag", tag.id, contact.id)
    tag_contact(actor, contact_id=contact.id, remove=[tag.id])
    (taken,) = changes(entries(actor.tenant_id, ".tag_contact")[-1])
    assert (taken["op"], taken["before"]["tag_id"], taken["after"]) == ("delete", tag.id, None)


def test_a_command_inside_a_command_is_part_of_it(actor, contact, new_command):
    @new_command
    def do_all(actor):
        change_contact(actor, contact_id=contact.id, changes={"name": "李雷"})
        create_tag_group(actor, name="内层", library="sales")
        about(contact)
        add_details(why="测试")

    before = len(entries(actor.tenant_id))
    do_all(actor)
    (entry,) = entries(actor.tenant_id)[before:]
    assert entry["command"].endswith(".do_all")
    assert [name.rpartition(".")[2] for name in entry["inner"]] == ["change_contact", "create_tag_group"]
    assert {row["kind"] for row in changes(entry)} == {"people_contact", "people_tag_group"}
    assert (entry["record_kind"], entry["record_id"]) == ("people_contact", contact.id)


def test_a_command_in_another_tenant_is_in_that_tenants_log(actor, contact, new_command):
    other = create_tenant(name="另一家")

    @new_command
    def reach_over(actor):
        create_tag_group(Actor.system(other.id), name="他们的", library="sales")
        change_contact(actor, contact_id=contact.id, changes={"name": "李雷"})

    reach_over(actor)
    (theirs,) = entries(other.id)
    assert [row["kind"] for row in changes(theirs)] == ["people_tag_group"]
    assert [row["kind"] for row in changes(entries(actor.tenant_id, ".reach_over")[-1])] == ["people_contact"]
    with tenant_scope(other.id), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE tenant_id <> %s", [other.id])
        assert cursor.fetchone() == (0,)


def test_what_is_undone_leaves_nothing(actor, new_command):
    @new_command
    def stumble(actor):
        create_tag_group(actor, name="没有了", library="sales")
        raise ValueError("undone")

    written = rows("SELECT count(*) AS n FROM audit_change WHERE tenant_id = %s", actor.tenant_id)
    with pytest.raises(ValueError, match="undone"):
        stumble(actor)
    assert entries(actor.tenant_id, ".stumble") == []
    assert rows("SELECT count(*) AS n FROM audit_change WHERE tenant_id = %s", actor.tenant_id) == written


def test_of_several_in_one_transaction_only_those_that_stay_are_written(actor):
    def gone():
        create_tag_group(actor, name="撤销", library="sales")
        raise ValueError("undone")

    with transaction.atomic():
        create_tag_group(actor, name="第一", library="sales")
        with pytest.raises(ValueError, match="undone"), transaction.atomic():
            gone()
        create_tag_group(actor, name="第二", library="sales")
        # Changed by nobody's command: it is at nobody's door.
        TagGroup.objects.filter(name="第一").update(name="第一组")
    kept = entries(actor.tenant_id, ".create_tag_group")
    assert [changes(entry)[0]["after"]["name"] for entry in kept] == ["第一", "第二"]
    assert [len(changes(entry)) for entry in kept] == [1, 1]


def test_a_refused_person_is_noted(actor, contact):
    nobody = Actor(actor.tenant_id, "member", member_id=5)
    with pytest.raises(Forbidden):
        change_contact(nobody, contact_id=contact.id, changes={"name": "x"})
    entry = entries(actor.tenant_id)[-1]
    assert (entry["outcome"], entry["operation"], entry["member_id"]) == ("refused", "people.change_contact", 5)
    assert changes(entry) == []


def test_cove_itself_gives_its_cause_and_is_silent_when_nothing_came_of_it(actor, contact):
    chain = (Link(fact=41, kind="wecom.friend_added", rule="business.live_codes.take_in"),)
    change_contact(Actor.system(actor.tenant_id, chain=chain), contact_id=contact.id, changes={"name": "李雷"})
    entry = entries(actor.tenant_id)[-1]
    assert entry["actor_kind"] == "system"
    assert rows("SELECT chain->0->>'rule' AS rule FROM audit_entry WHERE id = %s", entry["id"]) == [
        {"rule": "business.live_codes.take_in"}
    ]
    before = len(entries(actor.tenant_id))
    change_contact(Actor.system(actor.tenant_id), contact_id=contact.id, changes={"name": "李雷"})
    assert len(entries(actor.tenant_id)) == before


def test_people_are_noted_even_when_nothing_came_of_it(actor, member, contact):
    before = len(entries(actor.tenant_id))
    change_contact(member, contact_id=contact.id, changes={"name": contact.name})
    assert len(entries(actor.tenant_id)) == before + 1


def test_an_api_key_acts_for_the_member_who_made_it(actor, contact):
    key = Actor(actor.tenant_id, "key", member_id=9, key_id=3, rights={"people.change_contact": "all"})
    change_contact(key, contact_id=contact.id, changes={"name": "接口"})
    entry = entries(actor.tenant_id)[-1]
    assert (entry["actor_kind"], entry["key_id"], entry["acting_for"], entry["member_id"]) == ("key", 3, 9, 9)


def test_bookkeeping_leaves_nothing(actor, contact):
    before = len(entries(actor.tenant_id))
    note_seen(actor, seen={contact.id: clock.now()})
    assert len(entries(actor.tenant_id)) == before


def _many(actor, count):
    now = clock.now()
    Contact.objects.bulk_create(
        [Contact(name=f"客户{n}", created_at=now, last_seen_at=now) for n in range(count)], batch_size=5_000
    )


def test_a_mass_update_keeps_each_row_up_to_a_limit_and_then_a_summary(actor, new_command):
    @new_command
    def rename_all(actor, name):
        Contact.objects.update(company_name=name)

    _many(actor, 900)
    rename_all(actor, "甲")
    assert len(changes(entries(actor.tenant_id, ".rename_all")[-1])) == 900
    _many(actor, 200)
    rename_all(actor, "乙")
    (summary,) = changes(entries(actor.tenant_id, ".rename_all")[-1])
    assert (summary["row_id"], summary["rows"], summary["columns"]) == (None, 1_100, ["company_name"])
    assert (len(summary["sample"]), summary["before"], summary["after"]) == (20, None, None)


def test_many_statements_of_one_command_are_summed_up_too(actor, new_command):
    @new_command
    def churn(actor):
        for n in range(8):
            Contact.objects.update(position=f"职位{n}")
        Contact.objects.all().delete()

    _many(actor, 800)
    churn(actor)
    found = changes(entries(actor.tenant_id, ".churn")[-1])  # Django deletes in pieces of a hundred
    assert len([row for row in found if row["row_id"]]) == 5_000
    assert sum(row["rows"] for row in found) == 800 * 9
    assert found[-1]["op"] == "delete"

"""Briefs for the next person: what is known, told to whom it concerns."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from cove.directory.org.commands.handovers import hand_over_belongings
from cove.directory.org.commands.sessions import Door, open_session
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people import facade as people
from cove.directory.people.commands.notes import write_note
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact
from cove.kernel import clock
from cove.kernel.changesets.commands import undo_change
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.jobs.job import run_job

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
# The session, roles, items with their changes, contacts, tags (two), owners, members, count.
LIST_QUERIES = 8


def signed_in(member):
    opened = open_session(member, Door(address="127.0.0.1", agent="test"))
    client = Client(headers={"accept-language": "en"})
    client.cookies["cove_session"] = opened.token
    return client


@pytest.fixture
def staff(actor):
    role = Role.objects.create(name="接手销售", rights={"people.see_contacts": "own", "timeline.see": "own"})
    members = [Member.objects.create(name=name) for name in ("王伟", "李雷", "韩梅")]
    for one in members:
        RoleGrant.objects.create(member=one, role=role)
    return members


@pytest.fixture
def transfer(actor, administrator, staff):
    """Three contacts of 王伟, handed to 李雷; a note on the first, who was seen today."""
    wei, li, _ = staff
    ids = []
    for number in range(3):
        card, _ = people.admit_contact(
            actor,
            identity=Identity("wecom_external", f"wm{number}"),
            source="wecom",
            at=NOON,
            profile=Profile(name=f"客户{number}", company_name="海湾科技"),
        )
        people.begin_ownership(actor, contact_id=card.id, member_id=wei.id, since=NOON)
        ids.append(card.id)
    Contact.objects.filter(id=ids[0]).update(last_seen_at=clock.now())
    boss = actor_of_member(administrator)
    write_note(boss, contact_id=ids[0], text="约了周五看方案")
    row = hand_over_belongings(boss, member_id=wei.id, kinds=["people.contacts"], shares={li.id: 1}, why="离职")
    run_job(actor.tenant_id, row.run_id)
    return row, ids


def test_the_successor_reads_who_it_is_and_what_is_open(transfer, staff):
    row, ids = transfer
    client = signed_in(staff[1])
    listed = client.get("/api/handed-to-me").json()
    assert [one["contact"]["name"] for one in listed["items"]] == ["客户2", "客户1", "客户0"]
    assert listed["total"] == 3
    told = client.get(f"/api/contacts/{ids[0]}/brief").json()["brief"]
    assert (told["from_name"], told["to_name"], told["why"], told["earlier_owners"]) == (
        "王伟",
        "李雷",
        "离职",
        ["王伟"],
    )
    assert (told["company_name"], told["source"], told["change_set_id"]) == ("海湾科技", "WeCom", row.id)
    assert [one["caption"] for one in told["notes"]] == ["约了周五看方案"]
    assert told["facts"][0]["caption"] == "Handed over by 王伟 to 李雷: 离职"
    assert told["open_matters"] == []
    silent = client.get(f"/api/contacts/{ids[1]}/brief").json()["brief"]
    assert silent["open_matters"][0].startswith("Not active for")
    assert silent["open_matters"][1] == "There is no note yet"


def test_the_transfer_has_a_summary(transfer, staff, browser_client):
    row, ids = transfer
    for client in (signed_in(staff[1]), browser_client):
        told = client.get(f"/api/hand-overs/{row.id}/brief").json()
        assert (told["from_name"], told["to_names"]) == ("王伟", ["李雷"])
        assert told["counts"] == [{"label": "Contacts", "count": 3}]
        assert told["waiting"] == ["2 contacts were not active for more than 30 days"]
        assert [one["contact"]["id"] for one in told["top"]] == [ids[0], ids[2], ids[1]]


def test_it_is_nobody_elses(transfer, staff, actor):
    row, ids = transfer
    client = signed_in(staff[2])
    assert client.get(f"/api/hand-overs/{row.id}/brief").status_code == 404
    assert client.get(f"/api/contacts/{ids[0]}/brief").status_code == 404
    assert client.get("/api/handed-to-me").json()["items"] == []


def test_what_was_taken_back_is_no_brief(transfer, staff, administrator, actor):
    row, ids = transfer
    undo_change(actor_of_member(administrator), change_set_id=row.id)
    run_job(actor.tenant_id, ChangeSet.objects.get(id=row.id).run_id)
    assert signed_in(staff[1]).get("/api/handed-to-me").json()["items"] == []
    assert signed_in(staff[0]).get(f"/api/contacts/{ids[0]}/brief").json() == {"brief": None}


def test_a_list_costs_the_same_for_one_and_for_many(transfer, staff, django_assert_num_queries):
    client = signed_in(staff[1])
    for limit in (1, 3):
        with django_assert_num_queries(LIST_QUERIES):
            assert len(client.get(f"/api/handed-to-me?limit={limit}").json()["items"]) == limit

"""Handing over what a member owns: once, whole, undone where nothing newer stands in the way."""

import pytest

from cove.business.live_codes.commands.codes import change_code, create_code
from cove.business.live_codes.contracts import SIGNPOST
from cove.business.live_codes.models import LiveCode, LiveCodeMember
from cove.directory.org.commands.handovers import hand_over_belongings
from cove.directory.org.commands.leaving import deactivate_member
from cove.directory.org.errors import HandOverRunning, LastAdministrator, NothingOwned, NotYourself
from cove.directory.org.models import Department, Member, Membership, Role, RoleGrant, Session
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.queries.handovers import turns
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, Ownership
from cove.kernel import clock
from cove.kernel.changesets.commands import undo_change
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.errors import NotFound
from cove.kernel.jobs.job import run_job
from cove.kernel.signposts.models import Signpost

BOTH = ["people.contacts", "live_codes.codes"]
# The session, roles, transfers, their members, count.
LIST_HAND_OVERS_QUERIES = 5


def send(client, address, body=None):
    return client.post(address, body or {}, content_type="application/json")


def work(actor, row):
    """Do the job of a change, as the work process does."""
    row = ChangeSet.objects.get(id=row.id)
    run_job(actor.tenant_id, row.run_id)
    return ChangeSet.objects.get(id=row.id)


def owners(contact_id):
    rows = Ownership.objects.filter(contact_id=contact_id, until__isnull=True).order_by("id")
    return [row.member_id for row in rows]


@pytest.fixture
def staff(actor):
    names = {"wei": "王伟", "li": "李雷", "han": "韩梅"}
    return {key: Member.objects.create(name=name) for key, name in names.items()}


def follow(actor, member, count, prefix="wm"):
    ids = []
    for number in range(count):
        card, _ = people.admit_contact(
            actor,
            identity=Identity("wecom_external", f"{prefix}{number}"),
            source="wecom",
            profile=Profile(name=f"客户{prefix}{number}"),
        )
        people.begin_ownership(actor, contact_id=card.id, member_id=member.id, since=clock.now())
        ids.append(card.id)
    return ids


def test_everything_goes_over_and_comes_back(actor, staff, administrator):
    wei, li, han = staff["wei"], staff["li"], staff["han"]
    ids = follow(actor, wei, 5)
    boss = actor_of_member(administrator)
    code = create_code(actor_of_member(administrator), name="展会", members={wei.id: 3, li.id: 2})
    LiveCode.objects.filter(id=code.id).update(created_by=wei)
    row = hand_over_belongings(boss, member_id=wei.id, kinds=BOTH, shares={li.id: 1, han.id: 1}, why="离职")
    assert owners(ids[0]) == [wei.id]
    done = work(actor, row)
    assert (done.state, done.total, done.changed, done.skipped) == ("done", 6, 6, 0)
    assert sorted(owners(one)[0] for one in ids) == sorted([li.id] * 3 + [han.id] * 2)
    assert {Ownership.objects.get(contact_id=one, until__isnull=True).way for one in ids} == {202}
    assert set(Contact.objects.filter(id__in=ids).values_list("owner_count", flat=True)) == {1}
    code.refresh_from_db()
    assert code.created_by_id == li.id
    assert dict(LiveCodeMember.objects.filter(code=code).values_list("member_id", "weight")) == {li.id: 5}
    undone = work(actor, undo_change(boss, change_set_id=row.id))
    assert (undone.state, undone.taken_back, undone.conflicts) == ("undone", 6, 0)
    assert [owners(one) for one in ids] == [[wei.id]] * 5
    assert set(Contact.objects.filter(id__in=ids).values_list("owner_count", flat=True)) == {1}
    code.refresh_from_db()
    assert code.created_by_id == wei.id
    weights = dict(LiveCodeMember.objects.filter(code=code).values_list("member_id", "weight"))
    assert weights == {wei.id: 3, li.id: 2}


def test_what_was_changed_since_stays_and_is_told(actor, staff, administrator, browser_client):
    wei, li, han = staff["wei"], staff["li"], staff["han"]
    ids = follow(actor, wei, 3)
    boss = actor_of_member(administrator)
    code = create_code(boss, name="展会", members={wei.id: 3, li.id: 2})
    row = hand_over_belongings(boss, member_id=wei.id, kinds=BOTH, shares={li.id: 1})
    work(actor, row)
    people.end_ownership(actor, contact_id=ids[1], member_id=li.id, until=clock.now())
    people.begin_ownership(actor, contact_id=ids[1], member_id=han.id, since=clock.now())
    change_code(boss, code_id=code.id, members={li.id: 9})
    undone = work(actor, undo_change(boss, change_set_id=row.id))
    assert (undone.taken_back, undone.conflicts) == (2, 2)
    assert [owners(one) for one in ids] == [[wei.id], [han.id], [wei.id]]
    assert dict(LiveCodeMember.objects.filter(code=code).values_list("member_id", "weight")) == {li.id: 9}
    listed = browser_client.get(f"/api/change-sets/{row.id}/items?state=conflict").json()["items"]
    assert [(one["title"], one["reason"]) for one in listed] == [
        ("客户wm1", "Passed on or lost since"),
        ("展会", "Its members were changed since"),
    ]


def test_who_already_follows_keeps_his_own(actor, staff, administrator):
    wei, li = staff["wei"], staff["li"]
    (one,) = follow(actor, wei, 1)
    people.begin_ownership(actor, contact_id=one, member_id=li.id, since=clock.now())
    boss = actor_of_member(administrator)
    row = hand_over_belongings(boss, member_id=wei.id, kinds=["people.contacts"], shares={li.id: 1})
    work(actor, row)
    assert (owners(one), Contact.objects.get(id=one).owner_count) == ([li.id], 1)
    work(actor, undo_change(boss, change_set_id=row.id))
    assert (sorted(owners(one)), Contact.objects.get(id=one).owner_count) == (sorted([wei.id, li.id]), 2)


def test_the_timeline_says_who_and_why(actor, staff, administrator, browser_client):
    wei, li = staff["wei"], staff["li"]
    (one,) = follow(actor, wei, 1)
    boss = actor_of_member(administrator)
    row = hand_over_belongings(boss, member_id=wei.id, kinds=["people.contacts"], shares={li.id: 1}, why="离职")
    work(actor, row)
    work(actor, undo_change(boss, change_set_id=row.id))
    lines = browser_client.get(f"/api/contacts/{one}/timeline").json()["items"]
    captions = {line["kind"]: line["caption"] for line in lines}
    assert captions["people.contact_handed_over"] == "Handed over by 王伟 to 李雷: 离职"
    assert captions["people.contact_taken_back"] == "The hand-over was undone; 王伟 follows again"


def manager(actor, room):
    role = Role.objects.create(
        name="主管", rights={"org.hand_over": "subtree", "org.deactivate_member": "subtree", "org.see_members": "all"}
    )
    boss = Member.objects.create(name="主管")
    RoleGrant.objects.create(member=boss, role=role)
    Membership.objects.create(member=boss, department=room)
    return actor_of_member(boss)


def test_a_manager_reaches_his_own_people_only(actor, staff, administrator):
    south, north = Department.objects.create(name="南区"), Department.objects.create(name="北区")
    below = Department.objects.create(name="南区一组", parent=south)
    wei, li, han = staff["wei"], staff["li"], staff["han"]
    Membership.objects.create(member=wei, department=north)
    Membership.objects.create(member=li, department=below)
    follow(actor, wei, 1)
    follow(actor, li, 1, "li")
    boss = manager(actor, south)
    with pytest.raises(NotFound):
        hand_over_belongings(boss, member_id=wei.id, kinds=BOTH, shares={han.id: 1})
    with pytest.raises(NotFound):
        deactivate_member(boss, member_id=wei.id)
    mine = hand_over_belongings(boss, member_id=li.id, kinds=["people.contacts"], shares={han.id: 1})
    theirs = hand_over_belongings(
        actor_of_member(administrator), member_id=wei.id, kinds=["people.contacts"], shares={han.id: 1}
    )
    work(actor, theirs)
    with pytest.raises(NotFound):
        undo_change(boss, change_set_id=theirs.id)
    assert set(ChangeSet.visible_to(boss).values_list("id", flat=True)) == {mine.id}


def test_faults_are_named(actor, staff, administrator, browser_client):
    wei, li = staff["wei"], staff["li"]
    follow(actor, wei, 1)
    left = Member.objects.create(name="走了", active=False)
    for successors in ([left.id], [wei.id], [999_999_999], [li.id, li.id]):
        body = {"member_id": wei.id, "kinds": BOTH, "successors": [{"member_id": one} for one in successors]}
        refused = send(browser_client, "/api/hand-overs", body)
        assert refused.status_code == 422, successors
        assert "successors" in refused.json()["error"]["fields"]
    body = {"member_id": wei.id, "kinds": ["people.nothing"], "successors": [{"member_id": li.id}]}
    assert send(browser_client, "/api/hand-overs", body).json()["error"]["code"] == "org.unknown_belonging"
    assert send(browser_client, "/api/hand-overs", {**body, "member_id": 999_999_999}).status_code == 404
    boss = actor_of_member(administrator)
    with pytest.raises(NothingOwned):
        hand_over_belongings(boss, member_id=li.id, kinds=BOTH, shares={wei.id: 1})
    hand_over_belongings(boss, member_id=wei.id, kinds=BOTH, shares={li.id: 1})
    with pytest.raises(HandOverRunning):
        hand_over_belongings(boss, member_id=wei.id, kinds=BOTH, shares={li.id: 1})


def test_a_preview_tells_what_would_happen(actor, staff, administrator, browser_client):
    wei, li, han = staff["wei"], staff["li"], staff["han"]
    Membership.objects.create(member=wei, department=Department.objects.create(name="北区"))
    Membership.objects.create(member=li, department=Department.objects.create(name="南区"))
    follow(actor, wei, 7)
    create_code(actor_of_member(administrator), name="展会", members={wei.id: 3})
    body = {"member_id": wei.id, "successors": [{"member_id": li.id, "share": 2}, {"member_id": han.id}]}
    seen = send(browser_client, "/api/hand-overs/preview", body).json()
    kinds = {one["kind"]: one for one in seen["kinds"]}
    contacts = kinds["people.contacts"]
    assert (contacts["count"], len(contacts["samples"])) == (7, 5)
    assert {one["member"]["name"]: one["count"] for one in contacts["to"]} == {"李雷": 5, "韩梅": 2}
    assert contacts["warnings"] == ["7 contacts are followed by nobody else"]
    assert kinds["live_codes.codes"]["warnings"] == ["1 live codes have no other member"]
    assert seen["reach"][0] == {"member": {"id": li.id, "name": "李雷"}, "gain": ["南区"], "lose": ["北区"]}
    assert not ChangeSet.objects.exists()


def test_turns_are_spread_and_exact():
    assert turns({1: 1, 2: 1}) == [1, 2]
    assert turns({1: 2, 2: 1}) == [1, 2, 1]
    assert turns({1: 50, 2: 50}) == [1, 2]
    order = turns({1: 7, 2: 3, 3: 1})
    assert [order.count(key) for key in (1, 2, 3)] == [7, 3, 1]


def test_who_leaves_is_out_at_once(actor, administrator, browser_client, drain):
    from django.test import Client

    from cove.directory.org.commands.tenants import create_administrator

    wei = create_administrator(actor, name="王伟", email=f"wei{actor.tenant_id}@cove.test", password="harbour-light-42")
    boss = actor_of_member(administrator)
    li = Member.objects.create(name="李雷")
    code = create_code(boss, name="展会", members={wei.id: 3, li.id: 1})
    alone = create_code(boss, name="独自", members={wei.id: 1})
    follow(actor, wei, 2)
    client = Client()
    credentials = {"email": wei.email, "password": "harbour-light-42"}
    assert send(client, "/api/session", credentials).status_code == 200
    drain()
    answer = send(browser_client, f"/api/members/{wei.id}/deactivate")
    assert answer.json() == {"id": wei.id, "name": "王伟", "active": False}
    assert not Session.objects.filter(member=wei).exists()
    assert client.get("/api/session").status_code == 401
    assert send(Client(), "/api/session", credentials).status_code == 401
    drain()

    def post(one):
        return Signpost.objects.get(kind=SIGNPOST, key=one.slug).document

    assert [row[0] for row in post(code)["members"]] == [li.id]
    assert (post(code)["deleted"], post(alone)["deleted"]) == (False, True)
    listed = browser_client.get("/api/hand-overs/waiting").json()["items"]
    assert [(one["member"]["name"], {kind["kind"]: kind["count"] for kind in one["kinds"]}) for one in listed] == [
        ("王伟", {"people.contacts": 2, "live_codes.codes": 2})
    ]
    assert send(browser_client, f"/api/members/{wei.id}/reactivate").json()["active"] is True
    drain()
    assert [row[0] for row in post(code)["members"]] == [wei.id, li.id]
    assert post(alone)["deleted"] is False
    assert browser_client.get("/api/hand-overs/waiting").json()["items"] == []


def test_somebody_must_remain(actor, administrator):
    boss = actor_of_member(administrator)
    with pytest.raises(NotYourself):
        deactivate_member(boss, member_id=administrator.id)
    with pytest.raises(LastAdministrator):
        deactivate_member(actor, member_id=administrator.id)


def test_the_directory_does_not_wake_whom_somebody_deactivated(actor, administrator):
    from cove.directory.org import facade as org
    from cove.directory.org.contracts import DirectoryMember

    entry = DirectoryMember("wei", "王伟", (), active=True)
    card = org.take_over_member(actor, entry=entry)
    deactivate_member(actor_of_member(administrator), member_id=card.id)
    assert org.take_over_member(actor, entry=entry).active is False


def test_a_list_costs_the_same_for_one_and_for_many(
    actor, staff, administrator, browser_client, django_assert_num_queries
):
    boss = actor_of_member(administrator)
    for number in range(3):
        follow(actor, staff["wei"], 2, f"a{number}-")
        work(
            actor,
            hand_over_belongings(
                boss, member_id=staff["wei"].id, kinds=["people.contacts"], shares={staff["li"].id: 1}
            ),
        )
    for limit in (1, 3):
        with django_assert_num_queries(LIST_HAND_OVERS_QUERIES):
            found = browser_client.get(f"/api/hand-overs?limit={limit}").json()
    assert len(found["items"]) == 3
    assert ChangeItem.objects.filter(state="changed").count() == 6

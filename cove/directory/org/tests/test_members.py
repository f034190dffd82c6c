"""Members by hand: made, changed, found, deactivated, joined with those of WeCom."""

from __future__ import annotations

import pytest
from django.test import Client

from cove.directory.org.commands.directory import take_over_directory
from cove.directory.org.commands.leaving import deactivate_member, reactivate_member
from cove.directory.org.commands.members import MemberEdit, change_member
from cove.directory.org.commands.tenants import set_owner
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.errors import MemberAbove, NotYourself
from cove.directory.org.models import Department, Member, Membership, Role, RoleGrant, Session
from cove.directory.org.queries.actors import actor_of_member
from cove.engine.channels.wecom.tests.driving import facts_of

CLERK = {"org.manage_members": "all", "org.deactivate_member": "all"}


@pytest.fixture
def rooms(actor):
    take_over_directory(
        actor,
        departments=[DirectoryDepartment(1, None, "总部"), DirectoryDepartment(2, 1, "销售部")],
        members=[DirectoryMember("ZhangSan", "张三", (2,), active=True, phone="13800000001", email="zs@cove.test")],
    )
    top = Department.objects.get(wecom_id=1)
    hand = Department.objects.create(name="项目组", parent=top)
    return {"top": top, "sales": Department.objects.get(wecom_id=2), "hand": hand}


def send(client, path, body, method="post"):
    return getattr(client, method)(path, body, content_type="application/json")


def test_a_member_is_made_shown_and_changed(browser_client, actor, rooms):
    body = {
        "name": " 李四 ",
        "email": "LiSi@Cove.test",
        "phone": "+86 138 0000 0000",
        "job_title": "顾问",
        "places": [
            {"department_id": rooms["top"].id},
            {"department_id": rooms["hand"].id, "main": True, "leads": True},
        ],
    }
    made = send(browser_client, "/api/members", body)
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["name"], shown["email"], shown["from_wecom"]) == ("李四", "lisi@cove.test", False)
    assert [(one["name"], one["main"], one["leads"]) for one in shown["places"]] == [
        ("项目组", True, True),
        ("总部", False, False),
    ]
    path = f"/api/members/{shown['id']}"
    changed = send(browser_client, path, {"places": [{"department_id": rooms["top"].id}], "job_title": ""}, "patch")
    assert [(one["name"], one["main"]) for one in changed.json()["places"]] == [("总部", True)]
    assert (changed.json()["job_title"], changed.json()["phone"]) == ("", "+86 138 0000 0000")
    assert browser_client.get(path).json() == changed.json()
    (joined,) = [one for one in facts_of(actor, "org.member_joined") if one["payload"]["source"] == "console"]
    assert joined["payload"]["member_id"] == shown["id"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 65}, "name"),
        ({"name": "x", "email": "nobody"}, "email"),
        ({"name": "x", "phone": "call me"}, "phone"),
        ({"name": "x", "places": [{"department_id": 987654321}]}, "places"),
    ],
)
def test_bad_input_names_its_field(browser_client, body, field):
    answer = send(browser_client, "/api/members", body)
    assert answer.status_code == 422
    assert field in answer.json()["error"]["fields"]


def test_an_email_is_one_members(browser_client, administrator):
    taken = send(browser_client, "/api/members", {"name": "二号", "email": administrator.email})
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "org.email_taken")
    assert "管理员" in taken.json()["error"]["fields"]["email"]


def test_members_are_filtered_and_sorted(browser_client, actor, administrator, rooms):
    role = Role.objects.create(name="顾问")
    lead = Member.objects.create(name="阿一", email="one@cove.test", phone="13900000009")
    Member.objects.create(name="阿二", active=False)
    RoleGrant.objects.create(member=lead, role=role)
    Membership.objects.create(member=lead, department=rooms["hand"])

    def names(query):
        return [one["name"] for one in browser_client.get(f"/api/members?{query}").json()["items"]]

    assert names(f"department={rooms['top'].id}") == ["张三", "阿一"]
    assert names(f"department={rooms['top'].id}&below=false") == []
    assert names("department=0") == ["管理员", "阿二"]
    assert names(f"role={role.id}") == ["阿一"]
    assert names("activity=inactive") == ["阿二"]
    assert names("search=13900000009") == ["阿一"]
    assert names("search=1390000") == []
    assert names("search=one@&sort=-created_at") == ["阿一"]
    assert browser_client.get("/api/members?sort=password").status_code == 422
    assert browser_client.get("/api/members?department=987654321").json()["items"] == []


def test_phones_are_masked_for_whoever_may_not_see_them(actor, rooms):
    reader = Member.objects.create(name="读者", email="reader@cove.test")
    RoleGrant.objects.create(member=reader, role=Role.objects.create(name="看", rights={"org.see_members": "all"}))
    client = signed_in(reader)
    (row,) = client.get("/api/members?search=张三").json()["items"]
    assert row["phone"] == "138****0001"
    assert send(client, f"/api/members/{row['id']}", {"name": "改"}, "patch").status_code == 403


def signed_in(member):
    from cove.directory.org.commands.sessions import Door, open_session

    token = open_session(member, Door("127.0.0.1", "test")).token
    return Client(headers={"cookie": f"cove_session={token}", "accept-language": "en"})


def test_who_is_deactivated_is_out_and_may_come_back(browser_client, actor, administrator):
    member = Member.objects.create(name="将离", email="leaver@cove.test")
    theirs = signed_in(member)
    assert theirs.get("/api/session").status_code == 200
    path = f"/api/members/{member.id}"
    assert send(browser_client, path, {"active": False}, "patch").json()["active"] is False
    assert theirs.get("/api/session").status_code == 401
    assert not Session.objects.filter(member=member).exists()
    assert send(browser_client, path, {"active": True}, "patch").json()["active"] is True
    assert [one["payload"]["member_name"] for one in facts_of(actor, "org.member_deactivated")] == ["将离"]
    (back,) = facts_of(actor, "org.member_joined")
    assert back["payload"]["returned"] is True
    own = send(browser_client, f"/api/members/{administrator.id}", {"active": False}, "patch")
    assert own.json()["error"]["code"] == "org.not_yourself"


def test_nobody_changes_whoever_has_more_rights(actor, administrator):
    clerk = Member.objects.create(name="文员")
    RoleGrant.objects.create(member=clerk, role=Role.objects.create(name="文员", rights=CLERK))
    who = actor_of_member(clerk)
    for edit in (MemberEdit(email="mine@cove.test"), MemberEdit(active=False), MemberEdit(name="x")):
        with pytest.raises(MemberAbove):
            change_member(who, member_id=administrator.id, edit=edit)
    for deed in (deactivate_member, reactivate_member):
        with pytest.raises(MemberAbove):
            deed(who, member_id=administrator.id)
    change_member(who, member_id=clerk.id, edit=MemberEdit(job_title="文员"))
    with pytest.raises(NotYourself):
        change_member(who, member_id=clerk.id, edit=MemberEdit(active=False))


def test_an_owner_of_the_installation_alone_changes_his_account(browser_client, actor, administrator):
    owner = Member.objects.create(name="所有者", email="owner@cove.test", password="hash")
    set_owner(actor, member_id=owner.id, owner=True)
    path = f"/api/members/{owner.id}"
    for body in ({"email": "mine@cove.test"}, {"email": ""}, {"name": "x"}, {"active": False}):
        answer = send(browser_client, path, body, "patch")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "org.owners_account")
    assert browser_client.delete(f"{path}/second-factor").json()["error"]["code"] == "org.owners_account"
    shut = send(browser_client, f"{path}/deactivate", {}, "post")
    assert shut.json()["error"]["code"] == "org.owners_account"
    # Not another owner either: what each of them does stays his own.
    set_owner(actor, member_id=administrator.id, owner=True)
    assert send(browser_client, path, {"email": "mine@cove.test"}, "patch").status_code == 403
    owner.refresh_from_db()
    assert (owner.email, owner.active) == ("owner@cove.test", True)
    RoleGrant.objects.create(member=owner, role=Role.objects.create(name="文员", rights=CLERK))
    own = change_member(actor_of_member(owner), member_id=owner.id, edit=MemberEdit(email="new@cove.test"))
    assert own.email == "new@cove.test"


def test_an_owner_is_not_joined_away(browser_client, actor, administrator, rooms):
    mine = Member.objects.create(name="三哥", phone="13800000001")
    body = {"member_id": mine.id, "wecom_member_id": Member.objects.get(wecom_userid="ZhangSan").id}
    set_owner(actor, member_id=mine.id, owner=True)
    assert send(browser_client, "/api/members/join", body).json()["error"]["code"] == "org.owners_account"
    Member.objects.filter(id=administrator.id).update(phone="13800000001")
    set_owner(actor, member_id=administrator.id, owner=True)
    own = send(browser_client, "/api/members/join", body | {"member_id": administrator.id})
    assert own.json()["error"]["code"] == "org.owners_account"
    assert Member.objects.get(id=administrator.id).active is True


def test_what_wecom_keeps_of_a_member_is_changed_there(browser_client, rooms):
    member = Member.objects.get(wecom_userid="ZhangSan")
    path, sales, hand = f"/api/members/{member.id}", rooms["sales"].id, rooms["hand"].id
    for body, field in (
        ({"name": "改名"}, "name"),
        ({"job_title": "改职务"}, "job_title"),
        ({"places": [{"department_id": hand}]}, "places"),
        ({"places": [{"department_id": sales, "leads": True}]}, "places"),
    ):
        answer = send(browser_client, path, body, "patch").json()["error"]
        assert (answer["code"], list(answer["fields"])) == ("org.kept_by_wecom", [field])
    places = [{"department_id": sales, "main": True}, {"department_id": hand, "leads": True}]
    changed = send(browser_client, path, {"name": "张三", "email": "own@cove.test", "places": places}, "patch")
    assert [one["name"] for one in changed.json()["places"]] == ["销售部", "项目组"]


def test_several_members_are_moved_at_once(browser_client, actor, rooms):
    people = [Member.objects.create(name=f"人{number}") for number in range(3)]
    Membership.objects.create(member=people[0], department=rooms["top"], main=True)
    theirs = Member.objects.get(wecom_userid="ZhangSan")
    ids = [*(one.id for one in people), theirs.id]
    body = {"member_ids": ids, "department_id": rooms["hand"].id}
    for _ in range(2):
        assert send(browser_client, "/api/members/move", body).json() == {"moved": 4}
    assert Membership.objects.filter(department=rooms["hand"], main=True).count() == 4
    assert not Membership.objects.filter(member=people[0], department=rooms["top"]).exists()
    assert Membership.objects.filter(member=theirs, department=rooms["sales"], main=False).exists()
    refused = send(browser_client, "/api/members/move", body | {"department_id": rooms["top"].id})
    assert refused.json()["error"]["code"] == "org.kept_by_wecom"
    assert send(browser_client, "/api/members/move", body | {"member_ids": [987654321]}).status_code == 404


def test_one_person_twice_is_offered_and_joined(browser_client, actor, rooms):
    mine = Member.objects.create(name="三哥", email="three@cove.test", password="hash")
    Membership.objects.create(member=mine, department=rooms["hand"], main=True)
    role = Role.objects.create(name="顾问")
    RoleGrant.objects.create(member=mine, role=role)
    theirs = Member.objects.get(wecom_userid="ZhangSan")
    # He was made by hand before WeCom told of him: the address was taken.
    Member.objects.filter(id=theirs.id).update(email=None)
    Member.objects.filter(id=mine.id).update(email="zs@cove.test")
    (pair,) = browser_client.get("/api/members/twins").json()["items"]
    assert (pair["member"]["id"], pair["wecom_member"]["id"], pair["by_email"]) == (mine.id, theirs.id, True)
    body = {"member_id": mine.id, "wecom_member_id": theirs.id}
    kept = send(browser_client, "/api/members/join", body).json()
    assert (kept["id"], kept["email"], [one["name"] for one in kept["roles"]]) == (theirs.id, "zs@cove.test", ["顾问"])
    assert {one["name"] for one in kept["places"]} == {"销售部", "项目组"}
    assert Member.objects.get(id=mine.id).active is False
    assert browser_client.get("/api/members/twins").json()["items"] == []
    again = send(browser_client, "/api/members/join", body)
    assert again.json()["error"]["code"] == "org.already_joined"

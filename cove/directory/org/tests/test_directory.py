"""Members and departments, and keeping them in step with an outside directory."""

from dataclasses import replace

import pytest

from cove.directory.org import facade as org
from cove.directory.org.commands.directory import take_over_directory
from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.models import Member
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.scope import tenant_scope

DEPARTMENTS = [DirectoryDepartment(1, None, "总部"), DirectoryDepartment(2, 1, "销售部")]


def test_an_outside_directory_is_taken_over_and_leavers_stay_by_name(actor):
    people = [
        DirectoryMember("ZhangSan", "张三", (2,), active=True),
        DirectoryMember("lisi", "李四", (1, 2, 99), active=True),
    ]
    assert take_over_directory(actor, departments=DEPARTMENTS, members=people) == (2, 2)
    zhang = org.member_by_wecom_userid(actor, "zhangsan")
    assert zhang.name == "张三"

    take_over_directory(actor, departments=DEPARTMENTS, members=[DirectoryMember("lisi", "李思", (1,), active=True)])

    assert org.members_by_id(actor, [zhang.id])[zhang.id].active is False
    assert Member.objects.get(wecom_userid="lisi").name == "李思"
    assert [room.name for room in Member.objects.get(wecom_userid="lisi").departments.all()] == ["总部"]


def test_members_are_listed_by_name_found_by_parts_and_paged(browser_client, actor, administrator):
    people = [DirectoryMember(f"u{number}", f"成员{number:02}", (2,), active=True) for number in range(12)]
    take_over_directory(actor, departments=DEPARTMENTS, members=people)

    first = browser_client.get("/api/members?limit=5").json()
    rest = browser_client.get(f"/api/members?limit=50&cursor={first['next_cursor']}").json()

    names = [one["name"] for one in first["items"] + rest["items"]]
    assert len(names) == len(set(names)) == first["total"] == 13
    found = browser_client.get("/api/members?search=成员07").json()["items"]
    assert [(one["name"], one["departments"], one["wecom_userid"]) for one in found] == [("成员07", ["销售部"], "u7")]
    assert browser_client.get("/api/members?cursor=xx").status_code == 422


def test_the_list_of_members_costs_the_same_for_one_and_for_many(browser_client, actor, django_assert_num_queries):
    take_over_directory(
        actor,
        departments=DEPARTMENTS,
        members=[DirectoryMember(f"u{number}", f"成员{number}", (1, 2), active=True) for number in range(20)],
    )
    browser_client.get("/api/members")
    with django_assert_num_queries(LIST_MEMBERS_QUERIES):
        browser_client.get("/api/members")


# The session with its member, roles, members, places of all, their departments, roles of all, count.
LIST_MEMBERS_QUERIES = 7


def test_members_of_another_tenant_are_nobody(browser_client, actor):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        theirs = Member.objects.create(name="外人", wecom_userid="outsider")
    assert org.members_by_id(actor, [theirs.id]) == {}
    assert org.member_by_wecom_userid(actor, "outsider") is None
    assert "外人" not in str(browser_client.get("/api/members").json())
    with pytest.raises(Forbidden):
        take_over_directory(Actor(actor.tenant_id, "member", member_id=1), departments=[], members=[])


def test_a_userid_in_another_case_is_the_same_member_and_stays_active(actor):
    person = DirectoryMember("ZhangSan", "张三", (1,), active=True)
    take_over_directory(actor, departments=DEPARTMENTS, members=[person])
    take_over_directory(actor, departments=DEPARTMENTS, members=[replace(person, userid="zhangsan")])
    member = Member.objects.get(wecom_userid__iexact="zhangsan")
    assert member.active

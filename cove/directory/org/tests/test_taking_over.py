"""An outside directory taken over in sets: who is whose, what is whose, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.org.commands.directory import (
    drop_department,
    drop_member,
    take_over_department,
    take_over_directory,
    take_over_member,
)
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.models import Department, Member, Membership, Session
from cove.engine.channels.wecom.tests.driving import facts_of
from cove.kernel import clock

ROOMS = [
    DirectoryDepartment(1, None, "总部", 100),
    DirectoryDepartment(2, 1, "销售部", 300),
    DirectoryDepartment(3, 2, "华南组", 100),
    DirectoryDepartment(4, 1, "市场部", 400),
]
ZHANG = DirectoryMember(
    "ZhangSan", "张三", (2, 3), active=True, main_id=3, leads=(2,), job_title="主管", phone="13800000001"
)
LI = DirectoryMember("lisi", "李四", (3,), active=True)


@pytest.fixture
def taken(actor):
    take_over_directory(actor, departments=ROOMS, members=[ZHANG, LI])


def places(userid):
    rows = Membership.objects.filter(member__wecom_userid__iexact=userid).select_related("department")
    return {row.department.name: (row.main, row.leads) for row in rows}


def test_order_leaders_main_department_and_title_come_along(actor, taken):
    assert places("zhangsan") == {"销售部": (False, True), "华南组": (True, False)}
    siblings = Department.objects.filter(parent__wecom_id=1).order_by("position", "id")
    assert [row.name for row in siblings] == ["市场部", "销售部"]
    member = Member.objects.get(wecom_userid="ZhangSan")
    assert (member.job_title, member.phone) == ("主管", "13800000001")
    take_over_directory(actor, departments=ROOMS, members=[replace(ZHANG, main_id=2, leads=()), LI])
    assert places("zhangsan") == {"销售部": (True, False), "华南组": (False, False)}


def test_what_the_directory_does_not_tell_stays(actor, taken):
    brief = DirectoryMember("zhangsan", "", (2, 3), active=True)
    take_over_directory(actor, departments=ROOMS, members=[brief, LI])
    member = Member.objects.get(wecom_userid__iexact="ZhangSan")
    assert (member.name, member.job_title, member.phone) == ("张三", "主管", "13800000001")
    assert places("zhangsan") == {"销售部": (False, True), "华南组": (True, False)}


def test_a_second_time_nothing_is_written(actor, taken):
    before = len(facts_of(actor))
    with CaptureQueriesContext(connection) as log:
        take_over_directory(actor, departments=ROOMS, members=[ZHANG, LI])
    written = [
        query["sql"] for query in log if query["sql"].startswith(("UPDATE org_member", "INSERT INTO org_member"))
    ]
    assert written == []
    assert len(facts_of(actor)) == before


def test_who_left_is_signed_out_and_may_come_back_but_not_whom_we_deactivated(actor, taken):
    zhang, li = Member.objects.get(wecom_userid="ZhangSan"), Member.objects.get(wecom_userid="lisi")
    Session.objects.create(member=zhang, token_hash="x", expires_at=clock.now())
    take_over_directory(actor, departments=ROOMS, members=[LI])
    assert not Session.objects.exists()
    Member.objects.filter(id=li.id).update(active=False)
    take_over_directory(actor, departments=ROOMS, members=[ZHANG, LI])
    assert Member.objects.get(id=zhang.id).active
    assert not Member.objects.get(id=li.id).active
    kinds = [(one["kind"], one["payload"]["member_name"]) for one in facts_of(actor)]
    assert kinds == [
        ("org.member_joined", "张三"),
        ("org.member_joined", "李四"),
        ("org.member_deactivated", "张三"),
        ("org.member_joined", "张三"),
    ]


def test_by_hand_and_by_wecom_do_not_overwrite_each_other(actor, taken):
    mine = Member.objects.create(name="手工", email="hand@cove.test", phone="13900000000")
    project = Department.objects.create(name="项目组", parent=Department.objects.get(wecom_id=2))
    Membership.objects.create(member=mine, department=Department.objects.get(wecom_id=3), main=True)
    Membership.objects.create(member=Member.objects.get(wecom_userid="ZhangSan"), department=project, leads=True)
    known = replace(ZHANG, email="hand@cove.test", phone="13700000000")
    take_over_directory(actor, departments=ROOMS, members=[known, replace(LI, email="LI@cove.test")])
    mine.refresh_from_db()
    assert (mine.active, mine.email, mine.wecom_userid) == (True, "hand@cove.test", None)
    zhang = Member.objects.get(wecom_userid="ZhangSan")
    assert (zhang.email, zhang.directory_email, zhang.phone) == (None, "hand@cove.test", "13800000001")
    assert Member.objects.get(wecom_userid="lisi").email == "li@cove.test"
    assert places("zhangsan")["项目组"] == (False, True)


def test_an_address_that_two_share_is_nobodys_account(actor):
    shared = [replace(ZHANG, email="sales@cove.test"), replace(LI, email="sales@cove.test")]
    take_over_directory(actor, departments=ROOMS, members=shared)
    assert list(Member.objects.values_list("email", flat=True)) == [None, None]


def test_a_department_that_is_gone_leaves_what_is_ours_to_the_one_above(actor, taken):
    mine = Member.objects.create(name="手工")
    Membership.objects.create(member=mine, department=Department.objects.get(wecom_id=3), main=True)
    project = Department.objects.create(name="项目组", parent=Department.objects.get(wecom_id=3))
    moved = [replace(ZHANG, department_ids=(1,), main_id=1, leads=()), replace(LI, department_ids=(4,))]
    take_over_directory(actor, departments=[ROOMS[0], ROOMS[3]], members=moved)
    assert set(Department.objects.values_list("name", flat=True)) == {"总部", "市场部", "项目组"}
    top = Department.objects.get(wecom_id=1)
    assert Membership.objects.get(member=mine).department_id == top.id
    assert Membership.objects.get(member=mine).main
    project.refresh_from_db()
    assert project.parent_id == top.id
    assert places("lisi") == {"市场部": (True, False)}


def test_a_department_that_moved_is_told(actor, taken):
    take_over_directory(actor, departments=[*ROOMS[:2], replace(ROOMS[2], parent_id=4), ROOMS[3]], members=[ZHANG, LI])
    (told,) = facts_of(actor, "org.department_moved")
    assert (told["payload"]["name"], told["payload"]["source"]) == ("华南组", "wecom")
    assert Department.objects.get(wecom_id=3).parent.wecom_id == 4


def test_single_news_of_departments(actor, taken):
    assert take_over_department(actor, wecom_id=4, name="品牌部", parent_wecom_id=None, order=None)
    row = Department.objects.get(wecom_id=4)
    assert (row.name, row.parent.wecom_id, row.position) == ("品牌部", 1, -400)
    assert take_over_department(actor, wecom_id=9, name="新部门", parent_wecom_id=4, order=5)
    assert Department.objects.get(wecom_id=9).parent_id == row.id
    assert not take_over_department(actor, wecom_id=10, name=None, parent_wecom_id=4, order=None)
    assert not take_over_department(actor, wecom_id=10, name="孤儿", parent_wecom_id=77, order=None)
    drop_department(actor, wecom_id=3)
    assert "华南组" not in places("zhangsan")
    assert places("lisi") == {"销售部": (True, False)}
    drop_department(actor, wecom_id=3)


def test_single_news_of_members(actor, taken):
    zhang = Member.objects.get(wecom_userid="ZhangSan")
    renamed = take_over_member(actor, entry=replace(ZHANG, userid="Zhang.San", department_ids=(4, 99)), was="zhangsan")
    assert renamed.id == zhang.id
    assert places("Zhang.San") == {"市场部": (True, False)}
    drop_member(actor, userid="ZHANG.SAN")
    drop_member(actor, userid="zhang.san")
    assert len(facts_of(actor, "org.member_deactivated")) == 1


def cost(actor, count):
    people = [replace(ZHANG, userid=f"u{count}-{one}", email=f"u{count}-{one}@cove.test") for one in range(count)]
    with CaptureQueriesContext(connection) as log:
        take_over_directory(actor, departments=ROOMS, members=people)
    with CaptureQueriesContext(connection) as again:
        take_over_directory(actor, departments=ROOMS, members=[replace(one, name="改", main_id=2) for one in people])
    return len(log), len(again)


def test_it_costs_as_many_statements_for_two_as_for_two_thousand(actor):
    cost(actor, 3)
    assert cost(actor, 2) == cost(actor, 2_000)
    assert max(cost(actor, 2)) <= TAKE_OVER_STATEMENTS


# Lock; departments three, their parents; members and e-mails, inserted or updated; places read, deleted, marked twice, inserted;
# who is missing, with sessions; departments gone; facts and their call. None of it depends on how many there are.
TAKE_OVER_STATEMENTS = 28

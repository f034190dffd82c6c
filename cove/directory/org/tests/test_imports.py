"""Members from a list: what is wrong is told before anything is saved, and what is right is written once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cove.directory.org.commands import imports
from cove.directory.org.commands.directory import take_over_directory
from cove.directory.org.commands.tenants import set_owner
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember
from cove.directory.org.models import Department, Member, MemberImport, Membership, Role, RoleGrant
from cove.kernel import clock
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun
from cove.kernel.uploads.tests.hostile import book, zeros

HEAD = ["姓名", "邮箱", "手机", "职务", "部门", "企业微信账号"]
GOOD = [
    ["王一", "one@cove.test", 13800000001, "经理", "总部/销售部/华南组; 总部/市场部", None],
    ["王二", "TWO@cove.test", None, "=1+1", "总部／销售部", None],
]


def upload(client, *rows, head=HEAD, name="名单.xlsx", create="true"):
    content = rows[0] if rows and isinstance(rows[0], bytes) else book(head, *rows)
    file = SimpleUploadedFile(name, content)
    return client.post("/api/members/imports", {"file": file, "create_departments": create})


def confirm(client, import_id, *, skip=False):
    return client.post(
        f"/api/members/imports/{import_id}/confirm", {"skip_faulty": skip}, content_type="application/json"
    )


def carried_out(client, actor, *rows, skip=False):
    checked = upload(client, *rows).json()
    answer = confirm(client, checked["id"], skip=skip)
    assert answer.status_code == 200, answer.content
    run_job(actor.tenant_id, answer.json()["job_id"])
    return client.get(f"/api/members/imports/{checked['id']}").json()


def test_a_list_is_checked_first_and_written_after_it_is_confirmed(browser_client, actor):
    checked = upload(browser_client, *GOOD)
    assert checked.status_code == 201, checked.content
    shown = checked.json()
    assert (shown["counts"]["create"], shown["counts"]["faulty"], shown["state"]) == (2, 0, "checked")
    assert shown["new_departments"] == ["总部", "总部/市场部", "总部/销售部", "总部/销售部/华南组"]
    assert not Department.objects.exists()
    assert not Member.objects.filter(email="one@cove.test").exists()
    # A reload shows the same.
    assert browser_client.get(f"/api/members/imports/{shown['id']}").json() == shown

    run_job(actor.tenant_id, confirm(browser_client, shown["id"]).json()["job_id"])

    done = browser_client.get(f"/api/members/imports/{shown['id']}").json()
    assert (done["state"], done["counts"]["created"], done["counts"]["changed"]) == ("done", 2, 0)
    one = Member.objects.get(email="one@cove.test")
    assert (one.name, one.phone, one.job_title) == ("王一", "13800000001", "经理")
    places = {row.department.name: row.main for row in one.memberships.select_related("department")}
    assert places == {"华南组": True, "市场部": False}
    assert Member.objects.get(email="two@cove.test").job_title == "=1+1"
    assert Department.objects.count() == 4
    again = confirm(browser_client, shown["id"])
    assert (again.status_code, again.json()["error"]["code"]) == (409, "org.import_over")


def test_the_same_list_twice_makes_nobody_twice(browser_client, actor):
    carried_out(browser_client, actor, *GOOD)
    before = Member.objects.count()
    done = carried_out(browser_client, actor, ["王壹", *GOOD[0][1:]], GOOD[1])
    assert (done["counts"]["created"], done["counts"]["changed"]) == (0, 2)
    assert Member.objects.count() == before
    assert Member.objects.get(email="one@cove.test").name == "王壹"
    assert Membership.objects.filter(member__email="one@cove.test").count() == 2


def test_a_batch_that_comes_again_after_a_crash_makes_nobody_twice(browser_client, actor):
    checked = upload(browser_client, *GOOD).json()
    confirm(browser_client, checked["id"])
    imports.write_departments(actor, import_id=checked["id"])
    assert imports.write_batch(actor, import_id=checked["id"], start=0) == (2, 0)
    assert imports.write_batch(actor, import_id=checked["id"], start=0) == (0, 2)


FAULTY = [
    (["", "a@cove.test"], "name"),
    (["甲", "not-an-address"], "email"),
    (["甲", "a@b.c,d@e.f"], "email"),
    (["甲", None], "email"),
    (["甲" * 65, "a@cove.test"], "name"),
    (["甲", "a@cove.test", "phone"], "phone"),
    (["甲", "a@cove.test", None, "职" * 65], "job_title"),
    (["甲", "a@cove.test", None, None, "总部//组"], "departments"),
    (["甲", "a@cove.test", None, None, "/".join("级" * 16)], "departments"),
    (["甲", "a@cove.test", None, None, None, "stranger"], "userid"),
    (["甲", "gone@cove.test"], "name"),
]


@pytest.mark.parametrize(("row", "column"), FAULTY, ids=[str(number) for number in range(len(FAULTY))])
def test_what_is_wrong_is_told_by_line_and_column(browser_client, actor, row, column):
    Member.objects.create(name="已离", email="gone@cove.test", active=False)
    shown = upload(browser_client, row, GOOD[0]).json()
    assert (shown["counts"]["faulty"], shown["counts"]["create"]) == (1, 1)
    first = shown["lines"][0]
    assert (first["row"], first["faults"][0]["column"]) == (2, column)
    assert first["faults"][0]["message"]
    assert confirm(browser_client, shown["id"]).json()["error"]["code"] == "org.import_faulty"


def test_the_good_lines_can_be_taken_and_the_faulty_ones_downloaded(browser_client, actor):
    done = carried_out(browser_client, actor, ["=甲", "bad"], GOOD[0], skip=True)
    assert (done["counts"]["created"], done["counts"]["faulty"]) == (1, 1)
    file = browser_client.get(f"/api/members/imports/{done['id']}/faults")
    text = file.content.decode("utf-8-sig")
    assert "'=甲,bad" in text
    assert "E-mail: This is no e-mail address" in text
    assert "attachment" in file.headers["Content-Disposition"]
    mended = upload(browser_client, text.replace("bad", "good@cove.test").encode(), name="faults.csv").json()
    assert (mended["counts"]["create"], mended["lines"][0]["name"]) == (1, "=甲")


def test_one_member_named_in_two_ways_is_a_fault(browser_client, actor):
    person = DirectoryMember("ZhangSan", "张三", (1,), active=True, email="zs@cove.test")
    take_over_directory(actor, departments=[DirectoryDepartment(1, None, "总部")], members=[person])
    twice = upload(browser_client, ["张三", "zs@cove.test"], ["张三", None, None, None, None, "zhangsan"]).json()
    assert twice["counts"]["faulty"] == 2
    one = ["李四", "ls@cove.test"]
    assert upload(browser_client, one, one).json()["counts"]["faulty"] == 2


def test_what_wecom_keeps_is_only_filled_in(browser_client, actor):
    person = DirectoryMember("ZhangSan", "张三", (1,), active=True, job_title="顾问")
    take_over_directory(actor, departments=[DirectoryDepartment(1, None, "总部")], members=[person])
    row = ["别名", "zs@cove.test", "13800000001", "总监", "总部/项目组", "zhangsan"]
    assert upload(browser_client, row).json()["lines"][0]["action"] == "fill"
    carried_out(browser_client, actor, row)
    member = Member.objects.get(wecom_userid="ZhangSan")
    assert (member.name, member.job_title) == ("张三", "顾问")
    assert (member.email, member.phone) == ("zs@cove.test", "13800000001")
    places = {row.department.name: row.main for row in member.memberships.select_related("department")}
    assert places == {"总部": True, "项目组": False}


def test_without_the_wish_or_the_right_no_department_is_made(browser_client, actor):
    shown = upload(browser_client, *GOOD, create="false").json()
    assert shown["counts"]["faulty"] == 2
    assert shown["lines"][0]["faults"][0]["column"] == "departments"
    clerk = Member.objects.create(name="文员", email="clerk@cove.test")
    role = Role.objects.create(name="文员", rights={"org.manage_members": "all"})
    RoleGrant.objects.create(member=clerk, role=role)
    from cove.directory.org.tests.test_members import signed_in

    theirs = signed_in(clerk)
    assert upload(theirs, *GOOD).json()["counts"]["faulty"] == 2
    # He can neither see the other's list nor touch who has more rights than he.
    assert theirs.get(f"/api/members/imports/{shown['id']}").status_code == 404
    admin = Member.objects.exclude(id=clerk.id).get(grants__role__everything=True)
    above = upload(theirs, ["管理员", admin.email]).json()
    assert "rights that you lack" in above["lines"][0]["faults"][0]["message"]
    set_owner(actor, member_id=admin.id, owner=True)
    owned = upload(theirs, ["管理员", admin.email]).json()
    assert "owns this installation" in owned["lines"][0]["faults"][0]["message"]


def test_a_checked_list_is_forgotten_after_a_day(browser_client, actor):
    shown = upload(browser_client, *GOOD).json()
    with clock.shifted(timedelta(days=1, minutes=1)):
        assert browser_client.get(f"/api/members/imports/{shown['id']}").status_code in (401, 409)
        with pytest.raises(imports.ImportOver):
            imports.confirm_import(actor, import_id=shown["id"], skip_faulty=False)
        imports.check_members_file(
            actor, upload=SimpleUploadedFile("a.csv", "姓名,邮箱\n".encode()), create_departments=True
        )
    assert MemberImport.objects.get(id=shown["id"]).rows == []


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b"", "uploads.empty", 422),
        (b"%PDF-1.7", "uploads.wrong_kind", 415),
        (zeros(1), "uploads.unsafe", 422),
        ("谁,什么\n1,2\n".encode(), "org.import_head_unknown", 422),
        ("姓名,部门\n甲,乙\n".encode(), "org.import_head_unknown", 422),
        (b"name,email\n" + b"a,b\n" * 20_001, "uploads.too_many_rows", 422),
    ],
)
def test_files_that_are_no_lists_are_refused_with_the_remedy(browser_client, content, code, status):
    answer = upload(browser_client, content, name="list.xlsx")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["fields"]["file"]


def test_a_file_too_large_is_refused(browser_client):
    answer = upload(browser_client, b"name,email\n" + b"x" * (10 << 20), name="list.csv")
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "uploads.too_large")


def test_the_template_is_what_an_import_takes(browser_client):
    template = browser_client.get("/api/members/imports/template").content
    filled = template + "甲,a@cove.test,,,,\n".encode()
    assert upload(browser_client, filled, name="members.csv").json()["counts"]["create"] == 1


def test_a_batch_costs_a_fixed_number_of_statements(browser_client, actor, django_assert_max_num_queries):
    rows = [[f"人{number}", f"p{number}@cove.test", None, None, f"总部/部{number % 7}"] for number in range(400)]
    checked = upload(browser_client, *rows).json()
    imports.write_departments(actor, import_id=checked["id"])
    with django_assert_max_num_queries(BATCH_STATEMENTS):
        imports.write_batch(actor, import_id=checked["id"], start=0)
    assert JobRun.objects.count() == 0


# Lock, import, members by e-mail, departments, roles, grants, then members, places and the facts.
BATCH_STATEMENTS = 16

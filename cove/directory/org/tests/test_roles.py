"""Roles: made, changed, copied, deleted, given and taken; nobody gives what he does not hold."""

from __future__ import annotations

import pytest

from cove.directory.org.commands.roles import create_role, delete_role, grant_role, revoke_role
from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.errors import BeyondOwnRights, LastAdministrator, RoleInUse
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member, rights_of
from cove.directory.org.queries.presets import PRESETS
from cove.directory.org.tests.staff import Browser, hire
from cove.kernel.operations import operations
from cove.kernel.scope import tenant_scope
from cove.kernel.sensitive import sensitive_fields

# The tenant, the session's member with his roles, the roles with their counts, and whether the reader is an administrator.
LIST_ROLES_QUERIES = 4


@pytest.fixture
def admin(administrator):
    return Browser(administrator)


def error(answer):
    status, told = answer
    return status, told["error"]["code"]


def test_a_new_company_begins_with_roles_that_exist_and_can_be_given(actor):
    names = {role.name: role for role in Role.objects.all()}
    assert set(names) == {preset.name.zh for preset in PRESETS}
    for preset in PRESETS:
        assert set(preset.rights) <= {entry.key for entry in operations if entry.grantable}
        assert set(preset.revealed) <= {entry.key for entry in sensitive_fields}
    assert rights_of(names["销售"])["people.see_contacts"] == "own"
    assert rights_of(names["销售主管"])["people.change_contact"] == "subtree"
    assert names["运营"].revealed == names["只读"].revealed == []
    writing = [key for key in rights_of(names["只读"]) if not key.split(".")[1].startswith("see")]
    assert writing == []
    # Marketing reaches people by every channel, and sets up none of them.
    reaching = rights_of(names["运营"])
    assert {"email.send", "sms.send", "wecom.send_mass", "wechat.keep_replies"} <= reaching.keys()
    assert [key for key in reaching if key.endswith(".configure")] == []


def test_a_role_is_made_changed_copied_and_deleted(admin):
    body = {
        "name": " 客服 ",
        "description": "答疑",
        "rights": {"people.change_contact": "departments", "live_codes.create": "own"},
        "revealed": ["people.phone"],
    }
    status, made = admin.send("post", "/api/roles", body)
    assert status == 201
    assert made["name"] == "客服"
    assert made["rights"] == {"people.change_contact": "departments", "live_codes.create": "all"}
    assert made["effective"]["people.see_contacts"] == "departments"
    assert (made["effective"]["live_codes.see"], made["members"], made["beyond"]) == ("own", 0, [])

    address = f"/api/roles/{made['id']}"
    status, changed = admin.send("patch", address, {"rights": {"people.see_contacts": "all"}})
    assert (status, changed["name"], changed["rights"]) == (200, "客服", {"people.see_contacts": "all"})
    assert changed["revealed"] == ["people.phone"]

    status, copy = admin.send("post", f"{address}/copies", {"name": "客服二组"})
    assert (status, copy["rights"], copy["revealed"]) == (201, changed["rights"], ["people.phone"])
    assert error(admin.send("post", f"{address}/copies", {"name": "客服"})) == (409, "org.role_name_taken")
    assert error(admin.send("patch", address, {"name": "客服二组"})) == (409, "org.role_name_taken")
    assert admin.send("delete", address) == (200, {"changed": 0})
    assert error(admin.get(address)) == (404, "cove.not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "a", "rights": {"people.fly": "all"}}, "rights.people.fly"),
        ({"name": "a", "rights": {"people.keep": "all"}}, "rights.people.keep"),
        ({"name": "a", "rights": {"people.see_contacts": "world"}}, "rights.people.see_contacts"),
        ({"name": "a", "revealed": ["people.shoe"]}, "revealed.people.shoe"),
    ],
)
def test_bad_roles_are_refused_by_field(admin, body, field):
    status, told = admin.send("post", "/api/roles", body)
    assert status == 422
    assert field in told["error"]["fields"]


def test_a_role_in_use_is_deleted_only_when_another_takes_its_place(admin, actor):
    people = [hire(name) for name in ("甲", "乙")]
    old, new = (create_role(actor, name=name, rights={"people.see_contacts": "own"}) for name in ("旧", "新"))
    grant_role(actor, role_id=old.id, member_ids=[one.id for one in people])
    grant_role(actor, role_id=new.id, member_ids=[people[0].id])

    status, refused = admin.send("delete", f"/api/roles/{old.id}")
    assert (status, refused["error"]["code"]) == (409, "org.role_in_use")
    assert "2 members" in refused["error"]["message"]
    assert admin.send("delete", f"/api/roles/{old.id}?reassign_to={old.id}")[0] == 422
    assert admin.send("delete", f"/api/roles/{old.id}?reassign_to=999999")[0] == 404
    assert admin.send("delete", f"/api/roles/{old.id}?reassign_to={new.id}") == (200, {"changed": 2})
    assert RoleGrant.objects.filter(role_id=new.id).count() == 2


def test_the_administrators_role_is_neither_narrowed_nor_deleted(admin):
    role = Role.objects.get(everything=True)
    address = f"/api/roles/{role.id}"
    assert error(admin.send("patch", address, {"rights": {}})) == (409, "org.administrator_role")
    assert error(admin.send("patch", address, {"revealed": []})) == (409, "org.administrator_role")
    assert error(admin.send("delete", f"{address}?reassign_to=1")) == (409, "org.administrator_role")
    assert admin.send("patch", address, {"name": "超级管理员"})[1]["everything"] is True
    copy = admin.send("post", f"{address}/copies", {"name": "几乎全部"})[1]
    assert copy["everything"] is False
    assert set(copy["rights"]) == {entry.key for entry in operations if entry.grantable}


def test_the_last_active_administrator_keeps_the_role(admin, actor, administrator):
    role = Role.objects.get(everything=True)
    gone = hire("已离职", active=False)
    grant_role(actor, role_id=role.id, member_ids=[gone.id])
    address, body = f"/api/roles/{role.id}/members/revoke", {"member_ids": [administrator.id]}
    assert error(admin.send("post", address, body)) == (409, "org.last_administrator")
    assert RoleGrant.objects.filter(role=role, member=administrator).exists()
    with pytest.raises(LastAdministrator):
        revoke_role(actor, role_id=role.id, member_ids=[administrator.id, gone.id])
    second = hire("接班人")
    assert admin.send("post", f"/api/roles/{role.id}/members", {"member_ids": [second.id]})[1] == {"changed": 1}
    assert admin.send("post", address, body) == (200, {"changed": 1})
    assert admin.get("/api/roles")[0] == 403


def test_a_role_is_given_to_many_at_once_and_taken_again(admin, actor):
    role = create_role(actor, name="客服", rights={"people.see_contacts": "own"})
    ids = [hire(f"客服{number}").id for number in range(30)]
    address = f"/api/roles/{role.id}/members"
    assert admin.send("post", address, {"member_ids": ids}) == (200, {"changed": 30})
    assert admin.send("post", address, {"member_ids": ids[:5]}) == (200, {"changed": 0})
    status, refused = admin.send("post", address, {"member_ids": [999_999_999]})
    assert (status, refused["error"]["code"], list(refused["error"]["fields"])) == (
        422,
        "org.unknown_member",
        ["member_ids"],
    )
    page = admin.get(f"{address}?limit=10")[1]
    assert (page["total"], len(page["items"])) == (30, 10)
    assert [one["name"] for one in admin.get(f"{address}?search=客服07")[1]["items"]] == []
    assert [one["name"] for one in admin.get(f"{address}?search=客服7")[1]["items"]] == ["客服7"]
    assert admin.send("post", f"{address}/revoke", {"member_ids": ids[:10]}) == (200, {"changed": 10})
    assert {one["id"]: one["members"] for one in admin.get("/api/roles")[1]["items"]}[role.id] == 20


def test_nobody_gives_what_he_does_not_hold(actor, administrator):
    rights = {"org.manage_roles": "all", "people.change_contact": "departments", "people.see_contacts": "subtree"}
    lead = hire("主管", rights)
    browser, someone = Browser(lead), hire("某人")

    def make(**body):
        return browser.send("post", "/api/roles", {"name": "新角色", **body})

    for given in (
        {"rights": {"people.change_contact": "subtree"}},
        {"rights": {"people.see_contacts": "all"}},
        {"rights": {"live_codes.see": "own"}},
        {"rights": {"people.tag_contact": "own"}},
        {"revealed": ["people.phone"]},
    ):
        assert error(make(**given)) == (403, "org.beyond_own_rights"), given
    told = make(rights={"insight.see": "own", "people.see_contacts": "all"}, revealed=["people.email"])[1]
    assert told["error"]["message"].count("“") == 0
    for name in ("See analyses", "See contacts", "E-mail"):
        assert name in told["error"]["message"]
    assert make(rights={"people.change_contact": "departments", "org.see_roles": "all"})[0] == 201

    admin_role = Role.objects.get(everything=True)
    wide = create_role(actor, name="大权", rights={"people.see_contacts": "all"})
    grant_role(actor, role_id=wide.id, member_ids=[someone.id])
    whom = {"member_ids": [lead.id]}
    for role in (admin_role, wide):
        address = f"/api/roles/{role.id}"
        assert error(browser.send("post", f"{address}/members", whom)) == (403, "org.beyond_own_rights")
        assert error(browser.send("post", f"{address}/members/revoke", whom)) == (403, "org.beyond_own_rights")
        assert error(browser.send("post", f"{address}/copies", {"name": "x"})) == (403, "org.beyond_own_rights")
        assert error(browser.send("patch", address, {"name": "x"})) == (403, "org.beyond_own_rights")
        assert error(browser.send("delete", f"{address}?reassign_to={wide.id}")) == (403, "org.beyond_own_rights")
    shown = {one["id"]: one["beyond"] for one in browser.get("/api/roles")[1]["items"]}
    assert shown[admin_role.id] == ["管理员"]
    assert shown[wide.id] == ["See contacts"]


def test_a_role_cannot_be_passed_on_to_one_that_exceeds(actor):
    lead = actor_of_member(hire("主管", {"org.manage_roles": "all", "people.see_contacts": "own"}))
    small = create_role(lead, name="小", rights={"people.see_contacts": "own"})
    big = create_role(actor, name="大", rights={"people.see_contacts": "all"})
    grant_role(lead, role_id=small.id, member_ids=[lead.member_id])
    with pytest.raises(BeyondOwnRights):
        delete_role(lead, role_id=small.id, reassign_to=big.id)
    with pytest.raises(RoleInUse):
        delete_role(lead, role_id=small.id)


def test_a_copy_of_all_rights_is_not_the_administrators(actor, administrator):
    every = {entry.key: "all" for entry in operations if entry.grantable}
    almost = actor_of_member(hire("几乎管理员", every, revealed=[one.key for one in sensitive_fields]))
    role = Role.objects.get(everything=True)
    with pytest.raises(BeyondOwnRights):
        grant_role(almost, role_id=role.id, member_ids=[almost.member_id])
    with pytest.raises(BeyondOwnRights):
        revoke_role(almost, role_id=role.id, member_ids=[administrator.id])
    assert create_role(almost, name="又一个", rights=every).rights == every


def test_whoever_only_sees_roles_changes_none(actor):
    browser = Browser(hire("审阅", {"org.see_roles": "all"}))
    role = create_role(actor, name="客服", rights={})
    assert browser.get("/api/roles")[0] == 200
    assert browser.get("/api/roles/catalogue")[0] == 200
    for method, address, body in (
        ("post", "/api/roles", {"name": "x"}),
        ("patch", f"/api/roles/{role.id}", {"name": "x"}),
        ("delete", f"/api/roles/{role.id}", None),
        ("post", f"/api/roles/{role.id}/members", {"member_ids": [1]}),
        ("post", f"/api/roles/{role.id}/members/revoke", {"member_ids": [1]}),
        ("post", f"/api/roles/{role.id}/copies", {"name": "x"}),
    ):
        status, told = browser.send(method, address, body)
        assert (status, told["error"]["needs"]) == (403, "org.manage_roles"), address


def test_the_catalogue_has_all_that_can_be_given_with_words(admin):
    told = admin.get("/api/roles/catalogue")[1]
    found = {one["key"]: one for module in told["modules"] for one in module["operations"]}
    assert set(found) == {entry.key for entry in operations if entry.grantable}
    assert all(module["label"] for module in told["modules"])
    assert found["people.change_contact"]["implies"] == ["people.see_contacts"]
    assert (found["people.change_contact"]["scoped"], found["people.change_contact"]["record"]) == (True, "contact")
    assert found["timeline.see"]["record"] == "contact"
    assert [one["key"] for one in told["scopes"]] == ["own", "departments", "subtree", "all"]
    assert {one["key"] for one in told["fields"]} == {one.key for one in sensitive_fields}


def test_the_list_of_roles_costs_the_same_for_few_and_for_many(browser_client, actor, django_assert_num_queries):
    for number in range(12):
        role = create_role(actor, name=f"角色{number}", rights={"people.see_contacts": "own"})
        grant_role(actor, role_id=role.id, member_ids=[hire(f"成员{number}").id])
    browser_client.get("/api/roles")
    with django_assert_num_queries(LIST_ROLES_QUERIES):
        browser_client.get("/api/roles")


def test_roles_and_members_of_another_tenant_do_not_exist(admin):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        theirs = Role.objects.get(everything=True)
        stranger = Member.objects.create(name="外人")
    assert admin.get(f"/api/roles/{theirs.id}")[0] == 404
    assert admin.send("patch", f"/api/roles/{theirs.id}", {"name": "x"})[0] == 404
    assert admin.send("post", f"/api/roles/{theirs.id}/members", {"member_ids": [1]})[0] == 404
    mine = Role.objects.get(everything=True)
    assert admin.send("post", f"/api/roles/{mine.id}/members", {"member_ids": [stranger.id]})[0] == 422
    assert admin.get(f"/api/members/{stranger.id}/rights")[0] == 404

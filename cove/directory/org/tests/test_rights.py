"""What a member may do in effect, and why he may not."""

from __future__ import annotations

import pytest

from cove.business.live_codes.commands.codes import create_code, delete_code
from cove.directory.org.models import Department, Member
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.tests.staff import Browser, hire
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.kernel import clock
from cove.kernel.operations import operations


@pytest.fixture
def rooms(actor):
    """总部 > 销售部 > 一组, and 市场部 beside 销售部."""
    head = Department.objects.create(name="总部")
    sales = Department.objects.create(name="销售部", parent=head)
    team = Department.objects.create(name="一组", parent=sales)
    return {
        "head": head,
        "sales": sales,
        "team": team,
        "marketing": Department.objects.create(name="市场部", parent=head),
    }


def admit(actor, name, *owners):
    card, _ = people.admit_contact(
        actor, identity=Identity("wecom_external", f"wm-{name}"), source="wecom", profile=Profile(name=name)
    )
    for owner in owners:
        people.begin_ownership(actor, contact_id=card.id, member_id=owner.id, since=clock.now())
    return card.id


def test_scopes_cover_the_departments_of_a_member_and_those_below(actor, rooms):
    lead = hire(
        "主管", {"people.see_contacts": "subtree"}, {"people.see_contacts": "own"}, departments=[rooms["sales"]]
    )
    peer = hire("同事", {"people.see_contacts": "departments"}, departments=[rooms["sales"]])
    below = hire("组员", {"people.see_contacts": "own"}, departments=[rooms["team"]])
    beside = hire("市场", {"people.see_contacts": "departments"}, departments=[rooms["marketing"], rooms["team"]])
    loner = hire("独行", {"people.see_contacts": "departments"})
    everybody = (lead, peer, below, beside, loner)
    contacts = {one.name: admit(actor, f"{one.name}的客户", one) for one in everybody}

    def sees(member):
        found = people.contacts_by_id(actor_of_member(member), contacts.values())
        return {name for name, key in contacts.items() if key in found}

    assert sees(lead) == {"主管", "同事", "组员", "市场"}
    assert sees(peer) == {"主管", "同事"}
    assert sees(below) == {"组员"}
    assert sees(beside) == {"组员", "市场"}
    assert sees(loner) == {"独行"}


def test_a_circle_of_departments_ends(actor):
    one = Department.objects.create(name="甲")
    two = Department.objects.create(name="乙", parent=one)
    Department.objects.filter(id=one.id).update(parent=two)
    member = hire("某人", {"people.see_contacts": "subtree"}, departments=[one])
    assert actor_of_member(member).circles["subtree"] == {member.id}


def test_effective_rights_name_their_roles(actor, administrator, rooms):
    member = hire(
        "小王",
        {"people.change_contact": "departments"},
        {"people.see_contacts": "own", "live_codes.see": "all"},
        departments=[rooms["sales"]],
        revealed=["people.phone"],
    )
    hire("小李", departments=[rooms["sales"]])
    hire("已离职", departments=[rooms["sales"]], active=False)
    told = Browser(administrator).get(f"/api/members/{member.id}/rights")[1]
    rights = {one["key"]: one for module in told["modules"] for one in module["rights"]}
    assert set(rights) == {entry.key for entry in operations if entry.grantable}
    see = rights["people.see_contacts"]
    assert see["scope"] == "departments"
    assert [(one["scope"], one["implied_by"]) for one in see["sources"]] == [
        ("departments", ["Change contacts"]),
        ("own", []),
    ]
    assert (rights["insight.see"]["scope"], rights["insight.see"]["sources"]) == (None, [])
    revealed = {one["key"]: one["revealed"] for one in told["fields"]}
    assert (
        revealed.items()
        >= {
            "people.phone": True,
            "people.email": False,
            "people.wechat_id": False,
        }.items()
    )
    circles = {one["scope"]: (one["count"], one["names"]) for one in told["circles"]}
    assert circles["departments"] == (2, ["小李", "小王"])
    assert circles["all"][0] == Member.objects.filter(active=True).count()


def test_own_rights_are_shown_to_everybody_and_others_with_the_right(actor):
    plain, other = hire("小王", {"people.see_contacts": "own"}), hire("小李")
    browser = Browser(plain)
    assert browser.get("/api/session/rights")[1]["member"]["name"] == "小王"
    assert browser.get(f"/api/members/{other.id}/rights")[0] == 403
    assert browser.send("post", f"/api/members/{other.id}/why", {"operation": "people.see_contacts"})[0] == 403


def test_a_refusal_names_the_right_and_who_can_give_it(actor, administrator):
    hire("无能为力", {"org.manage_roles": "all"})
    hire("角色管理", {"org.manage_roles": "all", "insight.see": "all"})
    hire("已离职", {"org.manage_roles": "all", "insight.see": "all"}, active=False)
    browser = Browser(hire("小王"))
    status, refused = browser.send("post", "/api/insight/funnel", {})
    assert (status, refused["error"]["needs"]) == (403, "insight.see")
    told = browser.get("/api/session/why?operation=insight.see")[1]
    assert (told["held"], told["label"], told["givers"]) == (False, "See analyses", ["管理员", "角色管理"])
    assert browser.get("/api/session/why?operation=people.keep")[0] == 404


class TestWhy:
    @pytest.fixture(autouse=True)
    def staff(self, actor, administrator):
        self.actor, self.admin = actor, Browser(administrator)
        self.wang = hire("小王", {"people.see_contacts": "own"})
        self.li = hire("小李")
        self.contact = admit(actor, "张三", self.li)

    def ask(self, member, operation="people.see_contacts", record_id=None, browser=None):
        body = {"operation": operation, "record_id": record_id}
        return (browser or self.admin).send("post", f"/api/members/{member.id}/why", body)

    def reason(self, *asked, **more):
        status, told = self.ask(*asked, **more)
        assert status == 200, told
        return told["reason"], told["text"]

    def test_out_of_reach_says_whose_it_is(self):
        reason, text = self.reason(self.wang, record_id=self.contact)
        assert reason == "out_of_reach"
        for words in ("小李", "张三", "小王", "Own", "followed by"):
            assert words in text

    def test_reach_says_by_which_role(self):
        people.begin_ownership(self.actor, contact_id=self.contact, member_id=self.wang.id, since=clock.now())
        reason, text = self.reason(self.wang, record_id=self.contact)
        assert reason == "may"
        assert "小王的角色" in text
        assert self.reason(self.wang)[0] == "may"

    def test_a_missing_right_says_who_gives_it(self):
        reason, text = self.reason(self.wang, "people.change_contact", record_id=self.contact)
        assert reason == "no_right"
        assert "管理员" in text
        assert self.reason(self.li)[0] == "no_right"

    def test_who_is_deactivated_may_nothing(self):
        gone = hire("已离职", {"people.see_contacts": "all"}, active=False)
        assert self.reason(gone, record_id=self.contact)[0] == "inactive"

    def test_a_record_that_is_not_there(self):
        reason, text = self.reason(self.wang, record_id=999_999_999)
        assert reason == "no_record"
        assert "999999999" in text

    def test_a_deleted_code_and_a_code_of_others(self):
        seller = hire("活码员", {"live_codes.change": "own"})
        code = create_code(self.actor, name="展会", members={seller.id: 1})
        assert self.reason(seller, "live_codes.see", record_id=code.id)[0] == "may"
        # He stands behind it, which lets him see it and not change it.
        assert self.reason(seller, "live_codes.change", record_id=code.id)[0] == "out_of_reach"
        delete_code(self.actor, code_id=code.id)
        assert self.reason(seller, "live_codes.see", record_id=code.id)[0] == "may_deleted"

    def test_whoever_does_not_see_a_record_is_told_nothing_of_it(self):
        asker = Browser(hire("角色管理", {"org.see_roles": "all", "people.see_contacts": "own"}))
        seen = self.ask(self.wang, record_id=self.contact, browser=asker)
        missing = self.ask(self.wang, record_id=999_999_999, browser=asker)
        assert seen[0] == missing[0] == 404
        assert seen[1]["error"] == missing[1]["error"]
        blind = Browser(hire("看不见客户", {"org.see_roles": "all"}))
        assert self.ask(self.wang, record_id=self.contact, browser=blind)[0] == 404
        assert blind.get("/api/roles/records?operation=people.see_contacts")[1] == {"items": []}

    def test_bad_questions_are_refused_by_field(self):
        for body, field in (
            ({"operation": "people.fly"}, "operation"),
            ({"operation": "people.manage_tags", "record_id": self.contact}, "record_id"),
        ):
            status, told = self.admin.send("post", f"/api/members/{self.wang.id}/why", body)
            assert status == 422
            assert field in told["error"]["fields"]

    def test_records_to_choose_from_are_those_one_sees(self):
        admit(self.actor, "李四")
        address = "/api/roles/records?operation=timeline.see"
        assert [one["name"] for one in self.admin.get(address)[1]["items"]] == ["李四", "张三"]
        assert [one["id"] for one in self.admin.get(f"{address}&search=张")[1]["items"]] == [self.contact]
        assert self.admin.get("/api/roles/records?operation=people.manage_tags")[1] == {"items": []}

"""The rules of docs/identity.md, each example a test: from the facts the collector writes to timeline and funnel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cove.cockpit.insight.contracts import Step
from cove.cockpit.insight.queries.funnel import funnel
from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts, undo_merge
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, ContactIdentity, SuspectedDuplicate, UserName
from cove.engine.timeline.contracts import Wanted
from cove.engine.timeline.queries.page import timeline
from cove.facts.tracking import EventTracked, IdentityAliased, PageViewed, VisitorIdentified
from cove.kernel.ids import visitor_id
from cove.kernel.log.publish import append_facts, pending

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Site:
    """The company's site and product: what browsers and users do there, as the collector writes it into the log.

    `cove/edge/tests/test_identity.py` sends the same through the collector's door.
    """

    noon = NOON

    def __init__(self, actor, drain):
        self.actor, self.drain = actor, drain
        self.minute = 0

    def browser(self, name):
        return visitor_id(self.actor.tenant_id, f"browser-{name}")

    def user(self, name):
        return visitor_id(self.actor.tenant_id, f"user:{name}")

    def views(self, visitor, title="首页"):
        self.tell(PageViewed, visitor_id=visitor, url="https://shop.test/", title=title)

    def buys(self, visitor):
        self.tell(EventTracked, visitor_id=visitor, event="buy")

    def identifies(self, browser, user, *, proof="server", **traits):
        visitor = self.browser(browser) if browser else self.user(user)
        self.tell(
            VisitorIdentified,
            visitor_id=visitor,
            user_id=user,
            user_visitor=self.user(user),
            traits=traits,
            proof=proof,
        )

    def aliases(self, user, previous, *, proof="server"):
        self.tell(
            IdentityAliased,
            visitor_id=self.user(user),
            user_id=user,
            user_visitor=self.user(user),
            previous_id=previous,
            previous_visitor=self.user(previous),
            proof=proof,
        )

    def tell(self, kind, **said):
        fact = kind(message_id=f"m{self.minute + 1}", **said)
        append_facts([pending(fact, at=self.next_minute(), chain=())])

    def next_minute(self):
        self.minute += 1
        return self.noon + timedelta(minutes=self.minute)

    def contact(self, user):
        """Return who a user is, when everything in the log was digested."""
        self.drain()
        return people.contact_by_identity(self.actor, Identity("user", user))

    def titles(self, contact_id):
        self.drain()
        found = timeline(self.actor, contact_id, Wanted(kinds=[PageViewed.kind, EventTracked.kind]), limit=200).items
        return [one.payload.get("title") or one.payload["event"] for one in reversed(found)]

    def bought_after_viewing(self):
        """Return how many people viewed a page, and how many of them bought something afterwards."""
        self.drain()
        steps = [Step(PageViewed.kind), Step(EventTracked.kind, {"event": "buy"})]
        found = funnel(
            self.actor,
            steps=steps,
            window=timedelta(days=1),
            since=self.noon - timedelta(days=1),
            until=self.noon + timedelta(days=1),
        )
        return [one.people for one in found]


@pytest.fixture
def site(actor, drain):
    return Site(actor, drain)


def reasons():
    """Return the pairs that are told, by the names of both and why."""
    rows = SuspectedDuplicate.objects.filter(state="open", told=True).order_by("id")
    return [({row.one_id, row.other_id}, [said["kind"] for said in row.reasons]) for row in rows]


def test_rule_1_the_first_identification_of_a_browser_gives_its_whole_past(site):
    phone = site.browser("phone")
    site.views(phone, "首页")
    site.views(phone, "价格")
    assert site.bought_after_viewing() == [1, 0]

    site.identifies("phone", "u-1", name="李雷")
    site.buys(site.user("u-1"))

    li = site.contact("u-1")
    assert (li.name, li.source) == ("李雷", "web")
    assert site.titles(li.id) == ["首页", "价格", "buy"]
    # One person, who viewed as a browser and bought as a user.
    assert site.bought_after_viewing() == [1, 1]


def test_rule_1_what_was_known_of_a_browser_comes_with_it_in_whatever_order(site):
    """What was sent before, but arrives after he is known, is his as well."""
    site.identifies("phone", "u-1")
    li = site.contact("u-1")
    site.views(site.browser("phone"), "迟到的页面")
    assert site.titles(li.id) == ["迟到的页面"]


def test_rule_2_a_bare_claim_joins_nobody(site):
    site.views(site.browser("phone"))
    site.identifies("phone", "u-1", proof="none", phone="13800001234", name="冒名")
    assert site.contact("u-1") is None
    assert Contact.objects.count() == 0


def test_rule_2_a_signature_proves_the_user_and_not_what_the_page_says_beside_him(site):
    site.identifies("phone", "u-1", proof="signature", phone="13800001234", email="boss@shop.test", name="李雷")
    li = site.contact("u-1")
    row = Contact.objects.get(id=li.id)
    assert (row.name, row.phone, row.email) == ("李雷", "", "")
    assert set(ContactIdentity.objects.values_list("kind", flat=True)) == {"user"}


def test_rule_2_the_server_names_the_person_and_the_one_who_is_known_is_found(site):
    hans, _ = people.admit_contact(site.actor, identity=Identity("phone", "13800001234"), source="console")
    site.identifies("phone", "u-1", phone="+86 138-0000-1234", email="Han@Shop.Test", unionid="oUNION1")
    assert site.contact("u-1").id == hans.id
    known = set(ContactIdentity.objects.filter(contact_id=hans.id).values_list("kind", "value"))
    assert known == {
        ("phone", "13800001234"),
        ("user", "u-1"),
        ("email", "han@shop.test"),
        ("unionid", "oUNION1"),
    }
    row = Contact.objects.get(id=hans.id)
    assert (row.phone, row.email) == ("13800001234", "han@shop.test")


def test_rule_3_a_signed_in_user_is_counted_under_his_own_number(site):
    site.identifies("shared", "u-1")
    site.views(site.user("u-1"), "李的订单")
    site.identifies("shared", "u-2")
    site.views(site.user("u-2"), "王的订单")
    assert site.titles(site.contact("u-1").id) == ["李的订单"]
    assert site.titles(site.contact("u-2").id) == ["王的订单"]
    assert site.bought_after_viewing() == [2, 0]


def test_rule_4_a_device_never_joins_two_known_people(site):
    shared = site.browser("shared")
    site.views(shared, "之前")
    site.identifies("shared", "u-1")
    site.identifies("shared", "u-2")
    site.views(shared, "之后")

    li, wang = site.contact("u-1"), site.contact("u-2")

    assert li.id != wang.id
    assert site.titles(li.id) == ["之前", "之后"]
    assert site.titles(wang.id) == []
    assert reasons() == []


def test_rule_5_names_of_one_user_form_a_chain_known_or_not(site):
    for name in ("old", "middle", "new"):
        site.views(site.user(name), name)
    site.aliases("middle", "old")
    site.aliases("new", "middle")
    assert site.contact("old") is None
    assert site.bought_after_viewing() == [3, 0]

    site.identifies(None, "middle", name="李雷")

    li = site.contact("middle")
    assert {site.contact(name).id for name in ("old", "new")} == {li.id}
    assert site.titles(li.id) == ["old", "middle", "new"]
    assert site.bought_after_viewing() == [1, 0]


def test_rule_5_a_name_that_is_added_to_a_known_chain_is_known_at_once(site):
    site.identifies("phone", "u-1")
    site.views(site.user("temp"), "试用")
    site.aliases("u-1", "temp")
    li = site.contact("u-1")
    assert site.contact("temp").id == li.id
    assert site.titles(li.id) == ["试用"]


def test_rule_5_two_chains_that_meet_are_one(site):
    site.aliases("b", "a")
    site.aliases("d", "c")
    site.aliases("c", "b")
    site.identifies(None, "d")
    ids = {site.contact(name).id for name in "abcd"}
    assert len(ids) == 1
    assert UserName.objects.values("chain").distinct().count() == 1


def test_rule_5_an_alias_without_proof_links_nothing(site):
    site.identifies(None, "u-1")
    site.aliases("u-1", "somebody-else", proof="none")
    site.aliases("u-1", "u-1")
    assert site.contact("somebody-else") is None
    assert UserName.objects.count() == 0


def test_rule_6_known_and_known_are_suspected_and_not_joined(site):
    site.identifies("one", "u-1", phone="13800001234")
    site.identifies("two", "u-2", phone="13800001234")
    site.views(site.user("u-1"), "李")
    site.views(site.user("u-2"), "王")

    li, wang = site.contact("u-1"), site.contact("u-2")

    assert li.id != wang.id
    assert (site.titles(li.id), site.titles(wang.id)) == (["李"], ["王"])
    assert reasons() == [({li.id, wang.id}, ["phone"])]
    # The same once more is no news; another reason is.
    site.identifies("two", "u-2", phone="13800001234", unionid="oU")
    site.identifies("one", "u-1", unionid="oU")
    site.drain()
    assert reasons() == [({li.id, wang.id}, ["phone", "unionid"])]


def test_rule_6_an_alias_of_two_known_users_joins_neither_nor_what_is_between_them(site):
    site.identifies(None, "u-1")
    site.identifies(None, "u-2")
    site.aliases("u-2", "bridge")
    site.aliases("bridge", "u-1")
    li, wang = site.contact("u-1"), site.contact("u-2")
    assert li.id != wang.id
    # The name between them was the second's before the first came.
    assert site.contact("bridge").id == wang.id
    assert reasons() == [({li.id, wang.id}, ["alias"])]


def test_rule_6_one_wechat_account_is_one_person_whatever_he_is_called(site):
    site.identifies(None, "u-1", unionid="oSAME")
    site.identifies(None, "u-2", unionid="oSAME")
    assert site.contact("u-1").id == site.contact("u-2").id
    assert reasons() == []


def test_rule_6_a_phone_that_a_member_writes_down_is_enough_for_a_suspicion(site):
    from cove.directory.people.commands.contacts import change_contact

    site.identifies(None, "u-1", phone="13800001234")
    li = site.contact("u-1")
    other, _ = people.admit_contact(site.actor, identity=Identity("wecom_external", "wm-1"), source="wecom")
    change_contact(site.actor, contact_id=other.id, changes={"phone": "+8613800001234"})
    assert reasons() == [({li.id, other.id}, ["phone"])]


def test_rule_7_merging_moves_nothing_and_undoing_gives_each_his_own(site):
    site.views(site.browser("phone"), "手机")
    site.identifies("phone", "u-1", name="李雷")
    site.views(site.user("u-1"), "产品")
    friend, _ = people.admit_contact(
        site.actor, identity=Identity("wecom_external", "wm-li"), source="wecom", profile=Profile(name="李雷（微信）")
    )
    li = site.contact("u-1")
    site.buys(site.user("u-1"))
    people.join_visitor(site.actor, contact_id=friend.id, visitor_id=site.browser("desk"), how="live_code")
    site.views(site.browser("desk"), "海报")
    assert site.bought_after_viewing() == [2, 1]

    merge = merge_contacts(site.actor, contact_id=friend.id, merged_id=li.id)

    assert site.titles(friend.id) == ["手机", "产品", "buy", "海报"]
    assert site.titles(li.id) == site.titles(friend.id)
    assert site.contact("u-1").id == friend.id
    assert site.bought_after_viewing() == [1, 1]
    kinds = {one.kind for one in timeline(site.actor, friend.id).items}
    assert {"people.contacts_merged", "people.contact_admitted"} <= kinds

    # What comes by his own names stays his: a new browser of the user who was merged.
    site.identifies("new", "u-1")
    site.views(site.browser("new"), "新手机")
    assert site.titles(friend.id)[-1] == "新手机"
    undo_merge(site.actor, merge_id=merge.id)

    assert site.titles(friend.id) == ["海报"]
    assert site.titles(li.id) == ["手机", "产品", "buy", "新手机"]
    assert site.contact("u-1").id == li.id
    assert site.bought_after_viewing() == [2, 1]


def test_rule_7_a_merged_contact_leads_on_over_several_merges(site):
    for number in (1, 2, 3):
        site.views(site.user(f"u-{number}"), f"页{number}")
        site.identifies(None, f"u-{number}")
    one, two, three = (site.contact(f"u-{number}").id for number in (1, 2, 3))
    first = merge_contacts(site.actor, contact_id=two, merged_id=one)
    merge_contacts(site.actor, contact_id=three, merged_id=two)

    assert [site.titles(number) for number in (one, two, three)] == [["页1", "页2", "页3"]] * 3
    assert site.bought_after_viewing() == [1, 0]

    undo_merge(site.actor, merge_id=first.id)
    assert site.titles(one) == ["页1"]
    assert site.titles(three) == site.titles(two) == ["页2", "页3"]
    assert site.bought_after_viewing() == [2, 0]


def test_rule_7_a_merge_settles_the_chain_between_the_two(site):
    site.identifies(None, "u-1")
    site.identifies(None, "u-2")
    site.aliases("u-1", "u-2")
    site.aliases("third", "u-1")
    site.views(site.user("third"), "第三个名字")
    one, two = site.contact("u-1"), site.contact("u-2")
    assert site.contact("third") is None
    merge_contacts(site.actor, contact_id=one.id, merged_id=two.id)
    assert site.titles(one.id) == ["第三个名字"]
    assert reasons() == []


def test_an_import_of_old_events_makes_old_contacts(site):
    site.views(site.browser("phone"))
    site.identifies("phone", "u-1", name="李雷")
    said_so = NOON + timedelta(minutes=site.minute)
    li = site.contact("u-1")
    row = Contact.objects.get(id=li.id)
    assert row.created_at == said_so
    told = timeline(
        site.actor, li.id, Wanted(kinds=["people.contact_admitted", "people.visitor_joined"]), limit=10
    ).items
    assert {one.at for one in told} == {said_so}

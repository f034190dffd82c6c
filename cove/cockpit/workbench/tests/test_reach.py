"""Scope and masks, through every module: two reps side by side, each with contacts and codes of his own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from cove.business.live_codes.commands.codes import create_code
from cove.business.live_codes.models import CodeFriendship
from cove.business.live_codes.queries import codes as code_queries
from cove.cockpit.insight.contracts import Step
from cove.cockpit.insight.queries.funnel import funnel
from cove.cockpit.insight.queries.overview import overview
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.tests.staff import Browser, hire
from cove.directory.people import facade as people
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.notes import write_note
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.contracts import Identity, Profile
from cove.engine.audiences import facade as audiences
from cove.engine.audiences.errors import InvalidRule
from cove.engine.automation import facade as automation
from cove.engine.automation.contracts import ActionCall
from cove.facts.live_codes import CodeScanned
from cove.facts.people import ContactAdmitted, NoteWritten
from cove.kernel import clock
from cove.kernel.errors import InvalidInput
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.operations import operations

REP = {
    "people.change_contact": "own",
    "people.write_note": "own",
    "people.tag_contact": "own",
    "timeline.see": "own",
    "automation.see_acts": "own",
    "audiences.preview": "own",
    "live_codes.change": "own",
    "live_codes.delete": "own",
    "insight.see": "own",
    "people.manage_tags": "all",
}
PHONES = {"张三": "13800138000", "李四": "13900139000"}
DAY = timedelta(days=1)
EXTERNAL = "wmAJ2GCAAAXtWyujaWJHDDGi0mACH"


class Side:
    """A rep with a browser, his contact and his code."""

    def __init__(self, actor, name, contact):
        self.member = hire(name, REP)
        self.browser, self.actor = Browser(self.member), actor_of_member(self.member)
        identity = Identity("wecom_external", f"{EXTERNAL}{self.member.id:04}")
        card, _ = people.admit_contact(actor, identity=identity, source="wecom", profile=Profile(name=contact))
        people.begin_ownership(actor, contact_id=card.id, member_id=self.member.id, since=clock.now())
        change_contact(actor, contact_id=card.id, changes={"phone": PHONES[contact], "email": f"u{card.id}@a.test"})
        self.contact, self.external = card.id, identity.value
        self.code = create_code(self.actor_with(create=True), name=f"{name}的码", members={self.member.id: 1}).id

    def actor_with(self, *, create):
        return replace(self.actor, rights={**self.actor.rights, "live_codes.create": "all"}) if create else self.actor


@pytest.fixture
def mine(actor):
    return Side(actor, "小王", "张三")


@pytest.fixture
def theirs(actor):
    return Side(actor, "小李", "李四")


def ids(answer):
    status, told = answer
    assert status == 200, told
    return [one["id"] for one in told["items"]]


def test_lists_show_ones_own_and_the_rest_does_not_exist(mine, theirs):
    get, send = mine.browser.get, mine.browser.send
    assert ids(get("/api/contacts")) == [mine.contact]
    assert ids(get(f"/api/contacts?owner_id={theirs.member.id}")) == []
    assert ids(get("/api/live-codes")) == [mine.code]
    for address in (
        f"/api/contacts/{theirs.contact}",
        f"/api/contacts/{theirs.contact}/timeline",
        f"/api/contacts/{theirs.contact}/first-touch",
        f"/api/automation/acts?contact_id={theirs.contact}",
        f"/api/live-codes/{theirs.code}",
        f"/api/live-codes/{theirs.code}/report",
        f"/api/live-codes/{theirs.code}/qr.svg",
    ):
        assert get(address)[0] == 404, address
    for method, address, body in (
        ("patch", f"/api/contacts/{theirs.contact}", {"name": "x"}),
        ("post", f"/api/contacts/{theirs.contact}/notes", {"text": "x"}),
        ("put", f"/api/contacts/{theirs.contact}/tags", {"add": []}),
        ("patch", f"/api/live-codes/{theirs.code}", {"name": "x"}),
        ("delete", f"/api/live-codes/{theirs.code}", None),
        ("post", f"/api/live-codes/{theirs.code}/restore", None),
    ):
        assert send(method, address, body)[0] == 404, address
    page = get(f"/api/contacts/{mine.contact}")[1]
    assert (page["previous_id"], page["next_id"]) == (None, None)


def test_search_finds_ones_own_and_nothing_by_a_masked_value(mine, theirs):
    found = mine.browser.get("/api/search?q=小")[1]["groups"]
    assert [item["title"] for group in found for item in group["items"]] == ["小王的码"]
    for hidden in (*PHONES.values(), mine.external, f"u{mine.contact}@a.test"):
        assert mine.browser.get(f"/api/search?q={hidden}")[1] == {"groups": []}
        assert ids(mine.browser.get(f"/api/contacts?search={hidden}")) == []


def test_counts_on_tags_and_pages_are_of_what_one_sees(actor, mine, theirs):
    group = create_tag_group(actor, name="意向", library="sales")
    tag = create_tag(actor, group_id=group.id, name="高")
    for side in (mine, theirs):
        people.tag_contact(actor, contact_id=side.contact, add=[tag.id], source="console")
    library = mine.browser.get("/api/tags")[1]["groups"]
    assert [(one["name"], one["contacts"]) for one in library[0]["tags"]] == [("高", 1)]
    assert people.tag_ids_of(mine.actor, mine.contact) == {tag.id}
    assert people.tag_ids_of(mine.actor, theirs.contact) == set()


def test_facades_keep_the_scope_of_whoever_they_act_for(actor, mine, theirs):
    assert set(people.contacts_by_id(mine.actor, [mine.contact, theirs.contact])) == {mine.contact}
    assert people.contact_by_identity(mine.actor, Identity("wecom_external", theirs.external)) is None
    assert people.contact_by_identity(mine.actor, Identity("wecom_external", mine.external)).id == mine.contact
    for number, side in enumerate((mine, theirs), start=900_001):
        people.join_visitor(actor, contact_id=side.contact, visitor_id=side.contact + number, how="identify")
    visitor = theirs.contact + 900_002
    assert people.visitors_of(mine.actor, theirs.contact) == []
    assert people.contacts_of_visitors(mine.actor, [visitor]) == {}
    assert people.contacts_of_visitors(actor, [visitor]) == {visitor: theirs.contact}
    assert people.reachable(mine.actor, [mine.contact, theirs.contact], operations["timeline.see"]) == {mine.contact}


def test_rules_and_previews_reach_ones_own(actor, mine, theirs):
    status, told = mine.browser.send("post", "/api/audiences/preview", {"rule": {"all": []}})
    assert (status, told["count"], told["sample"]) == (200, 1, ["张三"])
    assert not audiences.matches(mine.actor, {"all": []}, theirs.contact)
    narrow = replace(actor_of_member(hire("运营", {"people.see_contacts": "all", "audiences.preview": "own"})))
    assert list(audiences.contacts_matching(narrow, {"all": []})) == []

    CodeFriendship.objects.create(
        code_id=theirs.code,
        contact_id=mine.contact,
        member=mine.member,
        began_at=clock.now(),
        began_on=clock.now().date(),
    )
    rule = {"field": "live_codes.code", "op": "has", "value": [theirs.code]}
    assert list(audiences.contacts_matching(actor, rule)) == [mine.contact]
    assert list(audiences.contacts_matching(mine.actor, rule)) == []
    assert not audiences.matches(mine.actor, rule, mine.contact)
    assert "小李的码" not in audiences.explain(mine.actor, rule)


@pytest.mark.parametrize(("field", "value"), [("people.phone", "138"), ("people.email", "a.test")])
def test_a_rule_cannot_ask_for_what_is_masked(mine, field, value):
    rule = {"not": {"field": field, "op": "contains", "value": value}}
    status, told = mine.browser.send("post", "/api/audiences/preview", {"rule": rule})
    assert (status, told["error"]["code"]) == (422, "audiences.invalid_rule")
    assert list(told["error"]["fields"]) == ["rule.not.field"]
    assert "masked" in told["error"]["fields"]["rule.not.field"]
    with pytest.raises(InvalidRule):
        audiences.matches(mine.actor, rule, mine.contact)
    offered = mine.browser.get("/api/audiences/conditions")[1]["items"]
    assert field not in {one["field"] for one in offered}
    open_eyed = replace(mine.actor, revealed=frozenset({field}))
    assert list(audiences.contacts_matching(open_eyed, rule["not"])) == [mine.contact]


def tell(*facts):
    with transaction.atomic():
        append_facts([pending(fact, at=None, chain=()) for fact in facts])


def test_timelines_show_masked_what_one_sees_masked(actor, administrator, mine, drain):
    who = {"contact_id": mine.contact, "source": "web"}
    tell(
        NoteWritten(contact_id=mine.contact, text="回电 13800138000 或 li@a.test"),
        ContactAdmitted(**who, identity_kind="phone", identity_value="13800138000"),
        ContactAdmitted(**who, identity_kind="user", identity_value="u-1"),
    )
    drain()
    masked = mine.browser.get(f"/api/contacts/{mine.contact}/timeline")[1]["items"]
    whole = Browser(administrator).get(f"/api/contacts/{mine.contact}/timeline")[1]["items"]
    for secret in ("13800138000", "li@a.test", mine.external):
        assert secret not in str(masked)
        assert secret in str(whole)
    captions = [one["caption"] for one in masked]
    assert "回电 138****8000 或 l***@a.test" in captions
    values = {one["properties"].get("identity_value") for one in masked if one["kind"] == ContactAdmitted.kind}
    assert values == {"138****8000", "u-1", "w****" + mine.external[-1]}


def test_a_contacts_page_masks_and_a_mask_is_never_saved(actor, mine):
    people.describe_ownership(
        actor, contact_id=mine.contact, member_id=mine.member.id, way=1, remark="张总 138 0013 8000"
    )
    address = f"/api/contacts/{mine.contact}"
    page = mine.browser.get(address)[1]
    assert (page["phone"], page["email"]) == ("138****8000", "u***@a.test")
    assert page["identities"][0]["value"] == "w****" + mine.external[-1]
    assert page["ownerships"][0]["remark"] == "张总 138****8000"
    status, after = mine.browser.send("patch", address, {"email": page["email"], "name": "张先生"})
    assert (status, after["name"]) == (200, "张先生")
    whole = replace(mine.actor, revealed=frozenset({"people.email"}))
    assert list(audiences.contacts_matching(whole, {"field": "people.email", "op": "contains", "value": "*"})) == []


def test_acts_of_automation_keep_the_scope(actor, mine, theirs):
    call = [ActionCall("people.write_note", {"text": "自动记录"})]
    for side in (mine, theirs):
        automation.perform(actor, contact_id=side.contact, calls=call, once_key=f"test:{side.contact}")
    assert len(ids(mine.browser.get(f"/api/automation/acts?contact_id={mine.contact}"))) == 1
    performing = replace(mine.actor, rights={**mine.actor.rights, "automation.perform": "all"})
    [done] = automation.perform(performing, contact_id=mine.contact, calls=call, once_key="test:own")
    assert done.state == "done"


def test_reports_by_member_are_of_members_within_reach(actor, mine, theirs):
    shared = create_code(actor, name="共用", members={mine.member.id: 1, theirs.member.id: 1})
    today = clock.now().date()
    for side in (mine, theirs):
        CodeFriendship.objects.create(
            code=shared, contact_id=side.contact, member=side.member, began_at=clock.now(), began_on=today
        )
    told = mine.browser.get(f"/api/live-codes/{shared.id}/report?to={today}")[1]
    assert told["totals"]["adds"] == 2
    assert [one["member"]["name"] for one in told["members"]] == ["小王"]
    assert mine.browser.send("patch", f"/api/live-codes/{shared.id}", {"name": "我的"})[0] == 404
    assert code_queries.figures(mine.actor, [shared.id, theirs.code])[shared.id].adds == 2
    assert code_queries.figures(actor_of_member(hire("局外人")), [shared.id])[shared.id].adds == 0


def test_analyses_count_what_is_within_reach(actor, mine, theirs, drain):
    for side in (mine, theirs):
        tell(CodeScanned(visitor_id=side.contact, code_id=side.code, code_name="码", visit="v"))
        write_note(actor, contact_id=side.contact, text="好")
    drain()
    assert (overview(actor).contacts, overview(actor).scans) == (2, 2)
    assert (overview(mine.actor).contacts, overview(mine.actor).new_today, overview(mine.actor).scans) == (1, 1, 1)
    lonely = actor_of_member(hire("新人", {"insight.see": "own"}))
    assert (overview(lonely).contacts, overview(lonely).scans) == (0, 0)

    steps = [Step(ContactAdmitted.kind), Step(NoteWritten.kind)]
    span = {"since": clock.now() - DAY, "until": clock.now() + DAY, "window": DAY}
    assert [one.people for one in funnel(actor, steps=steps, **span)] == [2, 2]
    assert [one.people for one in funnel(mine.actor, steps=steps, **span)] == [1, 1]
    assert [one.people for one in funnel(lonely, steps=steps, **span)] == [0, 0]
    for where in ({"identity_value": mine.external}, {"identity_value": "guess"}, {"source": "13800138000"}):
        with pytest.raises(InvalidInput) as caught:
            funnel(mine.actor, steps=[Step(ContactAdmitted.kind, where), steps[1]], **span)
        assert list(caught.value.fields) == [f"steps.0.where.{next(iter(where))}"]


def test_everybody_sees_his_own_jobs_and_stops_them(mine, theirs):
    runs = {
        side.member.name: JobRun.objects.create(kind="test", arguments={}, asked_by=side.member.id)
        for side in (mine, theirs)
    }
    JobRun.objects.create(kind="test", arguments={}, asked_by=None)
    own, other = runs["小王"].id, runs["小李"].id
    assert ids(mine.browser.get("/api/jobs")) == [own]
    assert mine.browser.get(f"/api/jobs/{other}")[0] == 404
    assert mine.browser.send("post", f"/api/jobs/{other}/cancel")[0] == 404
    assert mine.browser.send("post", f"/api/jobs/{own}/cancel")[0] == 200
    assert JobRun.objects.get(id=own).cancel_asked
    watcher = Browser(hire("旁观", {"jobs.see": "all"}))
    assert len(ids(watcher.get("/api/jobs"))) == 3
    status, refused = watcher.send("post", f"/api/jobs/{other}/cancel")
    assert (status, refused["error"]["needs"]) == (403, "jobs.cancel")
    keeper = Browser(hire("值守", {"jobs.cancel": "all"}))
    assert keeper.send("post", f"/api/jobs/{other}/cancel")[0] == 200

"""Consents and unsubscriptions: what was said, to which words, by which way; and whom a message may reach."""

from __future__ import annotations

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.directory.privacy.commands.consents import record_choices
from cove.directory.privacy.commands.purposes import change_purpose, create_purpose, lay_usual_purposes
from cove.directory.privacy.errors import PurposeNameTaken, UnknownPurpose
from cove.directory.privacy.models import ConsentEvent, Purpose
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound


@pytest.fixture
def li(actor):
    return people.admit_contact(actor, identity=Identity("user", "li"), source="web")[0].id


@pytest.fixture
def wang(actor):
    return people.admit_contact(actor, identity=Identity("user", "wang"), source="web")[0].id


def choose(actor, contact_id, purposes=None, channels=None, source="form"):
    privacy.keep_choices(actor, contact_id=contact_id, source=source, purposes=purposes or {}, channels=channels or {})


def test_each_tenant_begins_with_the_usual_purposes_once(actor):
    lay_usual_purposes(actor)
    lay_usual_purposes(actor)
    assert list(Purpose.objects.order_by("id").values_list("name", flat=True)) == [
        "营销触达",
        "个性化推荐",
        "数据分析",
        "第三方共享",
    ]


def test_a_consent_names_the_text_it_was_given_to(actor, li):
    choose(actor, li, {"marketing": True})
    row = Purpose.objects.get(key="marketing")
    wording = {"name_en": "", "text_en": "", "opt_in": True, "active": True}
    change_purpose(actor, purpose_id=row.id, name="营销触达", text="新的文本", **wording)
    assert privacy.consents(actor, [li], "marketing")[li].version == 1
    choose(actor, li, {"marketing": True})
    choose(actor, li, {"marketing": True})
    choose(actor, li, {"marketing": False})
    card = privacy.consents(actor, [li], "marketing")[li]
    assert (card.state, card.version) == ("withdrawn", 2)
    events = ConsentEvent.objects.filter(contact_id=li).order_by("id")
    assert list(events.values_list("given", "version")) == [(True, 1), (True, 2), (False, 2)]
    assert [text.text for text in row.texts.order_by("version")][1] == "新的文本"


def test_saying_the_same_text_again_makes_no_version(actor):
    row = create_purpose(actor, name="会员活动", name_en="", text="一", text_en="", opt_in=False)
    same = {"name_en": "", "text_en": "", "opt_in": False, "active": True}
    change_purpose(actor, purpose_id=row.id, name="会员日", text="一", **same)
    assert row.texts.count() == 1
    with pytest.raises(PurposeNameTaken):
        create_purpose(actor, name="会员日", name_en="", text="二", text_en="", opt_in=False)


def test_whom_a_message_may_reach_is_asked_for_many_at_once(actor, li, wang, django_assert_num_queries):
    choose(actor, li, {"marketing": True}, {"sms": False})
    with django_assert_num_queries(4):
        held = privacy.held_back(actor, [li, wang], channel="sms")
    assert held == {li: "unsubscribed", wang: "no_consent"}
    assert privacy.held_back(actor, [li, wang], channel="email") == {wang: "no_consent"}
    assert privacy.reachable_by(actor, [li, wang], "sms") == {wang}
    assert privacy.may_reach(actor, wang, channel="email", purpose="analysis")
    choose(actor, li, channels={"all": False})
    assert not privacy.may_reach(actor, li, channel="email")
    choose(actor, li, channels={"all": True, "sms": True})
    assert privacy.may_reach(actor, li, channel="sms")


def test_both_stand_on_the_timeline_in_words(browser_client, actor, li, drain):
    choose(actor, li, {"marketing": True}, {"sms": False})
    choose(actor, li, {"marketing": False}, {"sms": True})
    drain()
    items = browser_client.get(f"/api/contacts/{li}/timeline").json()["items"]
    captions = [item["caption"] for item in items if item["kind"].startswith("privacy.")]
    assert captions == [
        "Subscribed again to Text message",
        "Withdrew the consent to “营销触达”",
        "Unsubscribed from Text message",
        "Agreed to “营销触达” (text version 1)",
    ]


def test_a_member_says_how_he_knows(browser_client, actor, li):
    address = f"/api/contacts/{li}/privacy"
    body = {"purposes": {"marketing": True}, "channels": {"phone_call": False}, "reason": ""}
    refused = browser_client.put(f"{address}/choices", body, content_type="application/json")
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, ["reason"])
    body["reason"] = "门店签署"
    assert browser_client.put(f"{address}/choices", body, content_type="application/json").status_code == 204
    read = browser_client.get(address).json()
    assert read["consents"][0]["state"] == "given"
    assert [one["channel"] for one in read["channels"] if one["unsubscribed"]] == ["phone_call"]
    assert [(one["member"], one["reason"]) for one in read["history"]] == [("管理员", "门店签署")]
    body["purposes"] = {"no_such": True}
    wrong = browser_client.put(f"{address}/choices", body, content_type="application/json")
    assert wrong.json()["error"]["code"] == "privacy.unknown_purpose"


def test_refusals(actor, li):
    nobody = Actor(actor.tenant_id, "member", member_id=1)
    with pytest.raises(Forbidden):
        record_choices(nobody, contact_id=li, reason="x", purposes={"marketing": True})
    with pytest.raises(NotFound):
        record_choices(actor, contact_id=li + 10**6, reason="x")
    with pytest.raises(UnknownPurpose):
        choose(actor, li, {"nothing": True})
    # A right for one's own contacts does not reach those of others.
    own = Actor(actor.tenant_id, "member", member_id=1, rights={"privacy.record_consent": "own"})
    with pytest.raises(NotFound):
        record_choices(own, contact_id=li, reason="x", purposes={"marketing": True})

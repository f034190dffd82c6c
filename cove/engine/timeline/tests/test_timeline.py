"""What a person's page shows: joined visitors, order, paging, captions, causes, and what was not shipped yet."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.people.commands.notes import write_note
from cove.directory.people.contracts import Identity
from cove.engine.timeline.contracts import Wanted
from cove.engine.timeline.queries.first_touch import first_touch
from cove.engine.timeline.queries.page import timeline
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Link
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.ids import visitor_id
from cove.kernel.log.consume import drain
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.words import speaking

# The session, roles, contact, visitors, cursor, tail of the log (two), members; a transaction for the note that his id was shown whole.
READ_TIMELINE_QUERIES = 10
"""One of them asks which notes were deleted, where the page has notes."""

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def contact(actor):
    found, _ = people.admit_contact(
        actor, identity=Identity("wecom_external", "wm-li"), source="wecom", at=NOON + timedelta(hours=2)
    )
    return found


def view(actor, visitor, *, at=NOON, title="价格", chain=(), **fields):
    fact = PageViewed(visitor_id=visitor, message_id="m", url="https://example.test/", title=title, **fields)
    append_facts([pending(fact, at=at, chain=chain)])


def test_a_visitors_whole_past_belongs_to_the_contact_the_moment_he_is_known(actor, contact):
    visitor = visitor_id(actor.tenant_id, "anon-1")
    view(actor, visitor)
    drain()
    assert [one.kind for one in timeline(actor, contact.id).items] == ["people.contact_admitted"]

    people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    drain()

    assert [one.kind for one in timeline(actor, contact.id).items] == [
        "people.visitor_joined",
        "people.contact_admitted",
        "tracking.page_viewed",
    ]


def test_what_was_not_shipped_yet_is_there_at_once_and_once(actor, contact):
    write_note(actor, contact_id=contact.id, text="想要报价")

    fresh = timeline(actor, contact.id).items
    drain()
    shipped = timeline(actor, contact.id).items

    assert [one.payload.get("text") for one in fresh] == ["想要报价", None]
    assert [one.position for one in fresh] == [one.position for one in shipped]


def test_pages_meet_without_gap_or_repeat_where_times_are_equal(actor, contact):
    visitor = visitor_id(actor.tenant_id, "anon-2")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    for number in range(25):
        view(actor, visitor, at=NOON + timedelta(minutes=number // 10))
        if number == 17:
            drain()

    seen, cursor = [], None
    while True:
        page = timeline(actor, contact.id, Wanted(kinds=["tracking.page_viewed"]), cursor=cursor, limit=4)
        seen, cursor = seen + page.items, page.older
        if cursor is None:
            break

    assert len(seen) == len({one.position for one in seen}) == 25
    assert [(one.at, one.position) for one in seen] == sorted([(one.at, one.position) for one in seen], reverse=True)


def test_refusals(actor, contact):
    with pytest.raises(NotFound):
        timeline(actor, contact.id + 1_000_000)
    with pytest.raises(InvalidInput):
        timeline(actor, contact.id, Wanted(kinds=["no.such_kind"]))
    with pytest.raises(InvalidInput):
        timeline(actor, contact.id, cursor="WyJhIiwgImIiXQ")
    from cove.kernel.actor import Actor

    with pytest.raises(Forbidden):
        timeline(Actor(actor.tenant_id, "member", member_id=1), contact.id)


def test_facts_of_two_tenants_never_mix(actor, contact):
    from cove.directory.org.commands.tenants import create_tenant
    from cove.kernel.actor import Actor
    from cove.kernel.scope import tenant_scope

    neighbour = create_tenant(name="邻居")
    with tenant_scope(neighbour.id):
        theirs = Actor.system(neighbour.id)
        other, _ = people.admit_contact(theirs, identity=Identity("wecom_external", "wm-li"), source="wecom")
        write_note(theirs, contact_id=other.id, text="别家的")
        # The same numbers in another tenant are other people.
        view(theirs, 77)
    view(actor, 77)
    people.join_visitor(actor, contact_id=contact.id, visitor_id=77, how="identify")
    drain()

    ours = timeline(actor, contact.id).items
    with tenant_scope(neighbour.id):
        other_side = timeline(theirs, other.id).items
        with pytest.raises(NotFound):
            timeline(theirs, contact.id)

    assert sorted(one.kind for one in ours) == [
        "people.contact_admitted",
        "people.visitor_joined",
        "tracking.page_viewed",
    ]
    assert sorted(one.kind for one in other_side) == ["people.contact_admitted", "people.note_written"]
    shared = {one.position for one in ours} & {one.position for one in other_side}
    assert not shared
    counted = rows(neighbour.id, "SELECT count() AS n FROM timeline_fact WHERE tenant_id = {tenant:UInt64}")
    assert counted == [{"n": 3}]


def test_the_first_touch_is_the_earliest_visit_of_all_that_are_joined(actor, contact):
    assert first_touch(actor, contact.id) is None
    early, late = visitor_id(actor.tenant_id, "a"), visitor_id(actor.tenant_id, "b")
    view(actor, late, at=NOON + timedelta(days=1), utm_source="baidu")
    view(actor, early, utm_source="douyin", utm_campaign="春季", referrer="https://www.douyin.com/")
    drain()
    for visitor in (late, early):
        people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")

    touch = first_touch(actor, contact.id)

    assert (touch.at, touch.utm["source"], touch.utm["campaign"]) == (NOON, "douyin", "春季")
    assert touch.referrer == "https://www.douyin.com/"


def test_activity_moves_last_seen_only_forward_and_never_into_the_future(actor, contact):
    from cove.directory.people.models import Contact

    def last_seen():
        return Contact.objects.get(id=contact.id).last_seen_at

    visitor = visitor_id(actor.tenant_id, "anon-3")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    view(actor, visitor, at=NOON + timedelta(days=3))
    view(actor, visitor, at=NOON - timedelta(days=3))
    write_note(actor, contact_id=contact.id, text="电话沟通")
    drain()
    assert last_seen() == NOON + timedelta(days=3)

    view(actor, visitor, at=datetime(2090, 1, 1, tzinfo=UTC))
    drain()
    assert NOON + timedelta(days=3) < last_seen() < datetime(2090, 1, 1, tzinfo=UTC)


def test_captions_speak_both_languages_and_name_the_cause(browser_client, actor, contact, django_assert_num_queries):
    from cove.directory.people.commands.tags import create_tag, create_tag_group

    group = create_tag_group(actor, name="来源", library="sales")
    tags = [create_tag(actor, group_id=group.id, name=name).id for name in ("展会", "重点")]
    because = actor.because(Link(fact=1, kind="wecom.friend_added", rule="business.live_codes.tag_newcomer"))
    people.tag_contact(because, contact_id=contact.id, add=tags, source="live_code")
    answer = browser_client.post(
        f"/api/contacts/{contact.id}/notes", {"text": "约了周五"}, content_type="application/json"
    )
    assert answer.status_code == 204

    english = browser_client.get(f"/api/contacts/{contact.id}/timeline").json()["items"]
    drain()
    with django_assert_num_queries(READ_TIMELINE_QUERIES):
        chinese = browser_client.get(
            f"/api/contacts/{contact.id}/timeline", headers={"accept-language": "zh-CN"}
        ).json()["items"]

    by_kind = {one["kind"]: one for one in chinese}
    assert by_kind["people.contact_tagged"]["caption"] == "打上标签「展会、重点」"
    assert by_kind["people.contact_tagged"]["cause"]["label"] == "添加好友"
    assert by_kind["people.note_written"]["member"]["name"] == "管理员"
    assert by_kind["people.note_written"]["cause"] is None
    assert {one["kind"]: one["caption"] for one in english}["people.contact_tagged"] == "Tagged “展会, 重点”"


def test_the_rule_that_caused_a_fact_is_named_in_plain_words(actor, monkeypatch):
    from cove.engine.timeline.captions.render import tell
    from cove.engine.timeline.contracts import Happening
    from cove.kernel.log import reactions
    from cove.kernel.words import Words

    rule = reactions.Reaction(
        "a.b", "a", "wecom.friend_added", lambda *_: None, Words("打上活码的标签", "Tag by live code")
    )
    monkeypatch.setitem(reactions.reactions._entries, "a.b", rule)
    happening = Happening(
        1, 1, "people.note_written", NOON, NOON, 0, 0, "console", "wecom.friend_added", "a.b", {"text": "x"}
    )

    assert tell(actor, 1, [happening])[0].cause == ("添加好友", "打上活码的标签")
    with speaking("en"):
        assert tell(actor, 1, [happening])[0].cause == ("Friend added", "Tag by live code")


def test_visitor_numbers_survive_javascript(browser_client, actor, contact):
    visitor = visitor_id(actor.tenant_id, "anon-4")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    view(actor, visitor)

    items = browser_client.get(f"/api/contacts/{contact.id}/timeline?kind=tracking.page_viewed").json()["items"]

    assert items[0]["properties"]["visitor_id"] == str(visitor)
    assert items[0]["anonymous"] is True
    assert browser_client.get(f"/api/contacts/{contact.id}/timeline?kind=x").status_code == 422
    assert browser_client.get(f"/api/contacts/{contact.id}/timeline?cursor=%21").status_code == 422
    assert browser_client.get("/api/contacts/999999999/timeline").status_code == 404


def test_the_first_touch_has_its_own_address(browser_client, actor, contact):
    address = f"/api/contacts/{contact.id}/first-touch"
    assert browser_client.get(address).json() == {"first_touch": None}
    visitor = visitor_id(actor.tenant_id, "anon-5")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=visitor, how="identify")
    view(actor, visitor, utm_source="baidu")
    assert browser_client.get(address).json()["first_touch"]["utm"]["source"] == "baidu"


@pytest.mark.parametrize(
    "address", ["/api/contacts/{}/timeline", "/api/contacts/{}/first-touch", "/api/insight/overview"]
)
def test_when_clickhouse_is_away_it_is_said_in_words(browser_client, contact, settings, monkeypatch, address):
    from cove.kernel.clickhouse import client

    monkeypatch.setattr(client, "_local", type(client._local)())
    settings.CLICKHOUSE_URL = "http://cove:x@127.0.0.1:9/cove"
    answer = browser_client.get(address.format(contact.id))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "cove.clickhouse_away")


def test_codes_inside_facts_are_said_in_words(actor):
    from cove.engine.timeline.captions.render import tell
    from cove.engine.timeline.contracts import Happening

    def caption(kind, payload):
        return tell(actor, 1, [Happening(1, 1, kind, NOON, NOON, 0, 0, "wecom", "", "", payload)])[0].caption

    missed = {"member_name": "小王", "reason": "expired"}
    assert caption("delivery.welcome_missed", missed) == "欢迎语未能发出：已超过允许发送的时间"
    assert caption("delivery.welcome_missed", {**missed, "reason": "new_code"}).endswith("原因代码 new_code")
    assert (
        caption("people.contact_changed", {"fields": ["phone", "company_name", "x"]}) == "更新了资料：手机号、公司、x"
    )
    with speaking("en"):
        assert caption("people.contact_changed", {"fields": ["phone", "email"]}) == "Profile changed: phone, e-mail"
        # A kind that a newer version wrote and this one does not know.
        assert caption("future.kind", {"a": 1}) == ""
    assert (
        caption("tracking.page_viewed", {"title": "", "url": "https://example.test/"})
        == "浏览页面「https://example.test/」"
    )

"""Reading a timeline by what it is narrowed to, from where, and in which direction."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.people.commands.notes import write_note
from cove.directory.people.contracts import Identity
from cove.engine.timeline.contracts import Wanted
from cove.engine.timeline.queries import texts
from cove.engine.timeline.queries.page import one_fact, timeline
from cove.facts.delivery import WelcomeSent
from cove.facts.messages import MessageReceived, MessageSent
from cove.facts.tracking import (
    AccountJoined,
    ElementClicked,
    EventTracked,
    FileDownloaded,
    FormSubmitted,
    OutboundFollowed,
    PageLeft,
    PageViewed,
    VisitorIdentified,
)
from cove.facts.wecom_support import TalkOpened, TalkTaken
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.log.fact import catalogue
from cove.kernel.log.publish import append_facts, pending

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = {"visitor_id": 77, "message_id": "m", "url": "https://example.test/jia", "title": "价格"}


@pytest.fixture
def contact(actor):
    """Somebody who was admitted two days before noon, and visitor 77 before."""
    found, _ = people.admit_contact(
        actor, identity=Identity("wecom_external", "wm-read"), source="wecom", at=NOON - timedelta(days=2)
    )
    people.join_visitor(actor, contact_id=found.id, visitor_id=77, how="identify")
    return found


def tell(*facts, at=NOON):
    append_facts([pending(fact, at=at + timedelta(minutes=number), chain=()) for number, fact in enumerate(facts)])


def kinds(page):
    return [one.kind.partition(".")[2] for one in page.items]


@pytest.fixture(params=["fresh", "shipped"])
def settled(request, drain):
    """Every reading holds for what is still in the log alone, and for what ClickHouse has."""
    return drain if request.param == "shipped" else lambda: None


def test_what_it_is_narrowed_by(actor, contact, settled):
    tell(
        PageViewed(**SEEN),
        EventTracked(**{**SEEN, "title": "", "url": ""}, event="加入购物车", source="product"),
        ElementClicked(**{**SEEN, "title": ""}, text="立即“购买”\\"),
        PageViewed(**{**SEEN, "title": "爬取", "url": ""}, suspicion=80, suspicion_reasons=["headless"]),
    )
    write_note(actor, contact_id=contact.id, text="约了 周五 看 Demo")
    settled()

    def read(**wanted):
        return kinds(timeline(actor, contact.id, Wanted(since=NOON - timedelta(days=1), **wanted)))

    everything = ["visitor_joined", "note_written", "page_viewed", "element_clicked", "event_tracked", "page_viewed"]
    assert sorted(read()) == sorted(everything)
    assert read(sources=["product"]) == ["event_tracked"]
    assert read(kinds=["tracking.element_clicked", "people.note_written"])[-1] == "element_clicked"
    assert read(unsuspicious=True).count("page_viewed") == 1
    assert read(until=NOON + timedelta(minutes=1)) == ["page_viewed"]
    assert read(text="价格") == ["page_viewed"]
    assert read(text="购物") == ["event_tracked"]
    assert read(text="demo") == ["note_written"]
    assert read(text="“购买”\\") == ["element_clicked"]
    assert read(text="EXAMPLE.test/jia") == ["page_viewed"]
    # What no line shows is not looked at, whatever a payload holds beside it.
    assert read(text="message_id") == []
    assert read(text="nothing like it") == []


def test_pages_lead_both_ways_over_years_and_never_miss_one(actor, contact, settled):
    days = [0, 1, 1, 5, 40, 41, 400, 800]
    for back in days:
        tell(PageViewed(**SEEN), at=NOON - timedelta(days=back))
    settled()
    wanted = Wanted(kinds=["tracking.page_viewed"])
    everything = timeline(actor, contact.id, wanted).items
    assert [one.at for one in everything] == [NOON - timedelta(days=back) for back in days]

    down, cursor = [], None
    while True:
        page = timeline(actor, contact.id, wanted, cursor=cursor, limit=3)
        assert (page.newer is None) == (cursor is None)
        down, cursor = down + page.items, page.older
        if cursor is None:
            break
    assert down == everything

    up, cursor = [], page.newer
    rest = page.items
    while cursor:
        page = timeline(actor, contact.id, wanted, cursor=cursor, direction="newer", limit=2)
        up, cursor = page.items + up, page.newer
    assert up + rest == everything


def test_a_fact_alone(actor, contact, settled):
    tell(PageViewed(**SEEN))
    settled()
    page = timeline(actor, contact.id, Wanted(kinds=["tracking.page_viewed"]))
    assert one_fact(actor, contact.id, page.items[0].position) == page.items[0]
    stranger, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm-other"), source="wecom")
    with pytest.raises(NotFound):
        one_fact(actor, stranger.id, page.items[0].position)


def test_no_text_finds_what_its_reader_is_not_shown(actor, contact, settled):
    write_note(actor, contact_id=contact.id, text="电话 13812345678 已确认")
    for number in range(4):
        write_note(actor, contact_id=contact.id, text=f"第 {number} 次，又打 13812345678")
    settled()
    may_see = frozenset({"people.phone", "people.email", "people.wechat_id"})
    rights = {"timeline.see": "all", "people.see_contacts": "all"}
    whole = Actor(actor.tenant_id, "member", member_id=1, rights=rights, revealed=may_see)
    masked = Actor(actor.tenant_id, "member", member_id=1, rights=rights)

    assert len(timeline(whole, contact.id, Wanted(text="1234567"), limit=2).items) == 2
    assert timeline(masked, contact.id, Wanted(text="1234567"), limit=2).items == []
    assert len(timeline(masked, contact.id, Wanted(text="已确认")).items) == 1


def test_a_cursor_of_another_list_is_refused(actor, contact):
    for cursor in ("WzEuNSwyXQ", "W3RydWUsMl0", "WzEsLTFd", "!"):
        with pytest.raises(InvalidInput):
            timeline(actor, contact.id, cursor=cursor)


def test_the_console_asks_by_days_of_the_company(browser_client, actor, contact):
    # The company is in Shanghai: 17:00 UTC is one in the morning of the next day.
    tell(PageViewed(**SEEN), at=datetime(2026, 3, 1, 15, tzinfo=UTC))
    tell(PageViewed(**SEEN), at=datetime(2026, 3, 1, 17, tzinfo=UTC))

    def at(**asked):
        asked = {"kind": "tracking.page_viewed", **asked}
        found = browser_client.get(f"/api/contacts/{contact.id}/timeline", asked).json()
        return [one["at"][8:13] for one in found["items"]], found

    assert at(first_day="2026-03-02")[0] == ["01T17"]
    assert at(last_day="2026-03-01")[0] == ["01T15"]
    items, found = at(day="2026-03-01")
    assert items == ["01T15"]
    assert at(cursor=found["newer_cursor"], direction="newer")[0] == ["01T17"]
    items, found = at(day="2020-01-01")
    assert items == []
    assert at(cursor=found["newer_cursor"], direction="newer")[0] == ["01T17", "01T15"]


def test_visits_doubts_and_a_single_fact_in_the_answer(browser_client, actor, contact):
    tell(
        PageViewed(**SEEN, session_id="s1"),
        PageLeft(**SEEN, session_id="s1", seconds=3, depth=90),
        PageViewed(**SEEN, session_id="s2", suspicion=80, suspicion_reasons=["no.such_sign"]),
        EventTracked(**SEEN, session_id="s2", event="下单", suspicion=20, suspicion_reasons=["no.such_sign"]),
    )
    found = browser_client.get(f"/api/contacts/{contact.id}/timeline?first_day=2026-03-01&last_day=2026-03-01").json()
    items = found["items"]
    event, second, left, first = items
    assert first["visit"] == left["visit"] != second["visit"]
    assert event["visit"] is None
    assert second["doubts"] == [{"name": "another sign (no.such_sign)", "meaning": ""}]
    assert (event["doubts"], event["suspicion"]) == ([], 20)
    alone = browser_client.get(f"/api/contacts/{contact.id}/timeline/{event['id']}")
    assert alone.json() == event
    assert browser_client.get(f"/api/contacts/{contact.id}/timeline/1").status_code == 404


NAMELESS = {"visitor_id": 77, "message_id": "m"}


@pytest.mark.parametrize(
    ("fact", "zh", "en"),
    [
        (
            PageViewed(**NAMELESS, url="https://a.test/"),
            "浏览页面「https://a.test/」",
            "Viewed the page “https://a.test/”",
        ),
        (PageLeft(**SEEN, seconds=8, depth=50), "在「价格」停留 8 秒，浏览到 50%", "Stayed 8 s on “价格” and saw 50%"),
        (ElementClicked(**SEEN, text="", element="#buy"), "点击「#buy」", "Clicked “#buy”"),
        (
            FormSubmitted(**SEEN, form=""),
            "提交网页表单「https://example.test/jia」",
            "Submitted the form “https://example.test/jia”",
        ),
        (FileDownloaded(**SEEN, text="", href="/a.pdf"), "下载文件「/a.pdf」", "Downloaded “/a.pdf”"),
        (OutboundFollowed(**SEEN, text="", href=""), "点击外链「未命名」", "Followed a link to “unnamed”"),
        (EventTracked(**SEEN, event="下单 {x}"), "触发事件「下单 {x}」", "Did “下单 {x}”"),
        (AccountJoined(**NAMELESS, account="a-1"), "归属客户账号 a-1", "Acts for the account a-1"),
        (
            VisitorIdentified(**NAMELESS, user_id="u1", user_visitor=5, proof="server"),
            "在网站或产品中登录，用户 ID u1",
            "Signed in on the site or in the product as user u1",
        ),
    ],
    ids=lambda value: value.kind if hasattr(value, "kind") else "",
)
def test_captions_of_behaviour_in_both_languages(browser_client, contact, fact, zh, en):
    tell(fact)
    address = f"/api/contacts/{contact.id}/timeline?kind={fact.kind}"
    assert browser_client.get(address).json()["items"][0]["caption"] == en
    chinese = browser_client.get(address, headers={"accept-language": "zh-CN"})
    assert chinese.json()["items"][0]["caption"] == zh


SAID = {"source": "wecom", "channel": "wecom", "message_key": "m"}
WELCOME = {"member_id": 1, "member_name": "王芳", "text": "您好"}
OF_MESSAGES = [
    (MessageReceived, SAID | {"text": "在吗"}, "通过企业微信发来消息：在吗", "Sent a message by WeCom: 在吗"),
    (MessageReceived, SAID | {"form": "image"}, "通过企业微信发来图片", "Sent a picture by WeCom"),
    (
        MessageReceived,
        SAID | {"form": "location", "text": "西湖"},
        "通过企业微信发来位置：西湖",
        "Sent a location by WeCom: 西湖",
    ),
    (
        MessageReceived,
        SAID | {"form": "other", "native": "hologram"},
        "通过企业微信发来其他类型的消息（hologram）",
        "Sent a message of another kind (hologram) by WeCom",
    ),
    (MessageSent, SAID, "已发送企业微信", "Sent by WeCom"),
    (MessageSent, SAID | {"text": "九点"}, "已发送企业微信：九点", "Sent by WeCom: 九点"),
    (MessageSent, SAID | {"form": "image"}, "已发送企业微信（图片）", "Sent by WeCom (a picture)"),
    (MessageSent, SAID | {"subject": "活动"}, "已发送企业微信：活动", "Sent by WeCom: 活动"),
    (WelcomeSent, WELCOME, "王芳 的欢迎语已送达：您好", "Welcome from 王芳: 您好"),
    (
        WelcomeSent,
        WELCOME | {"parts": ["image", "link"], "titles": ["", "样册"]},
        "王芳 的欢迎语已送达：您好（附图片、链接「样册」）",
        "Welcome from 王芳: 您好 (with a picture, a link “样册”)",
    ),
    (
        TalkOpened,
        {"account_name": "售后", "way_name": "官网"},
        "打开微信客服「售后」（通过「官网」）",
        "Opened customer service “售后” (through “官网”)",
    ),
    (
        TalkTaken,
        {"account_name": "", "member_name": "", "way": "pool"},
        "成员 接待微信客服会话",
        "a member took the conversation with customer service",
    ),
]


def test_captions_of_messages_in_both_languages(browser_client, contact):
    address = f"/api/contacts/{contact.id}/timeline?first_day=2026-03-01&last_day=2026-03-01"
    for kind, fields, _, _ in OF_MESSAGES:
        tell(kind(contact_id=contact.id, **fields))
    said = lambda **headers: [one["caption"] for one in browser_client.get(address, **headers).json()["items"]][::-1]  # noqa: E731
    assert said() == [en for _, _, _, en in OF_MESSAGES]
    assert said(headers={"accept-language": "zh-CN"}) == [zh for _, _, zh, _ in OF_MESSAGES]


def test_what_captions_show_is_what_texts_are_looked_for_in():
    for kind in catalogue:
        assert set(texts.fields_of(kind)) <= set(kind.model_fields)
    assert texts.fields_of(catalogue["people.contact_tagged"]) == ("tag_names",)
    assert texts.fields_of(MessageReceived) == ("text",)
    assert texts.fields_of(WelcomeSent) == ("member_name", "text", "titles")
    assert texts.fields_of(PageViewed) == ("title", "url")
    assert texts.fields_of(ElementClicked) == ("element", "href", "text")


def test_the_choices_of_the_filter_are_those_that_timelines_show(browser_client):
    found = browser_client.get("/api/timeline/choices").json()
    offered = [one["kind"] for group in found["groups"] for one in group["kinds"]]
    assert sorted(offered) == sorted(kind.kind for kind in catalogue if kind.on_timeline)
    assert {"key": "web", "label": "Website"} in found["sources"]
    assert [group["label"] for group in found["groups"] if group["key"] == "tracking"] == ["Site and product"]

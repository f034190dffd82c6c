"""What is written quickly is what the collector itself writes, and what both databases are given is the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from cove.edge.collector.desk import Desk
from cove.edge.collector.events import taken
from cove.edge.collector.wire import Event
from cove.engine.timeline.contracts import COLUMNS as TIMELINE
from cove.kernel.ids import person_id
from cove.launch.demo.bulk import ear
from cove.launch.demo.bulk.ground import Ground, LaidCode
from cove.launch.demo.bulk.people import Clerk
from cove.launch.demo.bulk.scribe import COLUMNS, Scribe, text_rows
from cove.launch.demo.life import codes
from cove.launch.demo.life.campaigns import AUTUMN_TEXT, LINKS, VISIT_TEXT
from cove.launch.demo.life.lives import Writer
from cove.launch.demo.life.plan import Plan
from cove.launch.demo.past.channels import Channels, MailTemplate, Texts, Wechat
from cove.launch.demo.past.clerk import COLUMNS as PAST
from cove.launch.demo.past.clerk import NUMBERS, Past

CONTACTS = 60
PLAN = Plan(contacts=CONTACTS, months=14, seed=3, until=datetime(2026, 11, 22, 2, tzinfo=UTC))
TEXTS = (VISIT_TEXT, AUTUMN_TEXT)
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")


def _code(number, one):
    utm = dict(zip(UTM, (*one.utm, "", ""), strict=True))
    ways = {userid: f"s{number}{place}" for place, userid in enumerate(one.members)}
    return LaidCode(number, one.name, [1, 2], ["展会", "高意向"], ["et1", "et2"], utm, ways)


GROUND = Ground(
    tenant_id=7,
    channel_id=1,
    corp_id="ww0000000000000007",
    members={userid: (number, userid) for number, userid in enumerate(codes.MEMBERS, 1)},
    codes={one.name: _code(number, one) for number, one in enumerate(codes.CODES, 1)},
    sources={"site": (1, "web"), "cloud": (2, "server")},
    kf_account=1,
    open_kfid="wk1",
    pictures="http://127.0.0.1:1/avatars/persons/",
    now=datetime(2026, 11, 22, 3, tzinfo=UTC),
    channels=Channels(
        asks_id=9,
        marketing=(1, "营销触达", 1),
        sender_id=1,
        mails={name: MailTemplate(number, number, name) for number, name in enumerate(LINKS, 1)},
        texts=Texts(1, "云岫家居", 450, {name: (number, "{name}您好") for number, name in enumerate(TEXTS, 1)}),
        wechat=Wechat(
            *(1, "wx1", "云岫家居", 1, "门店展架", "store-stand"),
            menu=("https://a.example/1", "https://a.example/2"),
            greeting="关注时",
            other="其他消息",
            replies=(("案例", ("案例", "实景")), ("门店", ("门店",))),
            mini=(2, "wx2", "云岫会员"),
        ),
        ads={"ocean": (1, "云岫 · 巨量", "177"), "baidu": (2, "云岫 · 百度", "yunxiu")},
    ),
)


@pytest.fixture(scope="module")
def told():
    writer = Writer(PLAN)
    lives = [writer.life(number) for number in range(CONTACTS)]
    return lives, [writer.strangers(number) for number in range(CONTACTS)]


def test_each_event_is_what_the_collector_makes_of_it(told):
    lives, strangers = told
    quick = ear.Ear(GROUND)
    events = [one for life in lives for one in life.sent] + [one for sent in strangers for one in sent]
    assert {one.event["type"] for one in events} == {"page", "track", "identify", "group"}
    for one in events:
        desk = Desk(ear._sender(GROUND, one.place))
        own = {**one.event, "properties": dict(one.event.get("properties", {})), "timestamp": one.at}
        kind, _, _, visitor, _, source, _, payload = taken(Event(**own), desk).row.decode().split("\t", 7)
        heard = quick.hear(one)
        assert heard[:3] == (kind, int(visitor), source)
        assert json.loads(heard.payload.replace("\\\\", "\\")) == json.loads(payload)


def test_both_databases_are_given_the_same_facts(told):
    lives, strangers = told
    clerk = Clerk(GROUND, Scribe(ear.Ear(GROUND), 1_000), 1)
    for life, sent in zip(lives, strangers, strict=True):
        clerk.life(life, life.number + 1, 5)
        clerk.strangers(sent)
    past = Past(clerk.scribe, PLAN, dict.fromkeys(NUMBERS, 1), 0).lay((life, life.number + 1) for life in lives)
    assert set(past) == set(PAST)
    scribe = clerk.scribe
    assert len(scribe.lines) == len(scribe.shipped) == scribe.position - 1_000 > 20 * CONTACTS
    for place, (line, shipped) in enumerate(zip(scribe.lines, scribe.shipped, strict=True), 1_000):
        log = dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=True))
        sent = dict(zip(TIMELINE, shipped.rstrip("\n").split("\t"), strict=True))
        assert int(log["position"]) == int(sent["position"]) == place
        assert log["payload"] == sent["payload"]
        assert (log["tenant_id"], log["kind"], log["source"]) == (sent["tenant_id"], sent["kind"], sent["source"])
        assert (log["at"], log["recorded_at"]) == (f"{sent['at']}Z", f"{sent['recorded_at']}Z")
        contact, visitor = (None if log[name] == r"\N" else int(log[name]) for name in ("contact_id", "visitor_id"))
        assert int(sent["person_id"]) == person_id(contact_id=contact, visitor=visitor)
        cause = (json.loads(log["chain"]) or [{"fact": 0, "kind": "", "rule": ""}])[-1]
        assert (int(sent["cause_position"]), sent["cause_kind"], sent["cause_rule"]) == tuple(cause.values())
    joined = [line for line in scribe.lines if "\tpeople.visitor_joined\t" in line]
    assert len(scribe.overrides) == len(joined) > 10


def test_a_piece_is_the_same_whenever_it_is_written(told):
    lives, _ = told

    def written():
        clerk = Clerk(GROUND, Scribe(ear.Ear(GROUND), 1_000), 1)
        for life in lives:
            clerk.life(life, life.number + 1, 5)
        past = Past(clerk.scribe, PLAN, dict.fromkeys(NUMBERS, 1), 0).lay((life, life.number + 1) for life in lives)
        texts = [text_rows(past[table]) for table in PAST]
        return "".join(clerk.scribe.lines), text_rows(clerk.tables["people_contact"]), texts

    assert written() == written()

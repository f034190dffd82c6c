from __future__ import annotations

import re
from datetime import timedelta

import pytest

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend, fetch_contact
from cove.engine.channels.wecom.models import WecomChannel, WecomRelation, WecomTag
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of, settle_all
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN, add_tags
from cove.kernel import clock

SEND = "externalcontact/send_welcome_msg"


@pytest.fixture
def greet(actor, channel, platform):
    """Make a friend on the platform and ask for his welcome; return the person's phone.

    `age` below nought gives so many seconds beside the twenty until it is too late: a busy machine takes its time.
    """

    def make(*, age: int = -600, attachments=()) -> int:
        person = platform.person()
        platform.ask("POST", "clock", offset_seconds=max(0, -age))
        external = platform.befriend(person)
        platform.ask("POST", "clock", offset_seconds=0)
        code = _welcome_code(platform, external)
        member = org.member_by_wecom_userid(actor, "ChenYuqing")
        at = clock.now() - timedelta(seconds=age)
        card, _ = people.admit_contact(actor, identity=Identity("wecom_external", external), source="wecom", at=at)
        facade.send_welcome(
            actor,
            contact_id=card.id,
            member_id=member.id,
            member_name=member.name,
            welcome_code=code,
            text="您好，欢迎！",
            event_at=at,
            attachments=attachments,
        )
        return person

    return make


def _welcome_code(platform, external: str) -> str:
    rows = platform.ask("GET", "callbacks?limit=50")["items"]
    found = [row for row in rows if external in row["xml"]]
    return re.search(r"<WelcomeCode><!\[CDATA\[(.*?)\]\]>", found[0]["xml"])[1]


@pytest.fixture(autouse=True)
def _callback_address(platform):
    """Callbacks are noted by the platform only where there is an address; nobody listens at this one."""
    path = f"corps/{platform.corp_id}/apps/1000002/callback"
    platform.ask("PUT", path, url="http://127.0.0.1:9/", token=TOKEN, aes_key=AES_KEY, verify=False)


def _only(actor) -> Delivery:
    return Delivery.objects.get(kind="wecom.send_welcome")


def test_a_welcome_arrives_once(actor, platform, greet):
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    assert _only(actor).state == "sent"
    (sent,) = facts_of(actor, "delivery.welcome_sent")
    assert sent["payload"]["confirmed"] is True


def test_a_welcome_too_late_is_missed_with_its_reason_and_never_sent(actor, platform, greet):
    person = greet(age=21)
    deliver_all(actor)
    assert platform.messages(person) == []
    assert platform.calls(SEND) == []
    (missed,) = facts_of(actor, "delivery.welcome_missed")
    assert missed["payload"]["reason"] == "expired"
    assert _only(actor).state == "missed"


def test_busy_is_tried_three_times_more(actor, platform, greet):
    platform.fault(SEND, "errcode", errcode=-1, times=3)
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    assert _only(actor).attempts == 4


def test_busy_for_too_long_fails_with_its_reason(actor, platform, greet):
    platform.fault(SEND, "errcode", errcode=-1, times=9)
    greet()
    deliver_all(actor)
    row = _only(actor)
    assert (row.state, row.reason, row.errcode, row.attempts) == ("failed", "busy", -1, 4)
    assert facts_of(actor, "delivery.welcome_missed")[0]["payload"]["reason"] == "busy"
    platform.ask("DELETE", "faults")


def test_the_rate_limit_makes_a_welcome_miss_its_time(actor, platform, greet):
    platform.fault(SEND, "errcode", errcode=45009)
    greet(age=0)
    deliver_all(actor)
    row = _only(actor)
    assert (row.state, row.reason, row.errcode) == ("missed", "expired", 45009)


def test_the_rate_limit_pauses_what_has_time(actor, channel, platform):
    platform.fault("externalcontact/del_contact_way", "errcode", errcode=45009)
    facade.remove_contact_way(actor, config_id="a")
    before = clock.now()

    def put_off():
        return Delivery.objects.filter(state="pending", not_before__gt=before + timedelta(seconds=30)).exists()

    deliver_all(actor, until=put_off)
    row = Delivery.objects.get(kind="wecom.remove_contact_way")
    assert row.state == "pending"
    assert row.not_before - before >= timedelta(seconds=60)
    assert row.setbacks == 0
    Delivery.objects.all().delete()


@pytest.mark.parametrize("number", [42001, 40014])
def test_a_stale_token_is_renewed_once_and_the_call_repeated_once(actor, platform, greet, number):
    greet()
    deliver_all(actor)
    before = len(platform.calls("gettoken"))
    platform.fault(SEND, "errcode", errcode=number)
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    assert _attempts(actor) == [1, 1]
    assert len(platform.calls("gettoken")) == before + 1


def test_tokens_that_the_platform_ended_are_fetched_anew_once_for_many_acts(actor, channel, platform):
    for number in range(6):
        facade.request_contact_way(actor, key=f"a{number}", userid="ChenYuqing", state=f"s{number}")
    deliver_all(actor)
    assert len(platform.calls("gettoken")) == 1
    platform.ask("POST", "tokens/expire", corp_id=platform.corp_id)
    for number in range(6):
        facade.request_contact_way(actor, key=f"b{number}", userid="ChenYuqing", state=f"t{number}")
    deliver_all(actor)
    assert len(platform.calls("gettoken")) == 2
    assert len(facts_of(actor, "wecom.contact_way_made")) == 12


def test_an_answer_that_was_lost_before_the_act_is_asked_for_again(actor, platform, greet):
    platform.fault(SEND, "drop")
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    assert _only(actor).state == "sent"


def test_an_answer_that_was_lost_after_the_act_does_not_greet_twice(actor, platform, greet):
    platform.fault(SEND, "drop", after=True)
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]
    row = _only(actor)
    assert (row.state, row.reason, row.attempts) == ("sent", "probably_sent", 2)
    assert facts_of(actor, "delivery.welcome_sent")[0]["payload"]["confirmed"] is False


def test_server_errors_are_retried_within_the_time(actor, platform, greet):
    platform.fault(SEND, "http", status=502, times=2)
    person = greet()
    deliver_all(actor)
    assert platform.messages(person) == ["您好，欢迎！"]


def test_a_code_that_the_platform_refuses_is_not_tried_again(actor, platform, greet):
    platform.fault(SEND, "errcode", errcode=41050)
    greet()
    deliver_all(actor)
    row = _only(actor)
    assert (row.state, row.reason, row.attempts) == ("refused", "code_invalid", 1)


def test_without_a_code_the_reason_is_told(actor, channel, platform):
    card, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wm1"), source="wecom")
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    ask = {
        "contact_id": card.id,
        "member_id": member.id,
        "member_name": member.name,
        "welcome_code": "",
        "text": "hi",
        "event_at": clock.now(),
    }
    assert facade.send_welcome(actor, **ask)
    assert not facade.send_welcome(actor, **ask)
    assert not facade.send_welcome(actor, **(ask | {"event_at": clock.now() - timedelta(days=3)}))
    deliver_all(actor)
    assert [row["payload"]["reason"] for row in facts_of(actor, "delivery.welcome_missed")] == ["no_code"]


def test_an_unreachable_platform_is_waited_for_within_the_time(actor, channel, platform, greet):
    WecomChannel.objects.update(base_url="http://127.0.0.1:9")
    greet()
    Delivery.objects.update(not_after=clock.now() + timedelta(minutes=10))
    deliver_all(actor, until=lambda: _only(actor).attempts >= 2)
    Delivery.objects.update(not_after=clock.now())
    deliver_all(actor)
    row = _only(actor)
    assert (row.state, row.reason) == ("missed", "expired")
    assert row.attempts >= 2


def test_tags_reach_the_platform_and_come_back_without_an_echo(actor, channel, platform):
    person = platform.person()
    external = platform.befriend(person)
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now()), member=member)
    settle_all(actor)
    card = people.contact_by_identity(actor, Identity("wecom_external", external))
    assert card.name == "林晓雨"
    tags = people.ensure_tags(actor, group="意向", names=["高", "低"])
    people.tag_contact(actor, contact_id=card.id, add=[tags["高"].id], source="console")
    settle_all(actor)
    (marked,) = platform.calls("externalcontact/mark_tag")
    assert marked["errcode"] == 0
    assert Delivery.objects.get(kind="wecom.mark_tag").contact_id == card.id
    people.tag_contact(actor, contact_id=card.id, add=[tags["低"].id], remove=[tags["高"].id], source="console")
    settle_all(actor)
    assert len(platform.calls("externalcontact/mark_tag")) == 3
    low = WecomTag.objects.get(tag_id=tags["低"].id).platform_id
    high = WecomTag.objects.get(tag_id=tags["高"].id).platform_id
    assert WecomRelation.objects.get().tag_ids == [low]
    # The member takes 低 off and puts 高 on, in WeCom.
    platform.edit(person, tag_ids=[high])
    fetch_contact(actor, external_userid=external, key="edited")
    settle_all(actor)
    assert people.tag_ids_of(actor, card.id) == {tags["高"].id}
    assert len(platform.calls("externalcontact/mark_tag")) == 3
    assert [row["payload"]["source"] for row in facts_of(actor, "people.contact_tagged")] == [
        "console",
        "console",
        "wecom",
    ]


@pytest.fixture
def friend(actor, channel, platform):
    """A contact who is a friend of 陈雨晴; his id."""
    external = platform.befriend(platform.person())
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now()), member=member)
    settle_all(actor)
    return people.contact_by_identity(actor, Identity("wecom_external", external)).id


def tagged(actor, contact_id: int, *names: str, group: str = "意向") -> None:
    tags = people.ensure_tags(actor, group=group, names=names)
    people.tag_contact(actor, contact_id=contact_id, add=[tags[name].id for name in names], source="console")
    settle_all(actor)


def marks(platform) -> list[int]:
    return [call["errcode"] for call in platform.calls("externalcontact/mark_tag")]


def test_a_tag_that_the_platform_has_already_is_found_by_name(actor, friend, platform):
    there = add_tags(actor, "意向", ["高"]).tag[0].id
    tagged(actor, friend, "高", "低")
    assert marks(platform) == [0]
    assert set(WecomRelation.objects.get().tag_ids) > {there}
    assert len(platform.calls("externalcontact/add_corp_tag")) == 2


def test_a_tag_that_was_deleted_over_there_is_made_anew(actor, friend, platform):
    tagged(actor, friend, "高")
    link = WecomTag.objects.get()
    gone, link.platform_id = link.platform_id, "etGone"
    link.save()
    tags = people.ensure_tags(actor, group="意向", names=["高"])
    people.tag_contact(actor, contact_id=friend, remove=[tags["高"].id], source="console")
    people.tag_contact(actor, contact_id=friend, add=[tags["高"].id], source="console")
    settle_all(actor)
    assert WecomTag.objects.get().platform_id == gone
    assert marks(platform)[-1] == 0


def test_two_tags_made_at_once_do_not_hinder_each_other(actor, friend, platform):
    platform.fault("externalcontact/add_corp_tag", "errcode", errcode=40071)
    tagged(actor, friend, "高")
    assert marks(platform) == [0]


def test_a_second_member_gets_the_tags_that_the_contact_has(actor, friend, platform):
    tagged(actor, friend, "高")
    member = org.take_over_member(actor, entry=DirectoryMember("WangFang", "王芳", (), active=True))
    relation = WecomRelation.objects.get()
    person = next(
        row["id"]
        for row in platform.ask("GET", "persons")["items"]
        if row["external_userids"].get(platform.corp_id) == relation.external_userid
    )
    platform.befriend(person, "WangFang")
    add_friend(actor, news=FriendNews("WangFang", relation.external_userid, clock.now()), member=member)
    settle_all(actor)
    assert marks(platform) == [0, 0]
    assert [row.tag_ids for row in WecomRelation.objects.all()] == [relation.tag_ids] * 2


def _attempts(actor) -> list[int]:
    return list(Delivery.objects.filter(kind="wecom.send_welcome").values_list("attempts", flat=True))

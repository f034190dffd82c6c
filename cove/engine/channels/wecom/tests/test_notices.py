"""Notices on WeCom: what reaches the member's phone, and what members are told of WeCom itself."""

from __future__ import annotations

import pytest
from django.conf import settings

from cove.directory.org import facade as org
from cove.directory.org.models import Member, Notice, NoticeSending, Role, RoleGrant
from cove.directory.org.tests.noticing import declare
from cove.engine.channels.wecom.client.app_messages import cut
from cove.engine.channels.wecom.commands.channels import tell_failure
from cove.engine.channels.wecom.tests.driving import settle_all


@pytest.fixture
def member(actor, channel):
    """陈雨晴, who sees her own contacts."""
    found = Member.objects.get(wecom_userid="ChenYuqing")
    role = Role.objects.create(name="顾问", rights={"people.see_contacts": "own"})
    RoleGrant.objects.create(member=found, role=role)
    return found


def cards(platform):
    calls = platform.calls("message/send")
    return [call["request"] for call in calls if call["errcode"] == 0]


def test_a_notice_reaches_the_members_phone_once(actor, member, platform, monkeypatch):
    declare(monkeypatch, wecom="now")
    values = {"name": "林晓雨", "place": "展厅", "id": 7}
    for _ in range(2):
        org.notify(actor, kind="test.arrived", member_ids=[member.id], values=values, once_key="a")
    settle_all(actor)
    [card] = cards(platform)
    assert (card["touser"], card["agentid"], card["msgtype"]) == ("ChenYuqing", 1000002, "textcard")
    assert card["textcard"] == {
        "title": "林晓雨到了",
        "description": "在展厅",
        "url": f"{settings.PUBLIC_URL}/things/7",
    }
    assert NoticeSending.objects.get().state == "sent"


def test_whom_the_platform_does_not_know_is_marked(actor, member, platform, monkeypatch):
    declare(monkeypatch, wecom="now")
    stranger = Member.objects.create(name="外人", wecom_userid="Nobody")
    values = {"name": "林晓雨", "place": "展厅", "id": 7}
    org.notify(actor, kind="test.arrived", member_ids=[member.id, stranger.id], values=values)
    settle_all(actor)
    assert len(cards(platform)) == 1
    found = {row.member_id: (row.state, row.reason) for row in NoticeSending.objects.all()}
    assert found == {member.id: ("sent", ""), stranger.id: ("failed", "unknown_member")}


def test_a_lost_answer_is_asked_again_and_a_busy_platform_waited_for(actor, member, platform, monkeypatch):
    declare(monkeypatch, wecom="now")
    platform.fault("message/send", "errcode", errcode=-1, count=1)
    org.notify(actor, kind="test.arrived", member_ids=[member.id], values={"name": "甲", "place": "", "id": 1})
    settle_all(actor)
    assert NoticeSending.objects.get().state == "sent"


def test_a_customer_who_leaves_is_told_to_his_member_once(actor, member, platform):
    from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend, remove_friend
    from cove.kernel import clock

    person = platform.person()
    external = platform.befriend(person)
    card = org.member_by_wecom_userid(actor, "ChenYuqing")
    add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now()), member=card)
    settle_all(actor)
    remove_friend(actor, userid="ChenYuqing", external_userid=external, by="customer", at=clock.now(), member=card)
    settle_all(actor)
    row = Notice.objects.get(kind="wecom.friend_lost")
    assert (row.member_id, row.url) == (member.id, f"/people/contacts/{row.contact_id}")
    [shown] = cards(platform)
    assert shown["textcard"]["title"] == "林晓雨 把您删除了"


def test_a_wrong_secret_is_told_to_those_who_may_set_it_right(actor, administrator, member):
    for _ in range(3):
        tell_failure(actor, reason="wrong_secret", errcode=40001)
    settle_all(actor)
    rows = Notice.objects.filter(kind="wecom.channel_failed")
    assert [(row.member_id, row.more) for row in rows] == [(administrator.id, 0)]


def test_the_platforms_refusal_of_our_secret_is_noticed(actor, administrator, member, platform, channel, monkeypatch):
    declare(monkeypatch, wecom="now")
    channel.secret = "wrong"
    channel.save()
    org.notify(actor, kind="test.arrived", member_ids=[member.id], values={"name": "甲", "place": "", "id": 1})
    settle_all(actor)
    assert (NoticeSending.objects.get(kind="test.arrived").state) == "failed"
    assert Notice.objects.filter(kind="wecom.channel_failed", member=administrator).count() == 1


def test_texts_are_cut_by_bytes_between_letters():
    assert cut("你好", 6) == "你好"
    assert cut("你好吗", 8) == "你…"
    assert len(cut("好" * 100, 128).encode()) <= 128

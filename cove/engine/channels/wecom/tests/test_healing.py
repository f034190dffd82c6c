"""An hour in which no callback reached us: each kind of news is made up for by comparing, once, and what comes late tells nothing new."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from cove.directory.org import facade as org
from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.commands.archive import keep_archive
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.jobs.rounds import tend
from cove.engine.channels.wecom.models import WecomGroup, WecomMassTask, WecomMoment, WecomRelation, WecomTag
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.engine.channels.wecom.tests.platform import add_tags
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun

HOUR = timedelta(hours=1)


@pytest.fixture
def heal(actor, channel, platform):
    """Give a function that makes up for what was lost, as it happens by itself after hours; twice, and nothing is told twice."""
    platform.ask("PUT", "settings/group_lag", value="0")
    synced(actor)

    def make_up():
        mine = JobRun.objects.filter(kind="wecom.sync_directory")
        for _ in range(2):
            mine.update(asked_at=clock.now() - 7 * HOUR)
            WecomMassTask.objects.update(read_at=clock.now() - HOUR)
            WecomMoment.objects.update(read_at=clock.now() - HOUR)
            Delivery.objects.filter(kind__in=["wecom.read_mass", "wecom.read_moment", "wecom.pull_archive"]).delete()
            tend(actor)
            for row in mine.filter(state=JobRun.State.WAITING):
                run_job(actor.tenant_id, row.id)
            Delivery.objects.filter(state="pending").update(not_before=clock.now())
            settle_all(actor)

    return make_up


def late(actor, channel, event, change, **fields):
    """Let news of the lost hour arrive after all."""
    said = {"Event": event, "ChangeType": change, **fields}
    hear(CallbackAccepted(channel_id=channel.id, event=said), clock.now() - HOUR / 2)
    settle_all(actor)


def payloads(actor, kind):
    return [row["payload"] for row in facts_of(actor, kind)]


def test_friends_who_came_and_went(actor, channel, platform, friends, heal):
    ((gone, phone, external),) = friends(1)
    heal()
    new = platform.befriend(platform.person("丁"))
    platform.part(phone)
    heal()
    added = [one["external_userid"] for one in payloads(actor, "wecom.friend_added")]
    assert added == [external, new]
    assert [(one["contact_id"], one["by"]) for one in payloads(actor, "wecom.friend_removed")] == [(gone, "unknown")]
    named = {"UserID": "ChenYuqing", "ExternalUserID": new, "WelcomeCode": "late"}
    late(actor, channel, "change_external_contact", "add_external_contact", **named)
    named["ExternalUserID"] = external
    late(actor, channel, "change_external_contact", "del_follow_user", **named)
    assert len(facts_of(actor, "wecom.friend_added")) == 2
    assert len(facts_of(actor, "wecom.friend_removed")) == 1


def test_tags_of_customers_and_of_the_library(actor, platform, friends, heal):
    ((contact, phone, external),) = friends(1)
    goes = add_tags(actor, "级别", ["过期"]).tag[0].id
    heal()
    linked = WecomTag.objects.get(platform_id=goes)
    tag_id = add_tags(actor, "意向", ["高"]).tag[0].id
    platform.edit(phone, tag_ids=[tag_id])
    asyncio.run(_delete_tag(actor, goes))
    heal()
    names = [tag.name for tag in people.tags_by_id(actor, people.tag_ids_of(actor, contact)).values()]
    assert names == ["高"]
    assert len(facts_of(actor, "people.contact_tagged")) == 1
    assert WecomTag.objects.filter(platform_id=goes).count() == 0
    assert people.tags_by_id(actor, [linked.tag_id]), "our own tag stays"
    assert WecomRelation.objects.get(external_userid=external).tag_ids == [tag_id]


async def _delete_tag(actor, tag_id):
    async with httpx.AsyncClient(timeout=60) as http:
        line = await open_line(actor.tenant_id, http)
        await line.post("externalcontact/del_corp_tag", {"tag_id": [tag_id]})


def test_members_who_came_moved_and_left(actor, channel, platform, heal):
    corp = f"corps/{platform.corp_id}"
    platform.ask("POST", f"{corp}/departments", id=2, name="销售部")
    platform.ask("POST", f"{corp}/members", userid="SuMan", name="苏曼", departments=[2])
    platform.ask("PATCH", f"{corp}/members/ChenYuqing", departments=[2])
    platform.ask("DELETE", f"{corp}/members/WangFang")
    heal()
    assert org.member_by_wecom_userid(actor, "SuMan").active
    assert not org.member_by_wecom_userid(actor, "WangFang").active
    moved = Member.objects.get(wecom_userid="ChenYuqing")
    assert [one.department.name for one in moved.memberships.all()] == ["销售部"]


def test_groups(actor, channel, platform, heal):
    person, other = platform.person("甲"), platform.person("乙")
    chat_id, ends = make_group(platform, person), make_group(platform, name="旧群")
    heal()
    path = f"corps/{platform.corp_id}/groups"
    after = platform.ask("POST", f"{path}/{chat_id}/members", person=other)
    platform.ask("DELETE", f"{path}/{chat_id}/members/{person}")
    platform.ask("PATCH", f"{path}/{chat_id}", name="改名的群")
    platform.ask("DELETE", f"{path}/{ends}")
    heal()
    counted = [len(facts_of(actor, f"wecom.group_{kind}")) for kind in ("made", "joined", "left", "changed")]
    assert counted == [2, 2, 1, 1]
    assert [one["group_name"] for one in payloads(actor, "wecom.group_dismissed")] == ["旧群"]
    assert WecomGroup.objects.get(chat_id=chat_id).name == "改名的群"
    said = {"ChatId": chat_id, "UpdateDetail": "add_member", "CurMemVer": after["member_version"]}
    late(actor, channel, "change_external_chat", "update", **said)
    late(actor, channel, "change_external_chat", "dismiss", ChatId=ends)
    assert len(facts_of(actor, "wecom.group_joined")) == 2
    assert len(facts_of(actor, "wecom.group_dismissed")) == 1


def test_customer_service(actor, channel, platform, heal):
    account = asyncio.run(_kf_account(actor))
    heal()
    path = f"kf/{account}/persons/{platform.person()}"
    for text in ("在吗", "几点开门"):
        platform.ask("POST", path, act="write", text=text)
    heal()
    assert [one["text"] for one in payloads(actor, "messages.message_received")] == ["在吗", "几点开门"]
    late(actor, channel, "kf_msg_or_event", "", OpenKfId=account, Token="ended long ago")
    assert len(facts_of(actor, "messages.message_received")) == 2


async def _kf_account(actor):
    async with httpx.AsyncClient(timeout=60) as http:
        line = await open_line(actor.tenant_id, http)
        return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]


def test_moments_and_mass_messages_that_members_confirmed(actor, platform, friends, heal):
    ((contact, _, _),) = friends(1)
    facade.publish_moment(actor, key="m", content=Content(text="开业"), subject="开业")
    facade.send_mass(actor, key="a", content=Content(text="新品"), contact_ids=[contact])
    settle_all(actor)
    heal()
    assert payloads(actor, "wecom.moment_published") == payloads(actor, "messages.message_sent") == []
    platform.ask("POST", f"moments/{WecomMoment.objects.get().moment_id}/members/ChenYuqing")
    platform.ask("POST", f"mass/{WecomMassTask.objects.get().msgid}/members/ChenYuqing")
    heal()
    assert [one["subject"] for one in payloads(actor, "wecom.moment_published")] == ["开业"]
    assert [one["contact_id"] for one in payloads(actor, "messages.message_sent")] == [contact]


def test_the_archive(actor, platform, friends, heal):
    ((contact, _, external),) = friends(1)
    keep_archive(actor, on=True)
    heal()
    path = f"corps/{platform.corp_id}/archive"
    for text in ("在吗", "想看样品"):
        platform.ask("POST", path, sender=external, to=["ChenYuqing"], kind="text", body={"content": text})
    heal()
    heard = [(one["contact_id"], one["text"]) for one in payloads(actor, "messages.message_received")]
    assert heard == [(contact, "在吗"), (contact, "想看样品")]


def test_who_somebody_is_is_asked_once_more(actor, platform, heal):
    external = platform.befriend(platform.person("戊"))
    heal()
    assert people.contact_by_identity(actor, Identity("wecom_external", external)).name == "戊"

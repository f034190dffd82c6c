"""Customer groups: their news, and what heals when it never arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend
from cove.engine.channels.wecom.jobs.rounds import tend_everywhere
from cove.engine.channels.wecom.models import WecomGroup, WecomGroupPerson, WecomRelation
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.facts.wecom import CallbackAccepted, CallbackVerified
from cove.kernel import clock
from cove.kernel.jobs.models import JobRun


@pytest.fixture(autouse=True)
def _no_lag(platform):
    platform.ask("PUT", "settings/group_lag", value="0")


def tell(actor, channel, **fields):
    """Let the news of a group arrive, as the door hands it on."""
    event = {"Event": "change_external_chat", **fields}
    hear(CallbackAccepted(channel_id=channel.id, event=event))
    settle_all(actor)


def befriended(actor, platform, person):
    external = platform.befriend(person)
    member = org.member_by_wecom_userid(actor, "ChenYuqing")
    add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now()), member=member)
    return external


def test_a_group_is_told_with_everybody_in_it(actor, channel, platform):
    person, stranger = platform.person(), platform.person("路人")
    external = befriended(actor, platform, person)
    chat_id = make_group(platform, person, stranger)
    tell(actor, channel, ChangeType="create", ChatId=chat_id)
    group = WecomGroup.objects.get()
    assert (group.name, group.people, group.customers) == ("春季团购群", 3, 2)
    assert group.owner.name == "陈雨晴"
    contact = people.contact_by_identity(actor, Identity("wecom_external", external))
    joined = {row["payload"]["external_userid"]: row["payload"] for row in facts_of(actor, "wecom.group_joined")}
    assert joined[external]["contact_id"] == contact.id
    assert [one["contact_id"] for key, one in joined.items() if key != external] == [None]
    # The stranger becomes a friend: he is known in the group from then on.
    other = befriended(actor, platform, stranger)
    settle_all(actor)
    assert WecomGroupPerson.objects.get(platform_id=other).contact_id is not None


def test_joining_leaving_and_changing_are_told_once(actor, channel, platform):
    person = platform.person()
    chat_id = make_group(platform)
    tell(actor, channel, ChangeType="create", ChatId=chat_id)
    path = f"corps/{platform.corp_id}/groups/{chat_id}"
    after = platform.ask("POST", f"{path}/members", person=person, scene=3, state="gc_9")
    for _ in range(2):
        tell(
            actor,
            channel,
            ChangeType="update",
            ChatId=chat_id,
            UpdateDetail="add_member",
            CurMemVer=after["member_version"],
        )
    (joined,) = facts_of(actor, "wecom.group_joined")
    assert (joined["payload"]["way"], joined["payload"]["state"]) == (3, "gc_9")
    external = joined["payload"]["external_userid"]
    platform.ask("DELETE", f"{path}/members/{person}?removed=1")
    items = {"MemChangeList": {"Item": external}, "QuitScene": "1"}
    tell(actor, channel, ChangeType="update", ChatId=chat_id, UpdateDetail="del_member", **items)
    (left,) = facts_of(actor, "wecom.group_left")
    assert left["payload"]["removed"] is True
    platform.ask("PATCH", path, name="老客户群")
    tell(actor, channel, ChangeType="update", ChatId=chat_id, UpdateDetail="change_name")
    (changed,) = facts_of(actor, "wecom.group_changed")
    assert (changed["payload"]["group_name"], changed["payload"]["fields"]) == ("老客户群", ["name"])
    platform.ask("DELETE", path)
    for _ in range(2):
        tell(actor, channel, ChangeType="dismiss", ChatId=chat_id)
    assert len(facts_of(actor, "wecom.group_dismissed")) == 1
    assert WecomGroup.objects.get().dismissed_at is not None


def test_what_is_told_too_early_is_asked_for_again(actor, channel, platform):
    chat_id = make_group(platform)
    tell(actor, channel, ChangeType="create", ChatId=chat_id)
    platform.ask("PUT", "settings/group_lag", value="4")
    path = f"corps/{platform.corp_id}/groups/{chat_id}/members"
    after = platform.ask("POST", path, person=platform.person())
    tell(
        actor,
        channel,
        ChangeType="update",
        ChatId=chat_id,
        UpdateDetail="add_member",
        CurMemVer=after["member_version"],
    )
    assert len(facts_of(actor, "wecom.group_joined")) == 1


def lost_hour(platform):
    """Let much happen of which no word reaches us: no callback address is set. Return whom it befell."""
    stays, leaves, joins = platform.person("甲"), platform.person("乙"), platform.person("丙")
    chat_id = make_group(platform, stays, leaves)
    return stays, leaves, joins, chat_id


def test_an_hour_of_lost_news_heals_by_comparing_and_is_told_once(actor, channel, platform):
    stays, leaves, joins, chat_id = lost_hour(platform)
    platform.befriend(stays)
    platform.befriend(leaves)
    synced(actor)
    assert len(facts_of(actor, "wecom.friend_added")) == 2
    assert len(facts_of(actor, "wecom.group_joined")) == 2
    # The lost hour.
    path = f"corps/{platform.corp_id}/groups/{chat_id}"
    platform.part(leaves)
    new = platform.befriend(joins, "WangFang")
    platform.ask("DELETE", f"{path}/members/{leaves}")
    platform.ask("POST", f"{path}/members", person=joins)
    platform.ask("PATCH", path, name="改名的群")
    dismissed = make_group(platform, joins, name="短命群")
    for _ in range(2):
        run = synced(actor)
        assert run.state == "done", run.message
    assert len(facts_of(actor, "wecom.friend_added")) == 3
    (lost,) = facts_of(actor, "wecom.friend_removed")
    assert lost["payload"]["by"] == "unknown"
    (left,) = facts_of(actor, "wecom.group_left")
    assert left["payload"]["removed"] is None
    assert len(facts_of(actor, "wecom.group_joined")) == 4
    assert len(facts_of(actor, "wecom.group_changed")) == 1
    platform.ask("DELETE", f"corps/{platform.corp_id}/groups/{dismissed}")
    synced(actor)
    assert len(facts_of(actor, "wecom.group_dismissed")) == 1
    # The news that was lost comes late after all: nothing is told a second time.
    relation = WecomRelation.objects.get(external_userid=new)
    late = {"ChangeType": "add_external_contact", "UserID": relation.userid, "ExternalUserID": new}
    event = {"Event": "change_external_contact", **late}
    hear(CallbackAccepted(channel_id=channel.id, event=event), clock.now() - timedelta(minutes=50))
    tell(actor, channel, ChangeType="update", ChatId=chat_id, UpdateDetail="change_name")
    assert len(facts_of(actor, "wecom.friend_added")) == 3
    assert len(facts_of(actor, "wecom.group_changed")) == 1


def test_comparing_begins_by_itself_when_the_last_time_is_long_ago(actor, channel, platform):
    mine = JobRun.objects.filter(kind="wecom.sync_directory")
    tend_everywhere()
    assert mine.count() == 0, "before the first time somebody has to want it"
    synced(actor)
    tend_everywhere()
    assert mine.count() == 1
    mine.update(asked_at=clock.now() - timedelta(hours=7))
    tend_everywhere()
    tend_everywhere()
    assert mine.count() == 2


def test_an_address_that_is_verified_again_makes_up_for_what_was_lost(actor, channel, platform):
    synced(actor)
    hear(CallbackVerified(channel_id=channel.id))
    settle_all(actor)
    assert JobRun.objects.filter(kind="wecom.sync_directory").count() == 2

"""Customer groups change hands with everything else a member has, in office or when he left; what the platform refuses goes back."""

from __future__ import annotations

import pytest

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.belongings import GROUPS
from cove.engine.channels.wecom.client import groups
from cove.engine.channels.wecom.models import WecomGroup
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.kernel.belongings import HandOver, belongings


@pytest.fixture
def pair(actor, channel, platform):
    """Two members, the first with a group; their numbers and the group."""
    platform.ask("PUT", "settings/group_lag", value="0")
    make_group(platform, platform.person())
    synced(actor)
    was, now = (org.member_by_wecom_userid(actor, one).id for one in ("ChenYuqing", "WangFang"))
    return was, now, WecomGroup.objects.get()


def test_a_group_goes_over_and_back(actor, pair, call):
    was, now, group = pair
    kind, whom = belongings[GROUPS], HandOver(7, was, now, "")
    assert (kind.counts(actor, [was, now]), list(kind.ids(actor, was, 0, 10))) == ({was: 1}, [group.id])
    assert [piece.title for piece in kind.pieces(actor, [group.id])] == [group.name]
    changes = kind.hand_over(actor, whom, [group.id, 10**9])
    assert isinstance(changes[group.id], dict)
    assert changes[10**9].zh == "已不在其名下"
    settle_all(actor)
    assert call(groups.get_group, group.chat_id).owner == "WangFang"
    assert kind.counts(actor, [was, now]) == {now: 1}
    assert kind.take_back(actor, whom, {group.id: changes[group.id]}) == {}
    settle_all(actor)
    assert call(groups.get_group, group.chat_id).owner == "ChenYuqing"
    assert kind.take_back(actor, whom, {group.id: changes[group.id]})[group.id].zh == "之后群主又有变更"
    told = [
        (row["payload"]["from_id"], row["payload"]["member_id"])
        for row in facts_of(actor, "wecom_staff.group_handed_over")
    ]
    assert told == [(was, now), (now, was)]


def test_the_group_of_somebody_who_left_goes_over_and_never_back(actor, pair, platform, call):
    was, now, group = pair
    platform.ask("PATCH", f"corps/{platform.corp_id}/members/ChenYuqing", status=5)
    org.take_over_member(actor, entry=DirectoryMember("ChenYuqing", "陈雨晴", (), active=False))
    whom = HandOver(7, was, now, "")
    changes = belongings[GROUPS].hand_over(actor, whom, [group.id])
    settle_all(actor)
    assert call(groups.get_group, group.chat_id).owner == "WangFang"
    (stays,) = belongings[GROUPS].take_back(actor, whom, changes).values()
    assert "离职" in stays.zh


def test_what_the_platform_refuses_stays_with_its_owner_and_says_why(actor, pair, platform):
    was, now, group = pair
    # Here he has left, and the platform does not know it yet.
    org.take_over_member(actor, entry=DirectoryMember("ChenYuqing", "陈雨晴", (), active=False))
    belongings[GROUPS].hand_over(actor, HandOver(7, was, now, ""), [group.id])
    settle_all(actor)
    (refused,) = facts_of(actor, "wecom_staff.group_transfer_refused")
    assert (refused["payload"]["reason"], refused["payload"]["errcode"]) == ("member_still_in_office", 90500)
    group.refresh_from_db()
    assert group.owner_id == was


def test_nothing_moves_to_somebody_without_an_account(actor, pair, administrator):
    was, _, group = pair
    found = belongings[GROUPS].hand_over(actor, HandOver(7, was, administrator.id, ""), [group.id])
    assert "企业微信账号" in found[group.id].zh
    assert Delivery.objects.filter(kind="wecom.transfer_groups").count() == 0

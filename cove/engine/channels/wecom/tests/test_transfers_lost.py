"""Customers who move on the platform while nothing of what it tells arrives here."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.jobs.rounds import tend
from cove.engine.channels.wecom.models import WecomRelation, WecomTransfer
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.engine.channels.wecom.tests.test_tasks import hand_over, successor
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock

__all__ = ["successor"]

TOLD = ("wecom.friend_added", "wecom.friend_removed", "wecom.transfer_failed")


def told(actor):
    return Counter(row["kind"] for row in facts_of(actor) if row["kind"] in TOLD)


def test_an_hour_of_lost_news_of_transfers_heals_and_is_told_once(actor, channel, platform, friends, successor):
    (moves, _, moved), (stays, refusing, refused) = friends(2)
    # The platform takes the call, and its answer is lost as well: no callback address is set, and this is the only word of it.
    platform.fault("externalcontact/transfer_customer", "drop", after=True)
    for contact in (moves, stays):
        hand_over(actor, contact, successor)
    settle_all(actor)
    tend(actor)
    settle_all(actor)
    Delivery.objects.filter(kind="wecom.transfer", state="pending").update(not_before=clock.now())
    settle_all(actor)
    assert set(WecomTransfer.objects.values_list("state", flat=True)) == {"waiting"}
    platform.ask("POST", f"corps/{platform.corp_id}/transfers/settle", refusing=[refusing])
    WecomTransfer.objects.update(checked_at=clock.now() - timedelta(hours=1))
    for _ in range(2):
        tend(actor)
        settle_all(actor)
        run = synced(actor)
        assert run.state == "done", run.message
    assert dict(WecomTransfer.objects.values_list("contact_id", "state")) == {moves: "done", stays: "failed"}
    (failed,) = facts_of(actor, "wecom.transfer_failed")
    assert (failed["payload"]["contact_id"], failed["payload"]["reason"]) == (stays, "customer_refused")
    friendships = WecomRelation.objects.filter(friend=True).values_list("contact_id", "userid")
    assert dict(friendships) == {moves: "WangFang", stays: "ChenYuqing"}
    before = told(actor)
    # The news that was lost comes late after all.
    for change, userid, external, more in (
        ("add_external_contact", "WangFang", moved, {}),
        ("del_external_contact", "ChenYuqing", moved, {"Source": "DELETE_BY_TRANSFER"}),
        ("transfer_fail", "WangFang", refused, {"FailReason": "customer_refused"}),
    ):
        event = {"Event": "change_external_contact", "ChangeType": change, "UserID": userid, "ExternalUserID": external}
        hear(CallbackAccepted(channel_id=channel.id, event=event | more), clock.now() - timedelta(minutes=50))
    settle_all(actor)
    assert told(actor) == before

"""Mass messages, moments and transfers: from asking to what members did with them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.commands import mass
from cove.engine.channels.wecom.contracts.contents import Content, Link, Picture
from cove.engine.channels.wecom.jobs.rounds import tend
from cove.engine.channels.wecom.models import (
    WecomGroup,
    WecomMassTarget,
    WecomMassTask,
    WecomMedia,
    WecomMoment,
    WecomRelation,
    WecomTransfer,
)
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.facts.people import ContactHandedOver
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock
from cove.kernel.errors import InvalidInput
from cove.kernel.files.purpose import file_purposes
from cove.kernel.files.store import store_file

HELLO = Content(text="春季新品到店")


def reread(actor):
    """Let the time come at which results are asked for."""
    WecomMassTask.objects.update(read_at=None)
    WecomMoment.objects.update(read_at=None)
    Delivery.objects.filter(kind__in=["wecom.read_mass", "wecom.read_moment"]).delete()
    tend(actor)
    # What is still being handed out is asked for again in five seconds: tests do not wait.
    Delivery.objects.filter(state="pending").update(not_before=clock.now())
    settle_all(actor)


def reasons(actor):
    return {
        row["payload"]["contact_id"]: row["payload"]["reason"] for row in facts_of(actor, "messages.message_failed")
    }


def test_a_mass_message_from_asking_to_each_customer(actor, platform, friends):
    (first, phone, _), (second, _, gone), (third, _, _) = friends(3)
    privacy.keep_choices(actor, contact_id=third, source="console", purposes={}, channels={"wecom": False})
    nobody, _ = people.admit_contact(actor, identity=Identity("phone", "13800000000"), source="console")
    ask = {"key": "spring", "content": HELLO, "contact_ids": [first, second, third, nobody.id], "cause": "campaign:1"}
    (task_id,) = facade.send_mass(actor, **ask, subject="春季")
    assert facade.send_mass(actor, **ask) == [task_id]
    assert reasons(actor) == {third: "unsubscribed", nobody.id: "no_consent"}
    settle_all(actor)
    task = WecomMassTask.objects.get()
    assert (task.state, len(platform.calls("externalcontact/add_msg_template"))) == ("made", 1)
    assert platform.messages(phone) == []
    assert gone in WecomMassTarget.objects.values_list("target", flat=True)
    platform.part(_person_of(platform, gone))
    platform.ask("POST", f"mass/{task.msgid}/members/ChenYuqing")
    reread(actor)
    (sent,) = facts_of(actor, "messages.message_sent")
    said = sent["payload"]
    assert (said["contact_id"], said["cause"], said["subject"], said["channel"]) == (
        first,
        "campaign:1",
        "春季",
        "wecom",
    )
    assert said["member_id"] == org.member_by_wecom_userid(actor, "ChenYuqing").id
    assert reasons(actor)[second] == "not_a_friend"
    task.refresh_from_db()
    assert task.state == "done"
    before = len(facts_of(actor))
    reread(actor)
    assert len(facts_of(actor)) == before, "nothing is told twice"


def _person_of(platform, external):
    rows = platform.ask("GET", "persons")["items"]
    return next(row["id"] for row in rows if external in row["external_userids"].values())


def test_whom_the_platform_cannot_reach_is_told(actor, channel, platform, friends):
    ((contact, _, external),) = friends(1)
    platform.part(_person_of(platform, external))
    facade.send_mass(actor, key="a", content=HELLO, contact_ids=[contact])
    settle_all(actor)
    task = WecomMassTask.objects.get()
    assert (task.state, task.reason, task.errcode) == ("failed", "nobody_reachable", 41048)
    assert reasons(actor) == {contact: "nobody_reachable"}


def test_an_answer_that_was_lost_makes_no_second_task(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    platform.fault("externalcontact/add_msg_template", "drop", after=True)
    facade.send_mass(actor, key="a", content=HELLO, contact_ids=[contact])
    settle_all(actor)
    assert len(platform.ask("GET", f"corps/{platform.corp_id}/mass")["items"]) == 1
    assert Delivery.objects.get(kind="wecom.mass_send").state == "unknown"
    assert reasons(actor) == {contact: "no_answer"}


def test_a_token_that_does_not_come_leaves_no_doubt(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    platform.ask("POST", "tokens/expire", corp_id=platform.corp_id)
    platform.fault("gettoken", "drop")
    facade.send_mass(actor, key="a", content=HELLO, contact_ids=[contact])
    settle_all(actor)
    assert len(platform.ask("GET", f"corps/{platform.corp_id}/mass")["items"]) == 1
    assert Delivery.objects.get(kind="wecom.mass_send").state == "sent"


def test_reminding_and_taking_back(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    (task_id,) = facade.send_mass(actor, key="a", content=HELLO, contact_ids=[contact])
    assert not mass.remind_of_mass_message(actor, task_id=task_id)
    settle_all(actor)
    assert mass.remind_of_mass_message(actor, task_id=task_id)
    assert mass.cancel_mass_message(actor, task_id=task_id)
    Delivery.objects.filter(state="pending").update(not_before=clock.now() + timedelta(seconds=0.6))
    settle_all(actor)
    assert WecomMassTask.objects.get().state == "cancelled"
    assert not mass.cancel_mass_message(actor, task_id=task_id)


def test_a_message_to_groups_goes_out_by_their_owners(actor, channel, platform):
    make_group(platform, platform.person())
    make_group(platform, platform.person(), name="另一群", owner="WangFang")
    synced(actor)
    groups = list(WecomGroup.objects.values_list("id", flat=True))
    assert len(facade.send_to_groups(actor, key="g", content=HELLO, group_ids=groups)) == 2
    settle_all(actor)
    for task in WecomMassTask.objects.all():
        platform.ask("POST", f"mass/{task.msgid}/members/{task.sender}")
    reread(actor)
    assert set(WecomMassTask.objects.values_list("state", flat=True)) == {"done"}


def picture(actor):
    purpose = next(iter(file_purposes))
    row = store_file(
        actor,
        name="店.png",
        media_type="image/png",
        write=[b"\x89PNG" + bytes(64)],
        purpose=purpose,
        keep_for=timedelta(days=9),
    )
    return row.id


def test_a_picture_is_uploaded_once_for_three_days(actor, platform, friends):
    ((contact, _, _),) = friends(1)
    content = Content(attachments=(Picture(file_id=picture(actor)), Link(title="店", url="https://shop.example/")))
    for key in ("a", "b"):
        facade.send_mass(actor, key=key, content=content, contact_ids=[contact])
        settle_all(actor)
    assert len(platform.calls("media/upload")) == 1
    assert set(WecomMassTask.objects.values_list("state", flat=True)) == {"made"}
    WecomMedia.objects.update(expires_at=clock.now() + timedelta(minutes=30))
    facade.send_mass(actor, key="c", content=content, contact_ids=[contact])
    settle_all(actor)
    assert len(platform.calls("media/upload")) == 2


def test_a_moment_from_asking_to_publishing(actor, platform, friends):
    ((contact, phone, _),) = friends(1)
    content = Content(text="新店开业", attachments=(Picture(file_id=picture(actor)),))
    row_id = facade.publish_moment(actor, key="m", content=content, subject="开业")
    settle_all(actor)
    reread(actor)
    moment = WecomMoment.objects.get(id=row_id)
    assert (moment.state, moment.reason) == ("made", "")
    reread(actor)
    assert facts_of(actor, "wecom.moment_published") == []
    platform.ask("POST", f"moments/{moment.moment_id}/members/ChenYuqing")
    reread(actor)
    reread(actor)
    (published,) = facts_of(actor, "wecom.moment_published")
    assert published["payload"]["subject"] == "开业"
    moment.refresh_from_db()
    assert moment.state == "done"
    # Customers like it for days.
    path = f"moments/{moment.moment_id}/members/ChenYuqing/reactions"
    platform.ask("POST", path, person=phone, kind="like")
    platform.ask("POST", path, person=phone, kind="comment", text="恭喜")
    for _ in range(2):
        reread(actor)
    told = [facts_of(actor, f"wecom.moment_{kind}") for kind in ("liked", "commented")]
    assert [[row["payload"]["contact_id"] for row in rows] for rows in told] == [[contact], [contact]]
    assert [(one.likes, one.comments) for one in moment.members.all()] == [(1, 1)]


def test_a_moment_does_not_mix_kinds(actor, channel):
    content = Content(attachments=(Picture(file_id=1), Link(title="店", url="https://shop.example/")))
    with pytest.raises(InvalidInput):
        facade.publish_moment(actor, key="m", content=content)


@pytest.fixture
def successor(actor, channel, platform):
    from cove.directory.org.contracts import DirectoryMember

    return org.take_over_member(actor, entry=DirectoryMember("WangFang", "王芳", (), active=True))


def hand_over(actor, contact, successor, number=1):
    was = org.member_by_wecom_userid(actor, "ChenYuqing")
    hear(
        ContactHandedOver(
            contact_id=contact,
            member_id=successor.id,
            member_name=successor.name,
            from_id=was.id,
            from_name=was.name,
            change_set_id=number,
        )
    )


def test_handing_over_moves_the_friendship_on_the_platform(actor, platform, friends, successor):
    made = friends(3)
    for contact, _, _ in made:
        hand_over(actor, contact, successor)
    settle_all(actor)
    tend(actor)
    tend(actor)
    settle_all(actor)
    assert len(platform.calls("externalcontact/transfer_customer")) == 1
    assert set(WecomTransfer.objects.values_list("state", flat=True)) == {"waiting"}
    refuses = made[2]
    platform.ask("POST", f"corps/{platform.corp_id}/transfers/settle", refusing=[refuses[1]])
    WecomTransfer.objects.update(checked_at=clock.now() - timedelta(hours=1))
    tend(actor)
    settle_all(actor)
    states = dict(WecomTransfer.objects.values_list("contact_id", "state"))
    assert states == {made[0][0]: "done", made[1][0]: "done", refuses[0]: "failed"}
    (failed,) = facts_of(actor, "wecom.transfer_failed")
    assert (failed["payload"]["contact_id"], failed["payload"]["reason"]) == (refuses[0], "customer_refused")
    synced(actor)
    friendships = WecomRelation.objects.filter(friend=True).values_list("contact_id", "userid")
    assert dict(friendships) == {made[0][0]: "WangFang", made[1][0]: "WangFang", refuses[0]: "ChenYuqing"}


def test_a_refusal_that_is_told_as_an_event_is_not_told_again(actor, channel, platform, friends, successor):
    ((contact, _, external),) = friends(1)
    hand_over(actor, contact, successor)
    settle_all(actor)
    tend(actor)
    settle_all(actor)
    event = {"Event": "change_external_contact", "ChangeType": "transfer_fail", "FailReason": "customer_limit_exceed"}
    event |= {"UserID": "WangFang", "ExternalUserID": external}
    hear(CallbackAccepted(channel_id=channel.id, event=event))
    settle_all(actor)
    platform.ask("POST", f"corps/{platform.corp_id}/transfers/settle", full=True)
    WecomTransfer.objects.update(checked_at=clock.now() - timedelta(hours=1))
    tend(actor)
    settle_all(actor)
    (failed,) = facts_of(actor, "wecom.transfer_failed")
    assert failed["payload"]["reason"] == "member_full"


def test_what_the_platform_will_not_transfer_says_why(actor, platform, friends, successor):
    ((contact, _, _),) = friends(1)
    platform.ask("PATCH", f"corps/{platform.corp_id}/members/ChenYuqing", status=5)
    hand_over(actor, contact, successor)
    settle_all(actor)
    tend(actor)
    settle_all(actor)
    (failed,) = facts_of(actor, "wecom.transfer_failed")
    # He has left the platform, and here nobody knows it yet.
    assert (failed["payload"]["reason"], failed["payload"]["errcode"]) == ("member_still_in_office", 40097)

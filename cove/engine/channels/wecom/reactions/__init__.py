"""What WeCom's callbacks and our own tags lead to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cove.directory.org import facade as org
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands import channels, friends, members, support, sync, tags
from cove.engine.channels.wecom.commands.friends import FriendNews
from cove.engine.channels.wecom.reactions.cards import card_pressed
from cove.engine.channels.wecom.reactions.groups import group_changed, group_dismissed
from cove.engine.channels.wecom.reactions.transfers import transfer_failed
from cove.facts.people import ContactTagged, ContactUntagged
from cove.facts.wecom import CallbackAccepted, CallbackVerified
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react

Take = Callable[[Actor, CallbackAccepted, Envelope], None]


@react(CallbackAccepted)
def take_callback(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Hand a callback to whoever knows its kind; kinds that nobody knows are only noted as arrived."""
    channels.note_callback(actor, channel_id=fact.channel_id, at=envelope.recorded_at)
    event, change = text_of(fact.event, "Event"), text_of(fact.event, "ChangeType")
    take = _TAKES.get((event, change))
    if change in _GOING_ON and privacy.is_gone(actor, "wecom_external", text_of(fact.event, "ExternalUserID")):
        # The last words about somebody who was erased: nothing is begun for him.
        return
    if take is not None:
        take(actor, fact, envelope)


@react(CallbackVerified)
def note_verification(actor: Actor, fact: CallbackVerified, envelope: Envelope) -> None:
    """Remember that the platform verified the callback address. What happened while it could not reach us is looked for."""
    channels.note_verified(actor, channel_id=fact.channel_id, at=envelope.at)
    sync.catch_up(actor)


@react(ContactTagged, zh="标签同步到企业微信", en="tags are kept in step with WeCom")
def put_tags_on_platform(actor: Actor, fact: ContactTagged, envelope: Envelope) -> None:
    """Put tags on the platform for every member who follows the contact, unless they came from there."""
    if fact.source != "wecom":
        for relation in queries.friends_of_contact(actor, fact.contact_id):
            friends.mark_tags(actor, relation=relation, add=fact.tag_ids, remove=[], key=str(envelope.position))


@react(ContactUntagged, zh="标签同步到企业微信", en="tags are kept in step with WeCom")
def take_tags_off_platform(actor: Actor, fact: ContactUntagged, envelope: Envelope) -> None:
    """Take tags off on the platform for every member who follows the contact, unless that is where it happened."""
    if fact.source != "wecom":
        for relation in queries.friends_of_contact(actor, fact.contact_id):
            friends.mark_tags(actor, relation=relation, add=[], remove=fact.tag_ids, key=str(envelope.position))


def _friend_added(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    event = fact.event
    news = FriendNews(
        userid=text_of(event, "UserID"),
        external_userid=text_of(event, "ExternalUserID"),
        at=envelope.at,
        state=text_of(event, "State"),
        welcome_code=text_of(event, "WelcomeCode"),
    )
    member = org.member_by_wecom_userid(actor, news.userid)
    if member is None:
        members.fetch_member(actor, userid=news.userid, key=str(envelope.position), then=news)
    else:
        friends.add_friend(actor, news=news, member=member)


def _friend_edited(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    friends.fetch_contact(
        actor,
        external_userid=text_of(fact.event, "ExternalUserID"),
        key=str(envelope.position),
        not_before=_second_over(envelope),
    )


def _friend_removed(by: str) -> Take:
    def take(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
        userid = text_of(fact.event, "UserID")
        transferred = text_of(fact.event, "Source") == "DELETE_BY_TRANSFER"
        friends.remove_friend(
            actor,
            userid=userid,
            external_userid=text_of(fact.event, "ExternalUserID"),
            by="transfer" if transferred else by,
            at=envelope.at,
            member=org.member_by_wecom_userid(actor, userid),
        )

    return take


def _member_changed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    userid, new = text_of(fact.event, "UserID"), text_of(fact.event, "NewUserID")
    was = userid if new else ""
    members.fetch_member(
        actor, userid=new or userid, was=was, key=str(envelope.position), not_before=_second_over(envelope)
    )


def _member_gone(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    org.drop_member(actor, userid=text_of(fact.event, "UserID"))


def _department_changed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    # An event tells what changed; where that is not enough to go by, the whole directory is read again.
    event = fact.event
    told = org.take_over_department(
        actor,
        wecom_id=_number(event, "Id") or 0,
        name=text_of(event, "Name") or None,
        parent_wecom_id=_number(event, "ParentId"),
        order=_number(event, "Order"),
    )
    if not told:
        sync.schedule_sync(actor, customers=False)


def _department_gone(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    org.drop_department(actor, wecom_id=_number(fact.event, "Id") or 0)


def _second_over(envelope: Envelope) -> datetime:
    """Return when the second in which it happened is over.

    A second change within it may be told in the same words, and counts as told already: what is read must be read after both.
    """
    over = envelope.at.replace(microsecond=0) + timedelta(seconds=1)
    # The platform's clock may be ahead of ours.
    return min(over, clock.now() + timedelta(seconds=1))


def _number(event: dict[str, Any], name: str) -> int | None:
    text = text_of(event, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None  # noqa: PLR2004 -- fits a bigint


def _tags_changed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    ids = [text_of(fact.event, "Id")]
    whole = text_of(fact.event, "TagType") == "tag_group"
    payload = {"tag_ids": [] if whole else ids, "group_ids": ids if whole else []}
    delivery.deliver(
        actor,
        "wecom.fetch_tags",
        f"wecom.fetch_tags:{envelope.position}",
        payload,
        not_before=_second_over(envelope),
        lane="wecom.tag_library",
    )


def _customer_service(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    event = fact.event
    open_kfid, token = text_of(event, "OpenKfId"), text_of(event, "Token")
    support.read_conversations(actor, open_kfid=open_kfid, token=token, key=str(envelope.position))


def _tags_deleted(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    tags.unlink_tags(actor, platform_ids=[text_of(fact.event, "Id")])


# What only goes on with a customer who is known already; document 92130.
_GOING_ON = frozenset({"edit_external_contact", "del_follow_user", "del_external_contact"})

# Documents 92130 (customers and their groups), 92129 (tags), 90970 and 90971 (directory), 90240 (cards).
_TAKES: dict[tuple[str, str], Take] = {
    ("change_external_contact", "add_external_contact"): _friend_added,
    ("change_external_contact", "add_half_external_contact"): _friend_added,
    ("change_external_contact", "edit_external_contact"): _friend_edited,
    ("change_external_contact", "del_follow_user"): _friend_removed("customer"),
    ("change_external_contact", "del_external_contact"): _friend_removed("member"),
    ("change_external_contact", "transfer_fail"): transfer_failed,
    ("change_external_chat", "create"): group_changed,
    ("change_external_chat", "update"): group_changed,
    ("change_external_chat", "dismiss"): group_dismissed,
    ("change_contact", "create_user"): _member_changed,
    ("change_contact", "update_user"): _member_changed,
    ("change_contact", "delete_user"): _member_gone,
    ("change_contact", "create_party"): _department_changed,
    ("change_contact", "update_party"): _department_changed,
    ("change_contact", "delete_party"): _department_gone,
    ("change_external_tag", "create"): _tags_changed,
    ("change_external_tag", "update"): _tags_changed,
    ("change_external_tag", "delete"): _tags_deleted,
    ("kf_msg_or_event", ""): _customer_service,
    ("template_card_event", ""): card_pressed,
}

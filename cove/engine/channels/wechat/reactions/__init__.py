"""What WeChat's callbacks lead to."""

from __future__ import annotations

from typing import Any

from cove.directory.privacy import facade as privacy
from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wechat.commands import accounts, events, followers, mass, publishing
from cove.engine.channels.wechat.contracts.events import is_personal
from cove.facts.wechat import CallbackAccepted, CallbackVerified
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react

# The last words about somebody; who was erased is not begun again by them.
_LAST_WORDS = frozenset(
    {"unsubscribe", "TEMPLATESENDJOBFINISH", "subscribe_msg_sent_event", "subscribe_msg_change_event"}
)


@react(CallbackAccepted)
def take_callback(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Hand a callback to whoever knows its kind; of somebody who is not known yet the platform is asked first."""
    accounts.note_callback(actor, account_id=fact.account_id, at=envelope.recorded_at)
    event, openid = fact.event, text_of(fact.event, "FromUserName")
    if not is_personal(event):
        _take_news(actor, fact.account_id, event, envelope)
        return
    if text_of(event, "Event") in _LAST_WORDS and privacy.is_gone(actor, "wechat_openid", openid):
        return
    row = followers.meet(actor, account_id=fact.account_id, openid=openid)
    if row is None:
        return
    key = str(envelope.position)
    if row.contact_id is not None:
        events.take_event(actor, row=row, event=event, at=envelope.at, key=f"wechat:{key}", new=False)
        return
    if text_of(event, "Event") == "unsubscribe":
        followers.end_following(actor, row=row, at=envelope.at)
        return
    followers.fetch_follower(actor, account_id=fact.account_id, openid=openid, key=key, event=event, at=envelope.at)


def _take_news(actor: Actor, account_id: int, event: dict[str, Any], envelope: Envelope) -> None:
    """Take what is about the account itself: how publishing and mass messages ended."""
    name = text_of(event, "Event")
    if name == "PUBLISHJOBFINISH":
        publishing.note_published(actor, account_id=account_id, event=event, at=envelope.at)
    elif name == "MASSSENDJOBFINISH":
        mass.note_mass_done(actor, account_id=account_id, event=event, at=envelope.at)


@react(CallbackVerified)
def note_verification(actor: Actor, fact: CallbackVerified, envelope: Envelope) -> None:
    """Remember that the platform verified the callback address."""
    accounts.note_verified(actor, account_id=fact.account_id, at=envelope.at)

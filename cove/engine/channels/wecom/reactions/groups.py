"""What WeCom's news of customer groups leads to (documents 92130, 92131)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wecom.commands import groups
from cove.engine.channels.wecom.commands.groups import Left
from cove.facts.wecom import CallbackAccepted, FriendAdded
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react

# Document 92130: the group's details follow its event by about two seconds.
LAG = timedelta(seconds=2)
REMOVED = "1"


def group_changed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Read the group again, when the platform will tell what is new."""
    event = fact.event
    left = None
    if text_of(event, "UpdateDetail") == "del_member":
        left = Left(tuple(_items(event)), text_of(event, "QuitScene") == REMOVED, envelope.at)
    groups.fetch_group(
        actor,
        chat_id=text_of(event, "ChatId"),
        key=str(envelope.position),
        not_before=clock.now() + LAG,
        version=text_of(event, "CurMemVer"),
        left=left,
    )


def group_dismissed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Take over the end of a group."""
    groups.dismiss_group(actor, chat_id=text_of(fact.event, "ChatId"), at=envelope.at)


@react(FriendAdded)
def recognise_in_groups(actor: Actor, fact: FriendAdded, _envelope: Envelope) -> None:
    """Note that somebody who is in groups became a contact."""
    groups.recognise_in_groups(actor, external_userid=fact.external_userid, contact_id=fact.contact_id)


def _items(event: dict[str, Any]) -> list[str]:
    found = event.get("MemChangeList")
    items = found.get("Item", []) if isinstance(found, dict) else []
    return [items] if isinstance(items, str) else [one for one in items if isinstance(one, str)]

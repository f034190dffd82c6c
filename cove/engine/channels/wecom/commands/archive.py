"""The archive of conversations: pulled from a number on, each message told once, nothing of whoever did not agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom.contracts.tasks import ArchivedMessage
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.models import WecomChannel, WecomRelation
from cove.engine.channels.wecom.permissions import CONFIGURE, TAKE_OVER
from cove.facts.messages import MessageReceived, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

FULL_PAGE = 1000
MOST_TEXT = 4000
AGREEING = {"agree": False, "disagree": True}
# What the archive calls them (document 91774), and what facts do.
FORMS = {name: name for name in ("text", "image", "voice", "video", "file", "location", "link")}


@command(CONFIGURE)
def keep_archive(actor: Actor, *, on: bool) -> WecomChannel:
    """Begin to take over what members and customers write to each other, or stop. Raises NotConfigured."""
    row = WecomChannel.visible_to(actor).select_for_update().first()
    if row is None or not row.corp_id or not row.secret:
        raise NotConfigured
    row.archive = on
    row.save(update_fields=["archive"])
    return row


@command(TAKE_OVER, audited=False)
def pull_archive(actor: Actor) -> bool:
    """Ask what was written since we last read; tell whether it was ordered, at most once a minute."""
    row = WecomChannel.visible_to(actor).filter(archive=True).exclude(secret="").first()
    if row is None:
        return False
    minute = int(clock.now().timestamp() // 60)
    return _ask(actor, row.archive_seq, f"{row.archive_seq}:{minute}")


@command(TAKE_OVER)
def take_over_archive(actor: Actor, *, after: int, messages: Sequence[ArchivedMessage]) -> int:
    """Take over a page; return how many messages were told: none if somebody read on from `after` before, or it was switched off."""
    row = WecomChannel.visible_to(actor).select_for_update().filter(archive=True).first()
    if row is None or row.archive_seq != after:
        return 0
    pairs = _Pairs.of(actor, messages)
    told = sum(_take(pairs, one) for one in messages)
    row.archive_seq, row.archive_read_at = max([after, *(one.seq for one in messages)]), clock.now()
    row.save(update_fields=["archive_seq", "archive_read_at"])
    if len(messages) >= FULL_PAGE:
        _ask(actor, row.archive_seq, str(row.archive_seq))
    return told


class _Pairs:
    """The friendships of everybody who stands in a page of messages, read at once."""

    def __init__(self, relations: Iterable[WecomRelation]) -> None:
        self._found: dict[tuple[str, str], WecomRelation] = {}
        for relation in relations:
            self._found.setdefault((relation.userid.lower(), relation.external_userid), relation)

    @classmethod
    def of(cls, actor: Actor, messages: Sequence[ArchivedMessage]) -> _Pairs:
        """Return them for a page: either end may be the customer."""
        names = {name for one in messages for name in _who(one.message) if name}
        rows = WecomRelation.visible_to(actor).filter(contact__isnull=False, external_userid__in=names)
        return cls(rows.order_by("id"))

    def between(self, sender: str, other: str) -> WecomRelation | None:
        """Return the friendship of two; the platform does not mind how a member's name is written (large or small letters)."""
        return self._found.get((other.lower(), sender)) or self._found.get((sender.lower(), other))


def _ask(actor: Actor, after: int, key: str) -> bool:
    name = f"wecom.pull_archive:{key}"
    return delivery.deliver(actor, "wecom.pull_archive", name, {"after": after}, lane="wecom.archive")


def _take(pairs: _Pairs, archived: ArchivedMessage) -> bool:
    said: dict[str, Any] = archived.message
    sender, other = _who(said)
    relation = pairs.between(sender, other)
    if relation is None:
        return False
    form = str(said.get("msgtype") or "")
    if form in AGREEING:
        relation.archive_refused = AGREEING[form]
        relation.save(update_fields=["archive_refused"])
        return False
    if relation.archive_refused:
        return False
    common: dict[str, Any] = {
        "contact_id": relation.contact_id,
        "member_id": relation.member_id,
        "source": "wecom",
        "channel": "wecom",
        "message_key": archived.msgid,
    }
    at = _at(said.get("msgtime"))
    common |= {"form": FORMS.get(form, "other"), "text": _text(said, form)}
    publish((MessageReceived if sender == relation.external_userid else MessageSent)(**common), at=at)
    return True


def _who(said: dict[str, Any]) -> tuple[str, str]:
    """Return who wrote and who was written to; nobody where it is not from one to one."""
    to = said.get("tolist")
    others = [one for one in to if isinstance(one, str)] if isinstance(to, list) else []
    sender = str(said.get("from") or "")
    # Groups are many to many, and recalled or switched messages say nothing new (document 91774).
    if said.get("action") != "send" or said.get("roomid") or len(others) != 1 or not sender:
        return "", ""
    return sender, others[0]


def _text(said: dict[str, Any], form: str) -> str:
    body = said.get(form)
    if not isinstance(body, dict):
        return ""
    return str(body.get("content") or body.get("title") or body.get("filename") or "")[:MOST_TEXT]


def _at(milliseconds: object) -> datetime:
    try:
        return datetime.fromtimestamp(int(str(milliseconds)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return clock.now()

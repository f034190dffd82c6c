"""Mails of the past: sent, opened, followed, sent back, unsubscribed from, complained of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from cove.engine.channels.email.facade import digest_of
from cove.facts.messages import MessageBounced, MessageComplained, MessageLinkFollowed, MessageOpened, MessageSent
from cove.launch.demo.life.campaigns import LINKS
from cove.launch.demo.life.outreach import HARD
from cove.launch.demo.past.book import Book, Does, Entry
from cove.launch.demo.past.consents import BY_HIMSELF, Consents

_STATUS = {HARD: "5.1.1"}
_FULL = "4.2.2"
_MESSAGE = (
    *(
        "tenant_id",
        "key",
        "contact_id",
        "sender_id",
        "template_id",
        "content_id",
        "member_id",
        "cause",
        "values",
        "test",
    ),
    *("address", "host", "created_at", "sent_at", "failed_at", "reason", "bounced_at", "hardness", "complained_at"),
    *("left_at", "opened_at", "opens", "clicked_at", "clicks"),
)
_UNTOLD: dict[str, Any] = {
    **dict.fromkeys(("member_id", "failed_at", "bounced_at", "complained_at", "left_at", "opened_at", "clicked_at")),
    **dict.fromkeys(("cause", "reason", "hardness"), ""),
    "opens": 0,
    "clicks": 0,
    "test": False,
}


class Mails:
    """Keeps each mail and what was heard of it."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "email_message": _MESSAGE,
        "email_suppression": ("tenant_id", "digest", "address", "reason", "detail", "created_at"),
    }

    def __init__(self, book: Book, consents: Consents) -> None:
        self.book, self.consents = book, consents
        self.does: Does = {
            "mail": self._send,
            "mail_opened": self._open,
            "mail_clicked": self._click,
            "mail_bounced": self._bounce,
            "mail_left": self._leave,
            "mail_complained": self._complain,
        }
        self._mails: dict[str, dict[str, Any]] = {}
        self._suppressed: list[Sequence[Any]] = []

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        mails: list[Sequence[Any]] = [[one[name] for name in _MESSAGE] for one in self._mails.values()]
        return {"email_message": mails, "email_suppression": self._suppressed}

    def _send(self, entry: Entry) -> None:
        template = self.book.channels.mails[entry.what.about]
        key, at, address = self.book.name(entry), entry.what.at, entry.life.who.email
        self._mails[key] = _UNTOLD | {
            "tenant_id": self.book.tenant_id,
            "key": key,
            "contact_id": entry.contact_id,
            "sender_id": self.book.channels.sender_id,
            "template_id": template.id,
            "content_id": template.content_id,
            "values": {},
            "address": address,
            "host": address.partition("@")[2],
            "created_at": at,
            "sent_at": at,
        }
        self.book.tell(MessageSent(**self._said(entry, key)), at)

    def _said(self, entry: Entry, key: str) -> dict[str, Any]:
        return {
            "contact_id": entry.contact_id,
            "source": "email",
            "channel": "email",
            "message_key": key,
            "subject": self.book.channels.mails[entry.what.about].subject,
        }

    def _open(self, entry: Entry) -> None:
        key = self.book.name(entry)
        self._mails[key] |= {"opened_at": entry.what.at, "opens": 1}
        self.book.tell(MessageOpened(**self._said(entry, key)), entry.what.at)

    def _click(self, entry: Entry) -> None:
        key = self.book.name(entry)
        self._mails[key] |= {"clicked_at": entry.what.at, "clicks": 1}
        self.book.tell(MessageLinkFollowed(**self._said(entry, key), url=LINKS[entry.what.about]), entry.what.at)

    def _bounce(self, entry: Entry) -> None:
        key, at, reason = self.book.name(entry), entry.what.at, entry.what.text
        hardness: Literal["hard", "soft"] = "hard" if reason == HARD else "soft"
        status = _STATUS.get(reason, _FULL)
        self._mails[key] |= {"bounced_at": at, "hardness": hardness, "reason": reason}
        fact = MessageBounced(**self._said(entry, key), hardness=hardness, reason=reason, errcode=status)
        self.book.tell(fact, at)
        if hardness == "hard":
            self._suppress(entry, "hard_bounce", status)

    def _leave(self, entry: Entry) -> None:
        self._mails[self.book.name(entry)]["left_at"] = entry.what.at
        self.consents.unsubscribe(entry, "email", BY_HIMSELF, "one_click")

    def _complain(self, entry: Entry) -> None:
        key = self.book.name(entry)
        self._mails[key]["complained_at"] = entry.what.at
        self._suppress(entry, "complaint", "")
        self.book.tell(MessageComplained(**self._said(entry, key)), entry.what.at)

    def _suppress(self, entry: Entry, reason: str, detail: str) -> None:
        address = entry.life.who.email
        self._suppressed.append((self.book.tenant_id, digest_of(address), address, reason, detail, entry.what.at))

"""Text messages of the past: sent, arrived or not, answered, refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from cove.engine.channels.sms.contracts.accounts import message_key
from cove.engine.channels.sms.contracts.counting import counted, is_refusal
from cove.engine.channels.sms.errors import ProviderError
from cove.facts.messages import MessageDelivered, MessageFailed, MessageReceived, MessageSent
from cove.facts.sms import RefusedByReply
from cove.launch.demo.past.book import Book, Does, Entry
from cove.launch.demo.past.consents import Consents

MOST_TEXTS = 16
"""Numbers of messages that are set aside for each contact."""
_MESSAGE = (
    *("id", "tenant_id", "account_id", "template_id", "contact_id", "key", "cause", "phone", "signature", "variables"),
    *("text", "parts", "cost", "state", "serial", "reason", "errcode", "ordered_at", "sent_at", "ended_at"),
)


class Texts:
    """Keeps each message and how it ended."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {"sms_message": _MESSAGE}

    def __init__(self, book: Book, consents: Consents) -> None:
        self.book, self.consents = book, consents
        self.does: Does = {
            "text": self._send,
            "text_arrived": self._arrive,
            "text_failed": self._fail,
            "text_answered": self._answer,
        }
        self._texts: dict[str, dict[str, Any]] = {}

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {"sms_message": [[one[name] for name in _MESSAGE] for one in self._texts.values()]}

    def _send(self, entry: Entry) -> None:
        texts, what = self.book.channels.texts, entry.what
        template_id, content = texts.templates[what.about]
        values = {"name": entry.life.who.name, **({"time": what.text} if what.text else {})}
        goes = counted(texts.signature, content, values)
        key = self.book.name(entry)
        self._texts[key] = {
            **dict.fromkeys(("cause", "serial", "reason", "errcode"), ""),
            "id": self.book.number("texts"),
            "tenant_id": self.book.tenant_id,
            "account_id": texts.account_id,
            "template_id": template_id,
            "contact_id": entry.contact_id,
            "key": key,
            "phone": entry.life.who.phone,
            "signature": texts.signature,
            "variables": values,
            "text": goes.text,
            "parts": goes.parts,
            "cost": goes.parts * texts.price,
            "state": "sent",
            "ordered_at": what.at,
            "sent_at": what.at,
            "ended_at": None,
        }
        self.book.tell(MessageSent(**self._said(entry)), what.at)

    def _said(self, entry: Entry) -> dict[str, Any]:
        return {
            "contact_id": entry.contact_id,
            "source": "sms",
            "channel": "sms",
            "message_key": self._key(entry),
            "subject": entry.what.about,
        }

    def _key(self, entry: Entry) -> str:
        return message_key(self._texts[self.book.name(entry)]["id"])

    def _arrive(self, entry: Entry) -> None:
        self._texts[self.book.name(entry)] |= {"state": "arrived", "ended_at": entry.what.at}
        self.book.tell(MessageDelivered(**self._said(entry)), entry.what.at)

    def _fail(self, entry: Entry) -> None:
        code, at = entry.what.text, entry.what.at
        reason = ProviderError(code).trouble.reason
        self._texts[self.book.name(entry)] |= {"state": "failed", "reason": reason, "errcode": code, "ended_at": at}
        self.book.tell(MessageFailed(**self._said(entry), reason=reason, errcode=code), at)

    def _answer(self, entry: Entry) -> None:
        text, at, contact = entry.what.text, entry.what.at, entry.contact_id
        refused = is_refusal(text)
        if refused:
            self.consents.unsubscribe(entry, "sms", "reply")
        fact = MessageReceived(
            contact_id=contact,
            source="sms",
            channel="sms",
            message_key=f"sms:reply:{self.book.name(entry)[-16:]}",
            text=text,
            reply_to=self._key(entry),
        )
        self.book.tell(fact, at)
        if refused:
            self.book.tell(RefusedByReply(contact_id=contact, text=text), at)

"""What contacts agreed to, withdrew, and unsubscribed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from cove.directory.privacy.contracts import MARKETING, Channel, ChoiceSource
from cove.facts.privacy import ChannelUnsubscribed, ConsentGiven, ConsentWithdrawn
from cove.launch.demo.life.outreach import BY_FORM
from cove.launch.demo.past.book import Book, Does, Entry

BY_HIMSELF: ChoiceSource = "preference_page"
_FORM = "注册设计云时勾选"


class Consents:
    """Keeps what each said last, and that he said it."""

    COLUMNS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "privacy_consent": ("tenant_id", "contact_id", "purpose_id", "given", "version", "at"),
        "privacy_consent_event": (
            *("tenant_id", "contact_id", "purpose_id", "given", "version", "source", "reason", "member_id"),
            *("address", "agent", "at"),
        ),
        "privacy_channel_choice": (
            *("tenant_id", "contact_id", "channel", "unsubscribed", "source", "reason", "member_id"),
            *("address", "agent", "at"),
        ),
    }

    def __init__(self, book: Book) -> None:
        self.book = book
        self.does: Does = {"agree": self._agree, "withdraw": self._withdraw}
        self._last: dict[int, Sequence[Any]] = {}
        self._events: list[Sequence[Any]] = []
        self._choices: list[Sequence[Any]] = []

    def rows(self) -> Mapping[str, list[Sequence[Any]]]:
        """Return the rows by table."""
        return {
            "privacy_consent": list(self._last.values()),
            "privacy_consent_event": self._events,
            "privacy_channel_choice": self._choices,
        }

    def unsubscribe(self, entry: Entry, channel: Channel, source: ChoiceSource, reason: str = "") -> None:
        """Note that a contact wants no more by a channel."""
        at, contact = entry.what.at, entry.contact_id
        self._choices.append((self.book.tenant_id, contact, channel, True, source, reason, None, "", "", at))
        self.book.tell(ChannelUnsubscribed(contact_id=contact, source=source, channel=channel), at)

    def _agree(self, entry: Entry) -> None:
        if entry.what.about == BY_FORM:
            self._keep(entry, BY_FORM, _FORM, None, given=True)
        else:
            member_id, _ = self.book.ground.members[entry.what.about]
            self._keep(entry, "console", entry.what.text, member_id, given=True)

    def _withdraw(self, entry: Entry) -> None:
        self._keep(entry, BY_HIMSELF, "", None, given=False)

    def _keep(self, entry: Entry, source: str, reason: str, member_id: int | None, *, given: bool) -> None:
        purpose_id, name, version = self.book.channels.marketing
        at: datetime = entry.what.at
        said = (self.book.tenant_id, entry.contact_id, purpose_id, given, version)
        self._last[entry.contact_id] = (*said, at)
        self._events.append((*said, source, reason, member_id, "", "", at))
        kind = ConsentGiven if given else ConsentWithdrawn
        fact = kind(
            contact_id=entry.contact_id,
            member_id=member_id,
            source=source,
            purpose=MARKETING,
            purpose_name=name,
            version=version,
        )
        self.book.tell(fact, at)

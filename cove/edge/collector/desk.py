"""What the events of one request have in common: worked out once, and used for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cove.edge.collector import times
from cove.edge.collector.fine import fine_traffic
from cove.edge.collector.senders import Proof, Sender
from cove.edge.collector.wire import Context, Event
from cove.edge.spool import CommonRow
from cove.engine.tracking.facade import judge
from cove.facts.tracking import (
    AccountJoined,
    ElementClicked,
    EventTracked,
    FileDownloaded,
    FormSubmitted,
    IdentityAliased,
    OutboundFollowed,
    PageLeft,
    PageViewed,
    VisitorIdentified,
)
from cove.kernel.log.fact import Fact

Fields = dict[str, Any]

_CONTEXT = [(name, f"${name}") for name in ("library", "locale", "timezone", "screen", "consent", "plan")]


def _empty(*kinds: type[Fact]) -> dict[str, Fields]:
    # What a fact says if nobody says otherwise, from the fact itself, so that every row holds every field.
    return {
        kind.kind: {
            name: field.get_default(call_default_factory=True)
            for name, field in kind.model_fields.items()
            if not field.is_required()
        }
        for kind in kinds
    }


_EMPTY = _empty(
    PageViewed,
    EventTracked,
    VisitorIdentified,
    IdentityAliased,
    AccountJoined,
    ElementClicked,
    FormSubmitted,
    FileDownloaded,
    OutboundFollowed,
    PageLeft,
)


class Desk:
    """Where the events of one sender are judged that were sent at one time and made in one place."""

    __slots__ = ("_automation", "_common", "_counts", "_fine", "_sent_at", "_suspicions", "now", "sender", "told")

    def __init__(self, sender: Sender, sent_at: datetime | None = None, context: Context | None = None) -> None:
        self.sender = sender
        self.now = times.sender_now(sent_at, sender.received)
        self.told = _told(context) if context is not None else {}
        self._sent_at = sent_at
        self._automation = context is not None and context.automation
        self._fine = fine_traffic(sender.source.tenant_id)
        self._common: dict[tuple[object, ...], CommonRow] = {}
        self._counts: Counter[str] = Counter()
        self._suspicions: dict[int, tuple[int, list[str]]] = {}

    def expect(self, events: Iterable[Event]) -> None:
        """Count what comes of each device to this desk: but for pages, whose speed tells something, it is judged all at once."""
        self._counts.update([_device(event) for event in events if event.type != "page" and _says_no_more(event)])

    def of(self, event: Event) -> Desk:
        """Return the desk for an event that may say itself when it was sent and where it was made: mostly this one."""
        if _says_no_more(event):
            return self
        other = Desk(self.sender, event.sent_at or self._sent_at, event.context)
        if event.context is None:
            other.told, other._automation = self.told, self._automation
        return other

    def suspicion(self, event: Event, visitor: int) -> tuple[int, list[str]]:
        """Return how suspicious an event of a visitor is, and why; what the company's own server says is not judged."""
        if self.sender.source.server:
            return 0, []
        if event.type == "page":
            return self._judged(visitor, page=True, times=1)
        known = self._suspicions.get(visitor)
        if known is None:
            times = self._counts[_device(event)] or 1
            known = self._suspicions[visitor] = self._judged(visitor, page=False, times=times)
        return known

    def _judged(self, visitor: int, *, page: bool, times: int) -> tuple[int, list[str]]:
        sender = self.sender
        return judge(
            tenant_id=sender.source.tenant_id,
            visitor=visitor,
            address=sender.address,
            user_agent=sender.user_agent,
            automation=self._automation,
            now=sender.now,
            page=page,
            headers=sender.headers,
            fine=self._fine,
            times=times,
        )

    def row(self, kind: str, event: Event, visitor: int, proof: Proof, at: datetime, own: Fields) -> bytes:
        """Return the row of an event: `own` are the fields that only its type has, and those that no two events share."""
        score, reasons = self.suspicion(event, visitor)
        # A server's word is good for the account also where no user is named.
        proof = "server" if self.sender.source.server else proof
        same = (kind, visitor, proof, event.session_id, event.account, event.url, event.title, *reasons)
        common = self._common.get(same)
        if common is None:
            fields = self._fields(kind, event, visitor) | {
                "proof": proof,
                "suspicion": score,
                "suspicion_reasons": reasons,
            }
            fields = {name: value for name, value in fields.items() if name not in own}
            common = self._common[same] = CommonRow.of(kind, fields)
        return common.row(at, own)

    def _fields(self, kind: str, event: Event, visitor: int) -> Fields:
        sender = self.sender
        return {
            **_EMPTY[kind],
            "visitor_id": visitor,
            "source": sender.source.kind,
            "source_id": sender.source.source_id,
            "session_id": event.session_id,
            "account": event.account,
            "url": event.url,
            "title": event.title,
            "user_agent": sender.user_agent,
            "address": sender.address,
        }


def _says_no_more(event: Event) -> bool:
    return event.sent_at is None and event.context is None


def _device(event: Event) -> str:
    return event.anonymous_id or event.user_id


def _told(context: Context) -> Fields:
    return {key: value for name, key in _CONTEXT if (value := getattr(context, name))}

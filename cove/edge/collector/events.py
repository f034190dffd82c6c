"""Judging one event: what it must have, whose it is, when it happened, and the fact it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from cove.edge.collector import bags, reserved, times
from cove.edge.collector.faults import MISSING
from cove.edge.collector.fine import fine_traffic
from cove.edge.collector.pages import page_fields, url_fault
from cove.edge.collector.refusals import BadEvent, TooOld
from cove.edge.collector.senders import Proof, Sender
from cove.edge.collector.wire import Context, Event
from cove.edge.spool import key_line, row_of
from cove.engine.tracking.facade import judge
from cove.facts.tracking import AccountJoined, EventTracked, IdentityAliased, PageViewed, VisitorIdentified
from cove.kernel.ids import new_uuid
from cove.kernel.ids import visitor_id as number_of
from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

USER = "user:"
"""Before a user's id, where a visitor's name stands: nobody else's name may begin so."""

visitor_id = lru_cache(maxsize=8192)(number_of)
"""Remembered: what comes in one batch is mostly one person's."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Faults = dict[str, Words]
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """Something the sender should know of an event that was taken."""

    code: str
    words: Words


AHEAD = Note(
    "collector.clock_ahead",
    Words("设备时钟超前，已改用接收时间", "The device's clock is ahead; the time of arrival was taken"),
)
CLAIMED = Note(
    "collector.claimed_user",
    Words(
        "user_id 未经证明（缺少 signature 或服务端密钥），只作为属性保存，不用于识别",
        "The user_id is not proven (no signature, no server key); it is kept as a property and joins nobody",
    ),
)
UNSIGNED = Note(
    "collector.bad_signature",
    Words(
        "signature 与该数据源的签名密钥不符，user_id 未被采信",
        "The signature is not one by this source's signing secret; the user_id was not believed",
    ),
)


class Taken(NamedTuple):
    """An event that is ready for the spool."""

    key: str
    row: bytes
    message_id: str
    notes: list[Note]


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


_EMPTY = _empty(PageViewed, EventTracked, VisitorIdentified, IdentityAliased, AccountJoined, *reserved.FACTS)


def taken(event: Event, sender: Sender, sent_at: datetime | None, context: Context | None) -> Taken:
    """Return the event ready for the spool. Raises BadEvent, BadName or TooOld, which name each faulty field."""
    source, notes, faults = sender.source, [], {}  # type: tuple[Any, list[Note], Faults]
    proof = _proof(event, sender, notes)
    kind, own = _TYPES[event.type](event, sender, faults)
    visitor = _visitor(event, source.tenant_id, proof, faults)
    _check(event, sender, sent_at, faults)
    if faults:
        raise BadEvent.of(faults)
    at, ahead = times.happened(event.timestamp, sent_at, sender.received)
    if ahead:
        notes.append(AHEAD)
    _add_reserved(event, context, proof)
    score, reasons = _suspicion(sender, context, visitor, page=kind == PageViewed.kind)
    message_id = event.message_id or new_uuid()
    payload = {
        **_EMPTY[kind],
        "visitor_id": visitor,
        "source": source.kind,
        "source_id": source.source_id,
        "message_id": message_id,
        "session_id": event.session_id,
        "account": event.account,
        "url": event.url,
        "title": event.title,
        "user_agent": sender.user_agent,
        "address": sender.address,
        "suspicion": score,
        "suspicion_reasons": reasons,
        # A server's word is good for the account also where no user is named.
        "proof": "server" if source.server else proof,
        "properties": event.properties,
        **own,
    }
    return Taken(key_line(f"event:{message_id}"), row_of(kind, at, payload), message_id, notes)


def _proof(event: Event, sender: Sender, notes: list[Note]) -> Proof:
    """Return who proves the user's id: see docs/identity.md, rule 2."""
    if not event.user_id:
        return "none"
    if sender.source.server:
        return "server"
    if not event.signature:
        notes.append(CLAIMED)
        return "none"
    # Two names are signed together: by the signature of one, whoever has it could take any other name for his own.
    signed = f"{event.user_id}\n{event.previous_id}" if event.type == "alias" else event.user_id
    if sender.source.signed(signed, event.signature):
        return "signature"
    notes.append(UNSIGNED)
    return "none"


_ONE_LINE = Words("不能包含控制字符", "It must not hold control characters")
_TAKEN_NAME = Words("不能以 user: 开头，该前缀由 Cove 保留", "It must not begin with user:, which belongs to Cove")


def _visitor(event: Event, tenant_id: int, proof: Proof, faults: Faults) -> int:
    """Return whose event it is: the proven user's, else the browser's. What is said about names is the browser's, if there is one."""
    anonymous_id = event.anonymous_id
    if anonymous_id.startswith(USER):
        faults["anonymous_id"] = _TAKEN_NAME
    if proof != "none" and (not anonymous_id or event.type not in ("identify", "alias")):
        return visitor_id(tenant_id, USER + event.user_id)
    if not anonymous_id:
        faults["anonymous_id"] = MISSING
    lower = anonymous_id.lower()
    # The redirect knows the same visitor by the id in lower case.
    return visitor_id(tenant_id, lower if lower == anonymous_id or _UUID.fullmatch(lower) else anonymous_id)


_OLD = Words(
    "请传 30 天以内的时间；更早的历史数据请用服务端密钥发送",
    "Send a time of the last 30 days; import older events with the server key",
)
_ANCIENT = Words("请传 2000 年以后的时间", "Send a time after the year 2000")


def _check(event: Event, sender: Sender, sent_at: datetime | None, faults: Faults) -> None:
    # Empty texts are printable.
    if not (event.user_id + event.previous_id + event.group_id + event.account).isprintable():
        for name in ("user_id", "previous_id", "group_id", "account"):
            if not getattr(event, name).isprintable():
                faults[name] = _ONE_LINE
    if event.properties:
        bags.check("properties", event.properties, faults)
    if event.traits:
        bags.check("traits", event.traits, faults)
    server = sender.source.server
    if not faults and times.too_old(event.timestamp, sent_at, sender.received, server=server):
        raise TooOld.of({"timestamp": _ANCIENT if server else _OLD})


def _add_reserved(event: Event, context: Context | None, proof: Proof) -> None:
    """Put what is known beside the sender's own properties, under names that he cannot give."""
    properties = event.properties
    if event.user_id and proof == "none":
        properties["$claimed_user_id"] = event.user_id
    if context is not None:
        properties.update(_told(context))


def _told(context: Context) -> Iterator[tuple[str, str]]:
    for name, key in _CONTEXT:
        if value := getattr(context, name):
            yield key, value


_CONTEXT = [(name, f"${name}") for name in ("library", "locale", "timezone", "screen", "consent", "plan")]


def _suspicion(sender: Sender, context: Context | None, visitor: int, *, page: bool) -> tuple[int, list[str]]:
    if sender.source.server:
        return 0, []
    return judge(
        tenant_id=sender.source.tenant_id,
        visitor=visitor,
        address=sender.address,
        user_agent=sender.user_agent,
        automation=context is not None and context.automation,
        now=sender.now,
        page=page,
        headers=sender.headers,
        fine=fine_traffic(sender.source.tenant_id),
    )


def _page(event: Event, sender: Sender, faults: Faults) -> tuple[str, Fields]:
    if wrong := url_fault(event.url, sender.source.kind):
        faults["url"] = wrong
        return PageViewed.kind, {}
    return PageViewed.kind, page_fields(event, sender.user_agent)


def _track(event: Event, _sender: Sender, faults: Faults) -> tuple[str, Fields]:
    name = event.event.strip()
    if name.startswith("$"):
        return reserved.fact_of(name, event.properties, faults)
    if not name:
        faults["event"] = MISSING
    return EventTracked.kind, {"event": name}


def _identify(event: Event, sender: Sender, faults: Faults) -> tuple[str, Fields]:
    if not event.user_id:
        faults["user_id"] = MISSING
    number = visitor_id(sender.source.tenant_id, USER + event.user_id)
    own = {"user_id": event.user_id, "user_visitor": number, "traits": event.traits}
    return VisitorIdentified.kind, own


def _alias(event: Event, sender: Sender, faults: Faults) -> tuple[str, Fields]:
    for name in ("user_id", "previous_id"):
        if not getattr(event, name):
            faults[name] = MISSING
    tenant_id = sender.source.tenant_id
    return IdentityAliased.kind, {
        "user_id": event.user_id,
        "user_visitor": visitor_id(tenant_id, USER + event.user_id),
        "previous_id": event.previous_id,
        "previous_visitor": visitor_id(tenant_id, USER + event.previous_id),
    }


def _group(event: Event, _sender: Sender, faults: Faults) -> tuple[str, Fields]:
    if not event.group_id:
        faults["group_id"] = MISSING
    return AccountJoined.kind, {"account": event.group_id, "traits": event.traits}


_TYPES: dict[str, Callable[[Event, Sender, Faults], tuple[str, Fields]]] = {
    "track": _track,
    "page": _page,
    "identify": _identify,
    "alias": _alias,
    "group": _group,
}
TYPES = frozenset(_TYPES)

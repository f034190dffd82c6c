"""Judging one event: what it must have, whose it is, when it happened, and the fact it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from cove.edge.collector import bags, reserved, times
from cove.edge.collector.desk import Desk, Fields
from cove.edge.collector.faults import MISSING
from cove.edge.collector.pages import page_fields, url_fault
from cove.edge.collector.refusals import BadEvent, TooOld
from cove.edge.collector.senders import Proof, Sender
from cove.edge.collector.wire import Event
from cove.edge.spool import key_line
from cove.facts.tracking import AccountJoined, EventTracked, IdentityAliased, PageViewed, VisitorIdentified
from cove.kernel.ids import new_uuid
from cove.kernel.ids import visitor_id as number_of
from cove.kernel.visitors import as_counted
from cove.kernel.words import Words

USER = "user:"
"""Before a user's id, where a visitor's name stands: nobody else's name may begin so."""

visitor_id = lru_cache(maxsize=8192)(number_of)
"""Remembered: what comes in one batch is mostly one person's."""

Faults = dict[str, Words]


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


class Taken(msgspec.Struct, gc=False):
    """An event that is ready for the spool."""

    key: str
    row: bytes
    message_id: str
    notes: list[Note]


def taken(event: Event, desk: Desk) -> Taken:
    """Return the event ready for the spool. Raises BadEvent, BadName or TooOld, which name each faulty field."""
    sender = desk.sender
    notes: list[Note] = []
    faults: Faults = {}
    proof = _proof(event, sender, notes)
    kind, own = _TYPES[event.type](event, sender, faults)
    visitor = _visitor(event, sender.source.tenant_id, proof, faults)
    age = desk.now - event.timestamp if event.timestamp is not None else None
    _check(event, faults)
    if faults:
        raise BadEvent.of(faults)
    if age is not None and times.too_old(age, sender.received, server=sender.source.server):
        raise TooOld.of({"timestamp": _ANCIENT if sender.source.server else _OLD})
    at, ahead = times.happened(age, sender.received)
    if ahead:
        notes.append(AHEAD)
    own["message_id"] = message_id = event.message_id or new_uuid()
    own["properties"] = properties = event.properties
    # What is known stands beside the sender's own properties, under names that he cannot give.
    if event.user_id and proof == "none":
        properties["$claimed_user_id"] = event.user_id
    if desk.told:
        properties.update(desk.told)
    row = desk.row(kind, event, visitor, proof, at, own)
    return Taken(key_line(f"event:{message_id}"), row, message_id, notes)


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
    # The redirect knows the same visitor by the id in lower case.
    return visitor_id(tenant_id, as_counted(anonymous_id))


_OLD = Words(
    "请传 30 天以内的时间；更早的历史数据请用服务端密钥发送",
    "Send a time of the last 30 days; import older events with the server key",
)
_ANCIENT = Words("请传 2000 年以后的时间", "Send a time after the year 2000")


def _check(event: Event, faults: Faults) -> None:
    # Empty texts are printable.
    if not (event.user_id + event.previous_id + event.group_id + event.account).isprintable():
        for name in ("user_id", "previous_id", "group_id", "account"):
            if not getattr(event, name).isprintable():
                faults[name] = _ONE_LINE
    if event.properties:
        bags.check("properties", event.properties, faults)
    if event.traits:
        bags.check("traits", event.traits, faults)


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

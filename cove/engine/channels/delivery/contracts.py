from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

import httpx

from cove.directory.privacy.contracts import Channel
from cove.kernel.actor import Actor, Link
from cove.kernel.registry import Registry
from cove.kernel.words import Words


class State(StrEnum):
    """Where an outward act stands. All but the first two are final; `docs/decisions/0010-delivery-states.md` says why these."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


STATE_LABELS = {
    State.PENDING: Words("等待发送", "Waiting"),
    State.SENDING: Words("发送中", "Under way"),
    State.SENT: Words("已完成", "Done"),
    State.FAILED: Words("失败", "Failed"),
    State.MISSED: Words("已错过", "Missed"),
    State.REFUSED: Words("被拒绝", "Refused"),
    State.UNKNOWN: Words("结果未知", "Unknown"),
}
FINAL = frozenset({State.SENT, State.FAILED, State.MISSED, State.REFUSED, State.UNKNOWN})


class Again(StrEnum):
    """What doing an act twice would mean, which decides what follows when the platform's answer is lost.

    harmless: nothing (reading, marking a tag). refused: the platform itself refuses the second time (a single-use code). unsafe: the person
    would get it twice.
    """

    HARMLESS = "harmless"
    REFUSED = "refused"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Order:
    """One act, claimed to be performed now. `attempts` counts this one; `doubtful` says that an earlier one was never answered.

    `held` is why it may not go out (a code of `cove.facts.delivery.REASONS`), empty if it may.
    """

    id: int
    tenant_id: int
    kind: str
    key: str
    payload: dict[str, Any]
    attempts: int
    setbacks: int
    doubtful: bool
    not_after: datetime | None
    claim: int
    chain: tuple[Link, ...]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform did it; `result` is what it gave back."""

    result: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform (or a rule of ours) said no, and will say no again."""

    reason: str
    errcode: int | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """It surely did not happen and may be tried again after `seconds` (None: by growing steps), at most `retries` times (None: always).

    `pause` holds back all waiting acts of the same kind for as long.
    """

    reason: str
    errcode: int | None = None
    seconds: float | None = None
    retries: int | None = 3
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The request left and no answer came: it may have happened."""

    reason: str = "no_answer"
    errcode: int | None = None


Outcome = Sent | Refused | Later | Doubtful


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an order after one try: its next state, and for pending when it is due again."""

    state: State
    reason: str = ""
    errcode: int | None = None
    result: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    doubtful: bool = False
    setback: bool = False
    pause: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of outward act, declared by a channel.

    `perform` calls the platform with the loop's HTTP client, outside any transaction, and never raises for what the platform says.
    `settle`, if given, is called with a final verdict in the transaction that notes it: it tells the facts, through commands.
    `done_before` names the reasons for refusal that mean, after a lost answer, that the first try had arrived.
    `purpose`: a service message answers what the person did himself (a welcome); a marketing message goes out by `channel` only to whoever
    agreed to it and did not unsubscribe. Its payload names the person as `contact_id`.
    """

    name: str
    label: Words
    again: Again
    perform: Callable[[Order, httpx.AsyncClient], Awaitable[Outcome]]
    settle: Callable[[Actor, Order, Verdict], None] | None = None
    done_before: frozenset[str] = frozenset()
    purpose: Literal["service", "marketing"] = "service"
    channel: Channel = "wecom"


kinds: Registry[Kind] = Registry("kinds of delivery", Kind)

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple

import httpx

from cove.directory.privacy.contracts import Channel
from cove.facts.delivery import REASONS
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
PURPOSES = {"service": Words("服务", "Service"), "marketing": Words("营销", "Marketing")}
HEARD = {
    "delivered": Words("已送达", "Delivered"),
    "opened": Words("已打开", "Opened"),
    "followed": Words("已点击", "Link followed"),
    "bounced": Words("被退回", "Bounced"),
    "complained": Words("被投诉", "Complained of"),
    "failed": Words("未送达", "Not delivered"),
}
"""What may be heard of a message after it left."""
FINAL = frozenset({State.SENT, State.FAILED, State.MISSED, State.REFUSED, State.UNKNOWN})


def said_by(own: Mapping[str, Words]) -> Callable[[str], Words]:
    """Return what says a reason (a code of `REASONS`) in words: a channel's own where its platform has other names for things."""
    return lambda reason: own.get(reason) or REASONS[reason]


class Again(StrEnum):
    """What doing an act twice would mean, which decides what follows when the platform's answer is lost.

    harmless: nothing (reading, marking a tag). refused: the platform itself refuses the second time (a single-use code). unsafe: the person
    would get it twice.
    """

    HARMLESS = "harmless"
    REFUSED = "refused"
    UNSAFE = "unsafe"


Purpose = Literal["service", "marketing"]


@dataclass(frozen=True, slots=True)
class Order:
    """One act, claimed to be performed now. `attempts` counts this one; `doubtful` says that an earlier one was never answered.

    `held` is why it may not go out (a code of `cove.facts.delivery.REASONS`), empty if it may. Of an act for several people
    (`contact_ids` in its payload) `left_out` says whom it must not reach, and why; it is held only when that is everybody.
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
    left_out: Mapping[int, str] = field(default_factory=dict)


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

    @property
    def trouble(self) -> str:
        """Why it was not sent, a code of `cove.facts.delivery.REASONS` or the state itself; empty if it was."""
        return "" if self.state is State.SENT else self.reason or str(self.state)


class Ended(NamedTuple):
    """An order that was tried, and the verdict."""

    order: Order
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of many acts that are put in together; see `facade.deliver`."""

    key: str
    payload: dict[str, Any]
    not_before: datetime | None = None
    not_after: datetime | None = None
    lane: str = ""


Per = Literal["minute", "hour", "day", "week", "month"]


def _everybody(_payload: Mapping[str, Any]) -> str:
    return ""


def _free(_payload: Mapping[str, Any]) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Quota:
    """How many acts a platform allows a company within a minute, hour, day, week or month of its calendar in `zone`.

    Kinds that draw on the same quota name the same one. `of` gives from an act's payload for whom it is counted apart (a customer, a
    sender), nothing for all together. `then`: what is too much waits for the next window, or is refused as ``quota_used``.
    """

    key: str
    label: Words
    most: int
    per: Per
    of: Callable[[Mapping[str, Any]], str] = _everybody
    then: Literal["wait", "refuse"] = "wait"
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class QuotaState:
    """How much of a quota is used in its window now; `used` is the most anybody it is counted for has used."""

    quota: Quota
    used: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a company may have credits for, declared by a channel; `unit` is what one credit pays for."""

    key: str
    label: Words
    unit: Words


class Charge(NamedTuple):
    """What an act costs: so many credits of a tariff. `paid_at` is when it was paid, where that is over."""

    delivery_id: int
    tariff: str
    credits: int
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of asking for credits, by the acts' numbers: what each paid (0 where it is free), or why it may not leave."""

    paid: Mapping[int, int]
    short: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Purse:
    """Who keeps a company's credits; at most one module declares it, and without it everything is free.

    `take` is asked in the transaction that claims the acts. `give_back` is told, the same way, of what was paid for acts that did not go
    out after all.
    """

    take: Callable[[Actor, Sequence[Charge]], Taken]
    give_back: Callable[[Actor, Sequence[Charge]], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of outward act, declared by a channel.

    `perform` calls the platform with the loop's HTTP client, outside any transaction, and never raises for what the platform says.
    `settle`, if given, is called with a final verdict in the transaction that notes it: it tells the facts, through commands.
    `settle_together`, if given, is called instead for several acts that ended at the same time and have the same causes; what it does
    must be what `settle` does for each, for if it stumbles each is told by itself.
    `done_before` names the reasons for refusal that mean, after a lost answer, that the first try had arrived.
    `purpose`: a service message answers what the person did himself (a welcome); a marketing message goes out by `channel` only to whoever
    agreed to it and did not unsubscribe, in the hours and as often as the company's rules allow. Its payload names the person as
    `contact_id`, or several as `contact_ids`. Whoever orders an act may say another purpose than the kind's. `quotas` are the
    platform's, `cost` is what an act costs in credits of its `tariff`. `channel` is empty for what reaches no person.
    """

    name: str
    label: Words
    again: Again
    perform: Callable[[Order, httpx.AsyncClient], Awaitable[Outcome]]
    settle: Callable[[Actor, Order, Verdict], None] | None = None
    done_before: frozenset[str] = frozenset()
    purpose: Purpose = "service"
    channel: Channel | Literal[""] = "wecom"
    quotas: tuple[Quota, ...] = ()
    tariff: str = ""
    cost: Callable[[Mapping[str, Any]], int] = _free
    settle_together: Callable[[Actor, Sequence[Ended]], None] | None = None


kinds: Registry[Kind] = Registry("kinds of delivery", Kind)
tariffs: Registry[Tariff] = Registry("tariffs", Tariff)
purses: Registry[Purse] = Registry("purses", Purse)

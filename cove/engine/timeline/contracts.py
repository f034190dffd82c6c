from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cove.kernel.registry import Registry
from cove.kernel.words import Words

SINK = "timeline"
"""The consumer's name: its cursor says what of the log ClickHouse has."""


COLUMNS = (
    *("tenant_id", "person_id", "at", "position", "kind", "recorded_at", "visitor_id", "member_id", "source"),
    *("cause_kind", "cause_position", "cause_rule", "payload"),
)
"""The columns of `timeline_fact` that are written, in their order; the engine works out the others from the payload."""

INSTEAD = {
    "title": ("url",),
    "text": ("element", "href"),
    "form": ("url",),
    "event": (),
    "account": (),
    "account_name": (),
}
"""Fields that a page or product may leave empty, and what a caption says in their place."""

SUSPICIOUS = 50
"""From this score on a fact may be left out of reports."""
SLICE_SECONDS = 600
"""How long a slice of somebody's behaviour is that a verdict is about. Slices begin at whole multiples of it since 1970."""
VERDICT_COLUMNS = ("tenant_id", "person_id", "slice", "score", "reasons", "mark", "stands", "version")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What turned out later about a person's ten minutes from `slice` on; `person_id` is the one the facts were told of.

    `mark` is the member's decision that it follows, 0 where the machine found it. One that does not stand takes an earlier one back.
    """

    person_id: int
    slice: datetime
    score: int
    reasons: tuple[str, ...] = ()
    mark: int = 0
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason for which a fact may be of no customer: what it is called, and what it means."""

    name: Words
    meaning: Words


doubts: Registry[Doubt] = Registry("reasons of doubt", Doubt)
"""The reasons of `suspicion_reasons` by key, declared by whoever judges; a timeline tells them in words."""


ways: Registry[Words] = Registry("ways by which visits come about", Words)
"""What the channel groups of page views are called, by key, for those that say by which way somebody came; declared by whoever groups."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact as the timeline holds it. `person_id` is the one it was told of; times are UTC; `cause_*` are empty without a cause.

    `suspicion` and its reasons are what holds of it now: a verdict found later decides, see `judged`.
    """

    position: int
    person_id: int
    kind: str
    at: datetime
    recorded_at: datetime
    visitor_id: int
    member_id: int
    source: str
    cause_kind: str
    cause_rule: str
    payload: dict[str, Any] = field(default_factory=dict)
    session_id: str = ""
    suspicion: int = 0
    suspicion_reasons: Sequence[str] = ()


def judged(said: int, reasons: Sequence[str], score: int, found: Sequence[str]) -> tuple[int, list[str]]:
    """Return what holds of a fact that said `said` about itself once a verdict of `score` stands: its score and reasons.

    The same rule as `queries.fields.clean_facts`, which says it to ClickHouse.
    """
    if score >= SUSPICIOUS:
        return max(said, score), list(dict.fromkeys([*reasons, *found]))
    return (score if said >= SUSPICIOUS else said), list(reasons)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a timeline is narrowed by; what is empty narrows nothing.

    `kinds` are kinds of fact, `sources` where facts came from, `since` (included) and `until` (not included) bound their time, `text` is
    looked for in what facts tell (titles, addresses, names, notes), `unsuspicious` leaves out what looks like no customer.
    """

    kinds: Sequence[str] = ()
    sources: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    unsuspicious: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Facts, newest first. `older` and `newer` are the cursors of what lies behind and before them, None at an end."""

    items: list[Happening]
    older: str | None
    newer: str | None


@dataclass(frozen=True, slots=True)
class FirstTouch:
    """The first visit of a person: when, by which campaign (`utm` has source, medium, campaign, content, term), from which page."""

    at: datetime
    utm: dict[str, str]
    referrer: str


@dataclass(frozen=True, slots=True)
class LastClick:
    """The last click on an advertisement: when, the platform's id of it, the address of the page where it arrived."""

    at: datetime
    click_id: str
    url: str


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact in the reader's words."""

    at: datetime
    kind: str
    label: str
    caption: str


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """How people visited, as defined in `queries.visits`. `key` is what they are put together by; seconds are null without visits."""

    key: str
    visits: int
    people: int
    views: int
    bounces: int
    median_seconds: float | None
    visible_seconds: float | None

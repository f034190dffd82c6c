from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel: a kind of fact.

    `where` narrows it by fields of the fact (``event``) or of its properties (``properties.plan``).
    """

    kind: str
    where: dict[str, str | float | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepFigure:
    """How many came to a step, which shares of the previous and of the first step's people, and the median time from the previous one."""

    kind: str
    people: int
    from_previous: float
    from_first: float
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day in the tenant's time zone and a count."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures of the first page; each is defined where it is computed."""

    contacts: int
    new_today: int
    lost_today: int
    scans: int
    visits: int
    visitors: int
    bounce_rate: float | None
    scan_days: tuple[Day, ...]

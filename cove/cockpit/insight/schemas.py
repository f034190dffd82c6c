from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StrictFloat, StrictInt

from cove.kernel.http.times import Day

Value = Annotated[str, Field(max_length=200)] | StrictBool | StrictInt | StrictFloat
Path = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,60}(\.[^.]{1,100})?$")]


class StepChoice(BaseModel):
    """One step: a kind of fact, narrowed by fields of the fact (``event``) or of its properties (``properties.plan``) if wanted."""

    kind: str = Field(max_length=100)
    where: dict[Path, Value] = Field(default_factory=dict, max_length=5)


class FunnelQuestion(BaseModel):
    """Steps in order, hours within which all must happen (1/60 to 8760), and the days of entry in the tenant's time zone, both included.

    `exclude_suspicious` leaves out what is likely no customer: crawlers, programs, cheats.
    """

    steps: list[StepChoice] = Field(min_length=2, max_length=10)
    window_hours: float = Field(ge=1 / 60, le=8760)
    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    exclude_suspicious: bool = True


class StepAnswer(BaseModel):
    """`from_previous` and `from_first` are shares between 0 and 1; `median_seconds` is null for the first step and where nobody came."""

    kind: str
    label: str
    people: int
    from_previous: float
    from_first: float
    median_seconds: float | None


class FunnelAnswer(BaseModel):
    steps: list[StepAnswer]


class DayAnswer(BaseModel):
    day: date
    scans: int


class OverviewAnswer(BaseModel):
    """Contacts in all; those admitted and those lost since midnight; openings of live codes in seven days, day by day, oldest first.

    Visits of pages and products in the same seven days: how many, of how many people, and the share between 0 and 1 that bounced (null
    without visits).
    """

    contacts: int
    new_today: int
    lost_today: int
    scans: int
    visits: int
    visitors: int
    bounce_rate: float | None
    days: list[DayAnswer]

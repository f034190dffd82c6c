"""When things happen: growth over the months, seasons, working days, holidays, hours of the day."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from cove.launch.demo.life.plan import CHINA, Dice, Plan, Urn

# The State Council's notices; Spring Festival decides when northern China builds nothing.
_HOLIDAYS = (
    ("2023-12-30", 3), ("2024-02-09", 9), ("2024-04-04", 3), ("2024-05-01", 5), ("2024-06-08", 3), ("2024-09-15", 3), ("2024-10-01", 7),
    ("2025-01-01", 1), ("2025-01-28", 8), ("2025-04-04", 3), ("2025-05-01", 5), ("2025-05-31", 3), ("2025-10-01", 8),
    ("2026-01-01", 3), ("2026-02-15", 9), ("2026-04-04", 3), ("2026-05-01", 5), ("2026-06-19", 3), ("2026-09-25", 3), ("2026-10-01", 7),
    ("2027-01-01", 3), ("2027-02-05", 9), ("2027-04-03", 3), ("2027-05-01", 5), ("2027-06-09", 3), ("2027-10-01", 7),
)  # fmt: skip
_SPRING = tuple(date.fromisoformat(text) for text, days in _HOLIDAYS if days >= 8 and text[5:7] in ("01", "02"))
# People furnish in spring and autumn; July and August are slack.
_SEASON = (0.85, 0.6, 1.15, 1.2, 1.1, 0.95, 0.8, 0.85, 1.1, 1.2, 1.15, 1.0)
_WEEK = (1.0, 1.05, 1.05, 1.0, 0.95, 0.4, 0.3)
# By hour from midnight: those who read at home, and those who work.
_AT_WORK = (0, 0, 0, 0, 0, 0, 0, 1, 6, 14, 16, 11, 4, 7, 13, 14, 12, 8, 4, 3, 3, 2, 1, 0)
_AT_LEISURE = (1, 0, 0, 0, 0, 0, 1, 3, 5, 7, 8, 7, 8, 7, 6, 6, 6, 6, 7, 10, 13, 13, 9, 4)
_HOURS = {True: Urn(enumerate(_AT_WORK)), False: Urn(enumerate(_AT_LEISURE))}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.toordinal()
_AHEAD = 8 * 3600
"""Seconds by which China is ahead."""


@lru_cache(maxsize=1)
def _free_days() -> frozenset[date]:
    return frozenset(
        date.fromisoformat(first) + timedelta(days=number) for first, days in _HOLIDAYS for number in range(days)
    )


@lru_cache(maxsize=4096)
def business(day: date) -> float:
    """Return how busy a day is, 1.0 for a usual working day, without the company's growth."""
    if day in _free_days():
        return 0.08
    before_spring = any(timedelta(0) < spring - day <= timedelta(days=10) for spring in _SPRING)
    return _WEEK[day.weekday()] * _SEASON[day.month - 1] * (0.45 if before_spring else 1.0)


class Calendar:
    """The days of a plan, and how likely something begins on each."""

    def __init__(self, plan: Plan) -> None:
        self.last = plan.until.astimezone(CHINA)
        count = max(1, round(plan.months * 30.44))
        self.days = [self.last.date() - timedelta(days=count - 1 - number) for number in range(count)]
        # Twice as many come at the end as at the beginning, with a little more for each month.
        weights = [business(day) * (1 + number / count) for number, day in enumerate(self.days)]
        self._sums = list(accumulate(weights))

    def first_day(self, dice: Dice) -> date:
        """Draw the day on which somebody comes for the first time."""
        return self.days[min(bisect_left(self._sums, dice.random() * self._sums[-1]), len(self.days) - 1)]

    def moment(self, dice: Dice, day: date, *, working: bool) -> datetime:
        """Draw a time of a day in China; on free days people read as they do at leisure."""
        hour = dice.draw(_HOURS[working and business(day) > 0.5])
        seconds = (day.toordinal() - _FIRST_DAY) * 86_400 - _AHEAD + hour * 3600 + dice.below(3600)
        return _EPOCH + timedelta(0, seconds, 0, dice.below(1000))

    def working_day(self, dice: Dice, day: date, within: int) -> date:
        """Draw a day of the `within` days from `day` on, a busy one rather than a free one."""
        for _ in range(4):
            drawn = day + timedelta(days=dice.below(within + 1))
            if dice.random() < business(drawn):
                return drawn
        return drawn

"""Times as they are asked for: whatever a sender writes, what comes in can be kept by every store of ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)

Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31), json_schema_extra={"x-bounded": True})]
"""A day of the calendar, 1970 to 2199; a calculation with days next to it stays within what a date can hold."""


def _in_utc(moment: datetime) -> datetime:
    # Compared first: a time at the very end of what can be written has no equal in UTC.
    if not _FIRST <= moment <= _LAST:
        raise PydanticCustomError("bad_moment", "a time from 1970 to 2199")
    return moment.astimezone(UTC)


Moment = Annotated[
    AwareDatetime,
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string", "format": "date-time", "x-bounded": True}),
]
"""A moment with its offset, 1970 to 2199, given on in UTC: PostgreSQL takes offsets of less than 16 hours, ISO 8601 of up to 24."""

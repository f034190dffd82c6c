from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from cove.kernel.http.times import Day, Moment

MOMENT, DAY = TypeAdapter(Moment), TypeAdapter(Day)


def test_a_moment_is_given_on_in_utc():
    assert MOMENT.validate_python("2026-01-31T08:00:00+08:00") == datetime(2026, 1, 31, tzinfo=UTC)
    assert MOMENT.validate_python("2026-01-31T00:00:00-20:47").tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0001-01-01T00:00:00+23:00", "bad_moment"),
        ("0082-11-02T08:56:34-20:47", "bad_moment"),
        ("9999-12-31T23:59:59-23:00", "bad_moment"),
        ("2026-01-31T08:00:00", "timezone_aware"),
    ],
)
def test_a_moment_that_no_store_keeps_is_refused(text, reason):
    with pytest.raises(ValidationError) as refused:
        MOMENT.validate_python(text)
    assert refused.value.errors()[0]["type"] == reason


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_without_neighbours_is_refused(text):
    with pytest.raises(ValidationError):
        DAY.validate_python(text)

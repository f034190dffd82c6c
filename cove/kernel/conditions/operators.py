"""Operators: how a stored value may be compared, each written once for the database and once for memory.

The two must agree on every row; `engine/audiences/tests/cases.py` is the table that both have to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from pydantic import AfterValidator, AwareDatetime, Field, Strict, StringConstraints, TypeAdapter

from cove.kernel.words import Words


def _storable(text: str) -> str:
    text.encode()  # half a surrogate pair raises here, as a ValueError
    if "\0" in text:
        raise ValueError("PostgreSQL has no zero character")
    return text


_TEXT: TypeAdapter[Any] = TypeAdapter(
    Annotated[str, Strict(), StringConstraints(min_length=1, max_length=200), AfterValidator(_storable)]
)
_ID = Annotated[int, Strict(), Field(ge=1, lt=1 << 63)]
_IDS: TypeAdapter[Any] = TypeAdapter(Annotated[list[_ID], Field(min_length=1, max_length=500)])
_KEYS: TypeAdapter[Any] = TypeAdapter(Annotated[list[Annotated[str, Strict()]], Field(min_length=1, max_length=100)])
_DAYS: TypeAdapter[Any] = TypeAdapter(Annotated[int, Strict(), Field(ge=1, le=3650)])
_TIME: TypeAdapter[Any] = TypeAdapter(AwareDatetime)
_FLAG: TypeAdapter[Any] = TypeAdapter(Annotated[bool, Strict()])
_NOTHING: TypeAdapter[Any] = TypeAdapter(None)


@dataclass(frozen=True, slots=True)
class Operator:
    """One way to compare.

    `takes` names the input a rule builder shows (text, ids, keys, days, time, flag, nothing); `value` checks what comes from it.
    `where(stored, value, now)` gives the filter; `stored` is a column's name, for sets `Holders`, for flags the filter of those who
    have it. `test(found, value, now)` compares in memory. `sentence` has `{field}` and `{value}`.
    """

    key: str
    label: Words
    sentence: Words
    takes: str
    value: TypeAdapter[Any]
    where: Callable[[Any, Any, datetime], Q]
    test: Callable[[Any, Any, datetime], bool]


def _upper(text: str) -> str:
    # One character becomes one character, as in PostgreSQL: Python alone would turn ß into SS.
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in text)


def _days_before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


TEXT = (
    Operator(
        "contains",
        Words("包含", "contains"),
        Words("{field}包含「{value}」", "{field} contains “{value}”"),
        "text",
        _TEXT,
        lambda column, value, _: Q(**{f"{column}__icontains": value}),
        lambda found, value, _: _upper(value) in _upper(found),
    ),
    Operator(
        "is",
        Words("等于", "is"),
        Words("{field}等于「{value}」", "{field} is “{value}”"),
        "text",
        _TEXT,
        lambda column, value, _: Q(**{column: value}),
        lambda found, value, _: found == value,
    ),
    Operator(
        "empty",
        Words("为空", "is empty"),
        Words("{field}为空", "{field} is empty"),
        "nothing",
        _NOTHING,
        lambda column, _value, _: Q(**{column: ""}),
        lambda found, _value, _: found == "",
    ),
)

CHOICE = (
    Operator(
        "is",
        Words("是", "is"),
        Words("{field}是{value}", "{field} is {value}"),
        "keys",
        _KEYS,
        lambda column, value, _: Q(**{f"{column}__in": value}),
        lambda found, value, _: found in value,
    ),
)

FLAG = (
    Operator(
        "is",
        Words("是", "is"),
        Words("{field}：{value}", "{field}: {value}"),
        "flag",
        _FLAG,
        lambda stored, value, _: stored if value else ~stored,
        lambda found, value, _: found is value,
    ),
)

TIME = (
    Operator(
        "within_days",
        Words("在最近几天内", "within the last days"),
        Words("{field}在最近 {value} 天内", "{field} within the last {value} days"),
        "days",
        _DAYS,
        lambda column, value, now: Q(**{f"{column}__gte": _days_before(now, value)}),
        lambda found, value, now: found >= _days_before(now, value),
    ),
    Operator(
        "longer_ago_than_days",
        Words("早于几天前", "longer ago than days"),
        Words("{field}早于 {value} 天前", "{field} longer ago than {value} days"),
        "days",
        _DAYS,
        lambda column, value, now: Q(**{f"{column}__lt": _days_before(now, value)}),
        lambda found, value, now: found < _days_before(now, value),
    ),
    Operator(
        "before",
        Words("早于", "before"),
        Words("{field}早于 {value}", "{field} before {value}"),
        "time",
        _TIME,
        lambda column, value, _: Q(**{f"{column}__lt": value}),
        lambda found, value, _: found < value,
    ),
    Operator(
        "since",
        Words("不早于", "since"),
        Words("{field}不早于 {value}", "{field} since {value}"),
        "time",
        _TIME,
        lambda column, value, _: Q(**{f"{column}__gte": value}),
        lambda found, value, _: found >= value,
    ),
)

Holders = Callable[[Collection[int]], "QuerySet[Any, Any]"]
"""From some values of a set to the ids of the contacts that have one of them."""


def _all_of(holders: Holders, wanted: Collection[int]) -> Q:
    both = Q()
    for one in wanted:
        both &= Q(id__in=holders([one]))
    return both


SET = (
    Operator(
        "has",
        Words("含有任一", "has any of"),
        Words("{field}含有{value}中的任一个", "{field} has any of {value}"),
        "ids",
        _IDS,
        lambda holders, value, _: Q(id__in=holders(value)),
        lambda found, value, _: not found.isdisjoint(value),
    ),
    Operator(
        "has_all",
        Words("含有全部", "has all of"),
        Words("{field}含有全部{value}", "{field} has all of {value}"),
        "ids",
        _IDS,
        lambda holders, value, _: _all_of(holders, value),
        lambda found, value, _: found.issuperset(value),
    ),
    Operator(
        "has_none",
        Words("不含有", "has none of"),
        Words("{field}不含有{value}", "{field} has none of {value}"),
        "ids",
        _IDS,
        lambda holders, value, _: ~Q(id__in=holders(value)),
        lambda found, value, _: found.isdisjoint(value),
    ),
)

"""Holding what came against the plan. Pure: the consumer of the log, the live debugger and the tests ask the same questions.

Nothing is refused, changed or left out because of what is found here: a finding is told beside what came.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import re2

TYPES = ("text", "number", "integer", "boolean", "time", "list", "object")
SHOWN_LENGTH = 200
_SHOWN_CHOICES = 20


@dataclass(frozen=True, slots=True)
class PlannedProperty:
    """A property of an event: its type, whether it must be there, the only texts it may be, the pattern the whole text must have."""

    name: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """An event of a published plan."""

    name: str
    status: str
    pql: bool = False
    note: str = ""
    properties: Mapping[str, PlannedProperty] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A published plan. Number 0: none was ever published, so everything is unplanned."""

    number: int
    events: Mapping[str, Planned]

    @classmethod
    def read(cls, number: int, document: Mapping[str, Any]) -> Plan:
        """Return the plan that a version's document holds."""
        return cls(number, {one["name"]: planned_of(one) for one in document["events"]})


@dataclass(frozen=True, slots=True)
class Finding:
    """How an event differs from the plan.

    `kind`: unplanned (the event is in no plan), retired, missing (a required property), type, choice, pattern, extra (a property that is
    not planned). `expected` says in the plan's own words what should have come, `got` what came, shortened.
    """

    kind: str
    property: str = ""
    expected: str = ""
    got: Any = None


def planned_of(document: Mapping[str, Any]) -> Planned:
    """Return one event out of a document."""
    properties = [
        PlannedProperty(
            one["name"], one["type"], one["required"], tuple(one["choices"]), one["pattern"], one.get("note", "")
        )
        for one in document["properties"]
    ]
    return Planned(
        document["name"],
        document["status"],
        document["pql"],
        document.get("note", ""),
        {one.name: one for one in properties},
    )


def findings(plan: Plan, event: str, properties: Mapping[str, Any]) -> list[Finding]:
    """Return everything in which an event differs from the plan, nothing if it is as planned."""
    planned = plan.events.get(event)
    if planned is None:
        return [Finding("unplanned")]
    if planned.status == "retired":
        return [Finding("retired")]
    found = [_missing(one) for one in planned.properties.values() if one.required and properties.get(one.name) is None]
    for name, value in properties.items():
        if name.startswith("$") or value is None:
            continue  # the collector's own, and nothing
        known = planned.properties.get(name)
        wrong = Finding("extra", name, got=shown(value)) if known is None else _wrong(known, value)
        if wrong is not None:
            found.append(wrong)
    return found


def guessed_type(values: Iterable[Any]) -> str:
    """Return the planned type that all of these values have, text if they have none in common."""
    seen = [value for value in values if value is not None]
    order = ("boolean", "integer", "number", "time", "text", "list", "object")
    return next((one for one in order if seen and all(_IS[one](value) for value in seen)), "text")


def is_pattern(text: str) -> bool:
    """Tell whether a text is a pattern that can be matched in linear time (RE2)."""
    return _compiled(text) is not None


def shown(value: Any) -> Any:
    """Return a value as a sample keeps it: as it is if it is short, else the beginning of its JSON."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    if len(text) <= SHOWN_LENGTH:
        # JSON has no infinity, though a sender may write a number that is one to us.
        return text if "Infinity" in text or "NaN" in text else value
    return (value if isinstance(value, str) else text)[: SHOWN_LENGTH - 1] + "…"


def _missing(planned: PlannedProperty) -> Finding:
    return Finding("missing", planned.name, expected=planned.type)


def _wrong(planned: PlannedProperty, value: Any) -> Finding | None:
    if not _IS[planned.type](value):
        return Finding("type", planned.name, planned.type, shown(value))
    texts: Sequence[Any] = value if planned.type == "list" else [value]
    if planned.choices and any(one not in planned.choices for one in texts):
        return Finding("choice", planned.name, " | ".join(planned.choices[:_SHOWN_CHOICES]), shown(value))
    if planned.pattern and not all(_fits(planned.pattern, one) for one in texts):
        return Finding("pattern", planned.name, planned.pattern, shown(value))
    return None


def _fits(pattern: str, text: Any) -> bool:
    compiled = _compiled(pattern)
    # A lone surrogate is a text to Python and none to anybody else: no pattern can mean it.
    return compiled is None or compiled.fullmatch(str(text).encode(errors="replace").decode()) is not None


@lru_cache(maxsize=2_000)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        return re2.compile(pattern, options)
    except re2.error:
        return None


def _is_number(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and math.isfinite(value))


def _is_integer(value: Any) -> bool:
    return _is_whole(value) or (isinstance(value, float) and value.is_integer())


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_time(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
    return len(value) >= len("2026-01-31")


_IS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": _is_integer,
    "boolean": lambda value: isinstance(value, bool),
    "time": _is_time,
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}

"""The plan in Python, for the server SDK."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator

from cove.engine.tracking.queries.checking import Plan, Planned, PlannedProperty
from cove.engine.tracking.queries.snippets.names import once, snake

_TYPES = {
    "text": "str",
    "number": "float",
    "integer": "int",
    "boolean": "bool",
    "time": "datetime | str",
    "list": "Sequence[Any]",
    "object": "Mapping[str, Any]",
}
# Names of types, too: a method called so would be taken for the type in what follows it.
_TYPE_WORDS = ("str", "int", "float", "bool", "dict", "datetime", "none", "true", "false")
_WORDS = frozenset({"self", *_TYPE_WORDS, *keyword.kwlist, *keyword.softkwlist})

_HEAD = '''\
"""Tracking plan of Cove, version {number}. Written by Cove out of the plan: change the plan there, not this file.

Use: ``TrackingPlan(cove, user_id).{example}`` where `cove` is a `cove_sdk.Cove`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

PLAN_VERSION = {version}

__all__ = ["PLAN_VERSION", "TrackingPlan"]

# Which of these a plan needs depends on its properties.
_ = (Mapping, Sequence, datetime, Literal)


class Sender(Protocol):
    """Whatever sends events: `cove_sdk.Cove`."""

    def track(
        self,
        event: str,
        properties: Mapping[str, Any] | None = None,
        *,
        user_id: str = "",
        anonymous_id: str = "",
        account: str = "",
        plan: str = "",
    ) -> str: ...


class TrackingPlan:
    """The events of the plan for one person, each as a method; each returns the event's message id."""

    def __init__(self, cove: Sender, user_id: str = "", *, anonymous_id: str = "", account: str = "") -> None:
        self._cove = cove
        self._user_id = user_id
        self._anonymous_id = anonymous_id
        self._account = account

    def _send(self, event: str, properties: dict[str, Any]) -> str:
        given = {{name: value for name, value in properties.items() if value is not None}}
        return self._cove.track(
            event,
            given,
            user_id=self._user_id,
            anonymous_id=self._anonymous_id,
            account=self._account,
            plan=PLAN_VERSION,
        )
'''


def python_code(plan: Plan) -> str:
    """Return the plan's module: `TrackingPlan` with a method for each live event."""
    live = sorted((one for one in plan.events.values() if one.status == "live"), key=lambda one: one.name)
    methods = once(((one.name, snake(one.name)) for one in live), _WORDS)
    example = f"{methods[live[0].name]}(…)" if live else "…"
    lines = [_HEAD.format(number=plan.number, version=json.dumps(str(plan.number)), example=example)]
    for one in live:
        lines += [*_method(one, methods[one.name]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _method(planned: Planned, name: str) -> Iterator[str]:
    properties = sorted(planned.properties.values(), key=lambda one: not one.required)
    arguments = once(((one.name, snake(one.name)) for one in properties), _WORDS)
    if properties:
        yield f"    def {name}("
        yield "        self,"
        yield "        *,"
        for one in properties:
            yield f"        {arguments[one.name]}: {_type(one)}{'' if one.required else ' | None = None'},"
        yield "    ) -> str:"
    else:
        yield f"    def {name}(self) -> str:"
    yield from _told(planned, properties, arguments)
    yield f"        return self._send({_text(planned.name)}, {{"
    for one in properties:
        yield f"            {_text(one.name)}: {arguments[one.name]},"
    yield "        })"


def _told(planned: Planned, properties: list[PlannedProperty], arguments: dict[str, str]) -> Iterator[str]:
    said = [(arguments[one.name], _said(one)) for one in properties if _said(one)]
    if not said:
        yield f'        """{_comment(planned.note or planned.name)}."""'
        return
    yield f'        """{_comment(planned.note or planned.name)}.'
    yield ""
    for name, text in said:
        yield f"        {name}: {text}"
    yield '        """'


def _type(one: PlannedProperty) -> str:
    choices = f"Literal[{', '.join(_text(choice) for choice in one.choices)}]" if one.choices else ""
    if one.type == "list":
        return f"Sequence[{choices or ('str' if one.pattern else 'Any')}]"
    return choices or _TYPES[one.type]


def _said(one: PlannedProperty) -> str:
    pattern = f"must match {one.pattern}" if one.pattern else ""
    return _comment("; ".join(part for part in (one.note, pattern) if part))


def _comment(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace('"', "'").rstrip(".")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

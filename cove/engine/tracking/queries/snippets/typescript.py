"""The plan in TypeScript, for the web SDK and the one of mini-programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cove.engine.tracking.queries.checking import Plan, Planned, PlannedProperty
from cove.engine.tracking.queries.snippets.names import camel, once, pascal

_TYPES = {
    "text": "string",
    "number": "number",
    "integer": "number",
    "boolean": "boolean",
    "time": "string",
    "list": "readonly unknown[]",
    "object": "Readonly<Record<string, unknown>>",
}
_WORDS = frozenset({"PLAN_VERSION", "Sender", "Plan", "constructor", "prototype", "toString", "valueOf"})
# Names of types that the language or every browser has.
_TYPE_WORDS = _WORDS | {
    "Record",
    "ReturnType",
    "Readonly",
    "Array",
    "Object",
    "String",
    "Number",
    "Boolean",
    "Promise",
    "Date",
    "Error",
}

_HEAD = """\
// Tracking plan of Cove, version {number}. Written by Cove out of the plan: change the plan there, not this file.
// Use: const plan = trackingPlan(cove), where cove is the client of {sdk}; then plan.{example}

export const PLAN_VERSION = {version};

/** Whatever sends events: the client of {sdk}. */
export interface Sender {{
  track(event: string, properties?: Record<string, unknown>, note?: {{ plan?: string }}): void;
}}
"""


def typescript_code(plan: Plan, sdk: str = "@cove/sdk") -> str:
    """Return the plan's module: an interface for the properties of each live event, and `trackingPlan` with a function for each."""
    live = sorted((one for one in plan.events.values() if one.status == "live"), key=lambda one: one.name)
    types = once(((one.name, pascal(one.name)) for one in live), _TYPE_WORDS)
    functions = once(((one.name, camel(one.name)) for one in live), _WORDS)
    example = f"{functions[live[0].name]}(…)" if live else "…"
    lines = [_HEAD.format(number=plan.number, version=json.dumps(str(plan.number)), sdk=sdk, example=example)]
    for one in live:
        if one.properties:
            lines += [*_interface(one, types[one.name]), ""]
    lines += ["/** The events of the plan, each as a function. */", "export function trackingPlan(cove: Sender) {"]
    # A plan without events takes its sender all the same.
    lines += ["  const note = { plan: PLAN_VERSION };", "  return {"] if live else ["  void cove;", "  return {"]
    for one in live:
        lines += _function(one, functions[one.name], types[one.name])
    return "\n".join([*lines, "  };", "}", "", "export type Plan = ReturnType<typeof trackingPlan>;", ""])


def _interface(planned: Planned, name: str) -> Iterator[str]:
    yield f"export interface {name} {{"
    for one in planned.properties.values():
        if said := _said(one):
            yield f"  /** {said} */"
        yield f"  {_text(one.name)}{'' if one.required else '?'}: {_type(one)};"
    yield "}"


def _function(planned: Planned, name: str, type_: str) -> Iterator[str]:
    yield f"    /** {_comment(planned.note or planned.name)} */"
    if not planned.properties:
        yield f"    {name}(): void {{ cove.track({_text(planned.name)}, {{}}, note); }},"
        return
    some = any(one.required for one in planned.properties.values())
    taken = f"properties: {type_}" if some else f"properties: {type_} = {{}}"
    yield f"    {name}({taken}): void {{ cove.track({_text(planned.name)}, {{ ...properties }}, note); }},"


def _type(one: PlannedProperty) -> str:
    choices = " | ".join(_text(choice) for choice in one.choices)
    if one.type == "list" and choices:
        return f"readonly ({choices})[]"
    if one.type == "list" and one.pattern:
        return "readonly string[]"
    return choices or _TYPES[one.type]


def _said(one: PlannedProperty) -> str:
    also = {"time": "ISO 8601", "integer": "a whole number"}.get(one.type, "")
    pattern = f"must match {one.pattern}" if one.pattern else ""
    return _comment("; ".join(part for part in (one.note, also, pattern) if part))


def _comment(text: str) -> str:
    return " ".join(text.split()).replace("*/", "* /")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

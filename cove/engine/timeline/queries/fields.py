"""What analyses over everybody's timeline are made of: facts with the people they belong to now, and conditions on what facts say.

All of it is text for a query that has ``{tenant:UInt64}``; values go in as parameters.
"""

from __future__ import annotations

from typing import Any

from cove.engine.timeline.contracts import SLICE_SECONDS, SUSPICIOUS

PERSON = "if(o.person = 0, f.person_id, o.person)"
"""Whose a fact is, as far as it is known now; in a query over `FACTS`."""

FACTS = """timeline_fact AS f LEFT ANY JOIN (
  SELECT visitor, person_id AS person FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}
) AS o ON f.person_id = o.visitor"""
"""All facts, as ``f``; what the person's number leads to, as ``o``."""

_STANDING = "SELECT person_id, slice FROM timeline_verdict FINAL WHERE tenant_id = {tenant:UInt64} AND stands"
SLICE = f"toStartOfInterval({{at}}, toIntervalSecond({SLICE_SECONDS}))"
"""The slice in which a time lies that verdicts are about; a text with the place ``{at}``."""

_COLUMNS = frozenset(
    {
        *("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"),
        *("url", "title", "referrer", "event", "session_id", "channel", "account", "source"),
    }
)
_PROPERTIES = "properties."
_MAPS = {str: "texts", bool: "flags", int: "numbers", float: "numbers"}
_TYPES = {str: "String", bool: "Bool", int: "Float64", float: "Float64"}
_EXTRACT = {str: "JSONExtractString", bool: "JSONExtractBool", int: "JSONExtractFloat", float: "JSONExtractFloat"}


def clean_facts(facts: str = "timeline_fact", *, among: str = "true") -> str:
    """Return the condition (text of a query that has ``{tenant:UInt64}``) under which a fact is no suspicious traffic.

    `facts` is the name or alias of ``timeline_fact`` in the query. Verdicts found later count as if the fact itself said so; `among` is
    the condition on verdicts of whoever asks about a few people only.
    """
    place = f"({facts}.person_id, {SLICE.format(at=f'{facts}.at')})"
    standing = f"{_STANDING} AND {among}"
    return (
        f"if({facts}.suspicion < {SUSPICIOUS}, {place} NOT IN ({standing} AND score >= {SUSPICIOUS}), "
        f"{place} IN ({standing} AND score < {SUSPICIOUS}))"
    )


def field_condition(path: str, name: str, parameters: dict[str, Any], *, value: str | float | bool) -> str:
    """Return the condition under which a fact ``f`` says `value` in a field (``event``) or in one of its fields (``properties.plan``).

    A property is compared by its type: the text "12" is not the number 12, and what is not there equals nothing. The value goes into
    `parameters` under `name`.
    """
    parameters[name] = value
    said = f"{{{name}:{_TYPES[type(value)]}}}"
    if isinstance(value, str) and path in _COLUMNS:
        return f"f.{path} = {said}"
    outer, _, inner = path.partition(".")
    parameters[f"{name}_key"] = inner or outer
    key = f"{{{name}_key:String}}"
    if path.startswith(_PROPERTIES):
        column = f"f.{_MAPS[type(value)]}"
        return f"{column}[{key}] = {said} AND mapContains({column}, {key})"
    if not inner:
        return f"JSONHas(f.payload, {key}) AND {_EXTRACT[type(value)]}(f.payload, {key}) = {said}"
    parameters[f"{name}_outer"] = outer
    place = f"f.payload, {{{name}_outer:String}}, {key}"
    return f"JSONHas({place}) AND {_EXTRACT[type(value)]}({place}) = {said}"

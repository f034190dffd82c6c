"""Every operation of the API's document, and a well-formed request for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

Make = Callable[[str], Any]
"""Gives the id to put where a field of this name is asked for, or None when the name stands for no record."""


@dataclass(frozen=True)
class Route:
    """One operation: what it asks for, the ids in its path, and its document."""

    method: str
    path: str
    needs: str
    document: dict[str, Any]

    @property
    def name(self) -> str:
        """Such as ``GET /contacts/{contact_id}``."""
        return f"{self.method} {self.path}"

    @property
    def ids(self) -> list[str]:
        """The names of the parameters in the path."""
        return re.findall(r"{(\w+)}", self.path)


@cache
def document() -> dict[str, Any]:
    """The API's document."""
    from cove.edge.console.api import api

    return api.get_openapi_schema(path_prefix="/api")


def routes() -> list[Route]:
    """Every operation of the API."""
    return [
        Route(method.upper(), path, operation["x-needs"], operation)
        for path, operations in document()["paths"].items()
        for method, operation in operations.items()
    ]


def query(route: Route, make: Make) -> dict[str, Any]:
    """Return the query of a well-formed request: what must be there, and every id that may be."""
    found = {}
    for parameter in route.document.get("parameters", []):
        if parameter["in"] != "query":
            continue
        record = make(parameter["name"])
        if record is not None:
            found[parameter["name"]] = record
        elif parameter.get("required"):
            found[parameter["name"]] = value(parameter["schema"], parameter["name"], make)
    return found


def body(route: Route, make: Make) -> tuple[str, Any] | None:
    """Return media type and document of a well-formed body, None for a route without one."""
    content = route.document.get("requestBody", {}).get("content", {})
    for kind, described in content.items():
        return kind, value(described["schema"], "", make)
    return None


# Words for fields whose rule a machine cannot turn round.
SPELLED: dict[str, Any] = {
    "phone": "13900001111",
    "email": "somebody@cove.test",
    "name": "walk",
    "password": "a-long-walk-along-the-quay-9",
    "aes_key": "a" * 43,
    "base_url": "http://127.0.0.1:9",
    "rule": {"all": []},
    "locale": "en",
    "from": "2026-01-01",
    "to": "2026-01-31",
    "kind": "tracking.page_viewed",
    "timezone": "Asia/Shanghai",
}


def value(schema: dict[str, Any], name: str, make: Make) -> Any:  # noqa: PLR0911 -- one line for each kind of schema
    """Return the smallest value that a schema takes; ids of records by the names of their fields."""
    schema = _resolved(schema)
    record = None if schema.get("type") == "object" else make(name)
    if record is not None:
        return [record] if schema.get("type") == "array" else record
    if name in SPELLED and _fits(schema, SPELLED[name]):
        return SPELLED[name]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return _object(schema, make)
    if schema.get("type") == "array":
        return [value(schema["items"], name, make) for _ in range(schema.get("minItems", 0))]
    return _plain(schema)


def _object(schema: dict[str, Any], make: Make) -> dict[str, Any]:
    wanted = schema.get("properties", {})
    required = set(schema.get("required", []))
    found = {}
    for name, inner in wanted.items():
        if name in required or make(name) is not None or not required:
            found[name] = value(inner, name, make)
    return found


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return _resolved(next(one for one in schema[choice] if one.get("type") != "null"))
    if "allOf" in schema:
        return _resolved(schema["allOf"][0])
    return schema


def _fits(schema: dict[str, Any], spelled: Any) -> bool:
    kinds = {str: "string", int: "integer", dict: "object", list: "array", bool: "boolean"}
    return schema.get("type") in (kinds[type(spelled)], None) and spelled in schema.get("enum", [spelled])


def _plain(schema: dict[str, Any]) -> Any:
    if schema.get("type") == "integer":
        return schema.get("minimum", 1)
    if schema.get("type") == "number":
        return schema.get("minimum", 1.0)
    if schema.get("type") == "boolean":
        return True
    special = {"date": "2026-01-31", "date-time": "2026-01-31T08:00:00Z", "email": "somebody@cove.test"}
    return special.get(schema.get("format", ""), "w" * max(1, schema.get("minLength", 1)))

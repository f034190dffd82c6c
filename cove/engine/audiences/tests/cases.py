"""The one table of cases that every evaluator of rules must pass: a rule, and the letters of the people it names.

Words in angle brackets are replaced by the ids of `people.World`.
"""

from __future__ import annotations

from typing import Any

from cove.engine.audiences.tests.people import World


def has(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


VIP, FAIR, OLD = (
    has("people.tag", "has", ["<vip>"]),
    has("people.tag", "has", ["<fair>"]),
    has("people.tag", "has", ["<old>"]),
)

LOST = {"field": "people.lost", "op": "is", "value": True}
NOT_LOST = {**LOST, "value": False}

CASES: list[tuple[dict[str, Any], str]] = [
    ({"all": []}, "abcdefg"),
    ({"not": {"all": []}}, ""),
    (VIP, "abf"),
    (has("people.tag", "has", ["<vip>", "<fair>"]), "abcf"),
    (has("people.tag", "has_all", ["<vip>", "<fair>"]), "b"),
    (has("people.tag", "has_all", ["<vip>", "<vip>"]), "abf"),
    (has("people.tag", "has_none", ["<vip>", "<fair>"]), "deg"),
    (has("people.tag", "has", ["<nobody>"]), ""),
    (has("people.tag", "has", [1 << 62]), ""),
    ({"not": VIP}, "cdeg"),
    ({"not": {"not": VIP}}, "abf"),
    ({"all": [VIP, FAIR]}, "b"),
    ({"any": [VIP, FAIR]}, "abcf"),
    ({"any": [VIP]}, "abf"),
    ({"all": [VIP, {"not": FAIR}]}, "af"),
    ({"not": {"any": [VIP, FAIR]}}, "deg"),
    ({"any": [{"all": [VIP, FAIR]}, {"all": [OLD, {"not": VIP}]}]}, "bg"),
    ({"any": [{"all": []}, VIP]}, "abcdefg"),
    ({"all": [{"any": [VIP, OLD]}, {"any": [FAIR, OLD]}]}, "bfg"),
    (has("people.owner", "has", ["<wei>"]), "ab"),
    (has("people.owner", "has", ["<lin>", "<wei>"]), "abe"),
    (has("people.owner", "has_all", ["<lin>", "<wei>"]), "b"),
    (has("people.owner", "has_none", ["<wei>"]), "cdefg"),
    (has("people.source", "is", ["live_code"]), "bc"),
    (has("people.source", "is", ["web", "console"]), "deg"),
    ({"not": has("people.source", "is", ["web", "console"])}, "abcf"),
    (LOST, "cf"),
    (NOT_LOST, "abdeg"),
    ({"not": LOST}, "abdeg"),
    (has("people.name", "contains", "张三"), "bf"),
    (has("people.name", "contains", "éclair"), "a"),
    (has("people.name", "contains", "%"), "d"),
    (has("people.name", "contains", "_"), "d"),
    (has("people.name", "contains", "\\ {X}"), "g"),
    (has("people.name", "contains", "o'n"), "g"),
    (has("people.name", "is", "张三"), "b"),
    (has("people.name", "empty"), "e"),
    ({"not": has("people.name", "contains", "张三")}, "acdeg"),
    (has("people.company", "contains", "HARBOUR"), "ad"),
    (has("people.company", "is", "Harbour Ltd"), "a"),
    (has("people.company", "contains", "STRASSE"), ""),
    (has("people.company", "contains", "STRAß"), "e"),
    (has("people.company", "empty"), "c"),
    (has("people.phone", "is", "13800138000"), "a"),
    (has("people.phone", "contains", "138000"), "ab"),
    (has("people.phone", "empty"), "cdefg"),
    (has("people.email", "is", "b@harbour.test"), "b"),
    (has("people.email", "contains", "HARBOUR"), "b"),
    (has("people.email", "empty"), "acdefg"),
    (has("people.created", "within_days", 7), "abc"),
    (has("people.created", "longer_ago_than_days", 7), "defg"),
    (has("people.created", "within_days", 3650), "abcdefg"),
    (has("people.created", "since", "<since>"), "abc"),
    (has("people.created", "before", "<since>"), "defg"),
    ({"all": [has("people.created", "before", "<since>"), LOST]}, "f"),
]


def filled(rule: Any, world: World) -> Any:
    """Return the rule with the names in angle brackets replaced."""
    names = {f"<{name}>": number for name, number in [*world.tags.items(), *world.members.items()]}
    names["<since>"] = world.since.isoformat()  # type: ignore[assignment]
    if isinstance(rule, dict):
        return {key: filled(value, world) for key, value in rule.items()}
    if isinstance(rule, list):
        return [filled(value, world) for value in rule]
    return names.get(rule, rule) if isinstance(rule, str) else rule

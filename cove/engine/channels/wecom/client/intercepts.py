"""Words that members may not send to customers (document 95097)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import InterceptRule

MOST_RULES, MOST_WORDS, WORD_CHARACTERS, NAME_CHARACTERS = 100, 300, 32, 20
BLOCK, WARN = 1, 2


async def add_rule(
    line: Line,
    *,
    name: str,
    words: Sequence[str],
    block: bool,
    userids: Sequence[str] = (),
    department_ids: Sequence[int] = (),
    semantics: Sequence[int] = (),
) -> str:
    """Make a rule and return its id. `semantics`: 1 phone numbers, 2 e-mail addresses, 3 red packets."""
    body: dict[str, Any] = {
        "rule_name": name,
        "word_list": list(words),
        "intercept_type": BLOCK if block else WARN,
        "applicable_range": {"user_list": list(userids), "department_list": list(department_ids)},
    }
    # Here semantics stand at the top; in get and update under `extra_rule` (fact sheet B10).
    document = await line.post(
        "externalcontact/add_intercept_rule", body | ({"semantics_list": list(semantics)} if semantics else {})
    )
    return str(document.get("rule_id") or "")


async def update_rule(
    line: Line,
    rule_id: str,
    *,
    name: str,
    words: Sequence[str],
    block: bool,
    semantics: Sequence[int],
    more: dict[str, list[Any]],
    less: dict[str, list[Any]],
) -> None:
    """Change a rule; `more` and `less` are {user_list, department_list} to be added and removed."""
    body = {
        "rule_id": rule_id,
        "rule_name": name,
        "word_list": list(words),
        "extra_rule": {"semantics_list": list(semantics)},
        "intercept_type": BLOCK if block else WARN,
        "add_applicable_range": more,
        "remove_applicable_range": less,
    }
    await line.post("externalcontact/update_intercept_rule", body)


async def list_rules(line: Line) -> list[InterceptRule]:
    """Return ids and names of all rules. This call is a GET, unlike its siblings."""
    document = await line.get("externalcontact/get_intercept_rule_list")
    return [understood(InterceptRule, entry) for entry in document.get("rule_list") or []]


async def get_rule(line: Line, rule_id: str) -> dict[str, Any]:
    """Return a rule as the platform keeps it."""
    return dict((await line.post("externalcontact/get_intercept_rule", {"rule_id": rule_id})).get("rule") or {})


async def delete_rule(line: Line, rule_id: str) -> None:
    """Remove a rule."""
    await line.post("externalcontact/del_intercept_rule", {"rule_id": rule_id})

"""Words that members may not send to customers. Source: WeCom document 95097."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call

MOST_RULES = 100
MOST_WORDS, WORD_CHARACTERS, NAME_CHARACTERS = 300, 32, 20
SEMANTICS = {1, 2, 3}


def add(call: Call) -> dict[str, Any]:
    """POST add_intercept_rule: semantics stand at the top here, and under `extra_rule` everywhere else."""
    if call.storage.value("SELECT count(*) FROM intercepts WHERE corp_id=?", call.corp_id) >= MOST_RULES:
        raise PlatformError(41069)
    given = call.body.get("applicable_range") or {}
    fields = _checked(
        {
            "rule_name": call.required("rule_name"),
            "word_list": call.texts("word_list"),
            "semantics_list": call.numbers("semantics_list"),
            "intercept_type": call.number("intercept_type", 0),
            "user_list": given.get("user_list") or [],
            "department_list": given.get("department_list") or [],
        }
    )
    rule_id = "rule" + secrets.token_urlsafe(20)
    call.storage.insert(
        "intercepts",
        rule_id=rule_id,
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        fields=fields,
        created_at=call.world.now(),
    )
    return {"rule_id": rule_id}


def list_rules(call: Call) -> dict[str, Any]:
    """GET get_intercept_rule_list: ids and names."""
    rows = call.storage.rows("SELECT * FROM intercepts WHERE corp_id=? ORDER BY rowid", call.corp_id)
    return {
        "rule_list": [
            {
                "rule_id": row["rule_id"],
                "rule_name": json.loads(row["fields"])["rule_name"],
                "create_time": row["created_at"],
            }
            for row in rows
        ]
    }


def get(call: Call) -> dict[str, Any]:
    """POST get_intercept_rule: one rule."""
    row = _rule(call)
    fields = json.loads(row["fields"])
    return {
        "rule": {
            "rule_id": row["rule_id"],
            "rule_name": fields["rule_name"],
            "word_list": fields["word_list"],
            "extra_rule": {"semantics_list": fields["semantics_list"]},
            "intercept_type": fields["intercept_type"],
            "applicable_range": {"user_list": fields["user_list"], "department_list": fields["department_list"]},
        }
    }


def update(call: Call) -> dict[str, Any]:
    """POST update_intercept_rule: change what is sent; members and departments are added and removed."""
    row = _rule(call)
    fields = json.loads(row["fields"])
    for name in ("rule_name", "word_list", "intercept_type"):
        if name in call.body:
            fields[name] = call.body[name]
    if "extra_rule" in call.body:
        fields["semantics_list"] = call.body["extra_rule"].get("semantics_list") or []
    for name in ("user_list", "department_list"):
        more = (call.body.get("add_applicable_range") or {}).get(name) or []
        less = (call.body.get("remove_applicable_range") or {}).get(name) or []
        fields[name] = [one for one in dict.fromkeys([*fields[name], *more]) if one not in less]
    call.storage.run(
        "UPDATE intercepts SET fields=? WHERE rule_id=?",
        json.dumps(_checked(fields), ensure_ascii=False),
        row["rule_id"],
    )
    return {}


def delete(call: Call) -> dict[str, Any]:
    """POST del_intercept_rule: remove a rule."""
    call.storage.run("DELETE FROM intercepts WHERE rule_id=?", _rule(call)["rule_id"])
    return {}


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    words = fields["word_list"]
    if not 1 <= len(fields["rule_name"]) <= NAME_CHARACTERS:
        raise PlatformError(40058, "rule_name")
    if not 1 <= len(words) <= MOST_WORDS or any(not 1 <= len(one) <= WORD_CHARACTERS for one in words):
        raise PlatformError(41068)
    if fields["intercept_type"] not in (1, 2) or not SEMANTICS.issuperset(fields["semantics_list"]):
        raise PlatformError(40058, "intercept_type")
    if not fields["user_list"] and not fields["department_list"]:
        raise PlatformError(40063, "applicable_range")
    return fields


def _rule(call: Call) -> Row:
    found = call.storage.row(
        "SELECT * FROM intercepts WHERE corp_id=? AND rule_id=?", call.corp_id, call.required("rule_id")
    )
    if found is None:
        raise PlatformError(41070)
    return found

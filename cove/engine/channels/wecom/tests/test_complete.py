"""Every call of the client has a contract test: it is made against the stand-in of the platform, and not only declared."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
CLIENT = HERE.parent / "client"
WAYS = frozenset({"call", "refused"})
# What every other call goes through, or what asks by calls that are listed themselves.
NO_CALLS = frozenset({"tokens.current", "js_sdk.shared_ticket", "checks.asked", "paging.pages", "paging.everything"})


def test_every_call_of_the_client_is_made_in_a_contract_test():
    assert sorted(_declared() - _called() - NO_CALLS) == []


def _declared() -> set[str]:
    """Return the public functions that take a line, as ``module.function``."""
    return {
        f"{path.stem}.{node.name}"
        for path in CLIENT.glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and any(isinstance(one.annotation, ast.Name) and one.annotation.id == "Line" for one in node.args.args)
    }


def _called() -> set[str]:
    """Return what contract tests hand to `call` and `refused`."""
    return {
        f"{asked.value.id}.{asked.attr}"
        for path in HERE.glob("test_contract*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WAYS and node.args
        for asked in node.args[:1]
        if isinstance(asked, ast.Attribute) and isinstance(asked.value, ast.Name)
    }

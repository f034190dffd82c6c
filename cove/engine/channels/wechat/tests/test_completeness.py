"""Every call of the client is tried against the platform's stand-in."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
CLIENT = HERE.parent / "client"
# What carries the calls, and what asks several of them for the doctor; both have tests of their own.
CARRIERS = {"__init__", "line", "reading", "checks"}
TRIED_BY = ("test_contract.py", "test_contract_more.py")
# The module's name in the tests, where it is another.
CALLED = {"mini": "mini_calls"}


def _public() -> set[tuple[str, str]]:
    found = set()
    for path in CLIENT.glob("*.py"):
        if path.stem in CARRIERS:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                found.add((CALLED.get(path.stem, path.stem), node.name))
    return found


def _tried() -> set[tuple[str, str]]:
    trees = [ast.parse((HERE / name).read_text(encoding="utf-8")) for name in TRIED_BY]
    return {
        (node.value.id, node.attr)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def test_every_call_of_the_client_is_tried():
    public = _public()
    assert len(public) > 30
    assert public - _tried() == set()

"""What is declared anywhere in the tree is in its registry: nothing works only because somebody happened to import it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module

import pytest

from cove.facts import OWNERS
from cove.kernel.actions import actions
from cove.kernel.command import commands
from cove.kernel.conditions.condition import conditions
from cove.kernel.jobs.job import jobs
from cove.kernel.log.fact import catalogue
from cove.kernel.log.reactions import reactions
from cove.kernel.operations import operations
from tests.architecture.tree import COVE, decorators, dotted, functions, name_of, parsed, sources

# Where the declaring words themselves are defined.
WORKSHOPS = {"cove.kernel.actions", "cove.kernel.command", "cove.kernel.conditions.condition", "cove.kernel.jobs.job"}
OPERATION, REACTIONS = "cove.kernel.operations", "cove.kernel.log.reactions"


def _files():
    return [path for path in sources() if dotted(path) not in {*WORKSHOPS, OPERATION, REACTIONS}]


def _decorated(word: str) -> Iterator[tuple[str, str, list[ast.expr]]]:
    for path in _files():
        for function in functions(parsed(path)):
            for name, arguments in decorators(function):
                if name == word:
                    yield dotted(path), function.name, arguments


def _value(module: str, node: ast.expr) -> str:
    return str(node.value if isinstance(node, ast.Constant) else getattr(import_module(module), name_of(node)))


def _first_texts(words: set[str]) -> Iterator[str]:
    for path in _files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in words and node.args:
                yield from _text(node.args[0])


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call) and name_of(node.func) == "Condition":
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_command():
    declared = {f"{module.removeprefix('cove.')}.{name}" for module, name, _ in _decorated("command")}
    assert declared == {entry.name for entry in commands}


def test_every_reaction():
    declared = {name for _, name, _ in _decorated("react")}
    assert declared == {entry.name.split(".")[-1] for entry in reactions}


@pytest.mark.parametrize(("word", "registry"), [("job", jobs), ("action", actions)])
def test_every_job_and_action(word, registry):
    declared = {_value(module, arguments[0]) for module, _, arguments in _decorated(word)}
    assert declared == {getattr(entry, "kind", "") or entry.key for entry in registry}


def test_every_condition():
    declared = set(_first_texts({"column", "belonging", "declare"}))
    assert declared == {entry.field for entry in conditions}


def test_every_operation():
    assert set(_first_texts({"operation"})) == {entry.key for entry in operations}


def test_every_fact():
    assert {path.stem for path in (COVE / "facts").glob("*.py")} - {"__init__"} == set(OWNERS)
    declared = {
        keyword.value.value
        for owner in OWNERS
        for node in ast.walk(parsed(COVE / "facts" / f"{owner}.py"))
        if isinstance(node, ast.ClassDef)
        for keyword in node.keywords
        if keyword.arg == "kind"
    }
    assert declared == {fact.kind for fact in catalogue}


def test_keys_begin_with_their_module():
    # The kernel's own modules and the middle floors': the key's first word is the folder's name.
    shelves = ("*/*", "engine/channels/*", "engine/content/*")
    folders = {path.name for shelf in shelves for path in COVE.glob(shelf) if path.is_dir()}
    keys = (
        {entry.key for entry in [*operations, *actions]}
        | {entry.field for entry in conditions}
        | {entry.kind for entry in jobs}
    )
    assert {key for key in keys if key.split(".")[0] not in folders} == set()

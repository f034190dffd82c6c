"""Commands: each names its operation and refuses whoever lacks it; nothing else changes rows."""

from __future__ import annotations

import ast
from importlib import import_module

import pytest

from cove.kernel.actor import Actor
from cove.kernel.command import commands
from cove.kernel.errors import Forbidden
from tests.architecture.exceptions import WITHOUT_OPERATION
from tests.architecture.tree import COVE, decorators, dotted, module_folders, name_of, parsed, shown, sources


@pytest.mark.parametrize("entry", list(commands), ids=lambda entry: entry.name)
def test_a_command_refuses_whoever_lacks_the_right(entry):
    module, _, name = entry.name.rpartition(".")
    command = getattr(import_module(f"cove.{module}"), name)
    with pytest.raises(Forbidden):
        command(Actor(tenant_id=1, kind="visitor"))


def _command_files():
    rooms = [folder / "commands" for folder in module_folders()]
    return [path for path in sources() if path.with_suffix("") in rooms or set(path.parents) & set(rooms)]


def _bare():
    return {
        (dotted(path), node.name)
        for path in _command_files()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and "command" not in {name for name, _ in decorators(node)}
    }


def test_what_is_used_outside_the_commands_room_is_a_command():
    used = {one for path in sources() if path not in _command_files() for one in names_used(path)}
    assert {f"{module}.{name}" for module, name in _bare() & used} == set(WITHOUT_OPERATION)


def names_used(path):
    """Give (module, name) of whatever a file imports by name, or reaches as `module.name`."""
    modules = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield node.module, one.name
                modules[one.asname or one.name] = f"{node.module}.{one.name}"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


def test_commands_take_the_actor_first_and_the_rest_by_name():
    odd = [
        f"{dotted(path)}.{node.name}"
        for path in _command_files()
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and "command" in {name for name, _ in decorators(node)}
        if [argument.arg for argument in node.args.args] != ["actor"]
    ]
    assert odd == []


WRITES = {"create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "save", "delete"}


def test_queries_do_not_write():
    found = [
        f"{shown(path)}:{node.lineno} .{node.func.attr}()"
        for path in sources()
        if "queries" in {path.stem, path.parent.name}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert found == []


def test_only_the_kernel_and_commands_open_transactions():
    allowed = {"commands", "reactions", "jobs", "run"}
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in sources()
        if not path.is_relative_to(COVE / "kernel")
        and not path.is_relative_to(COVE / "launch")
        and not allowed & {path.stem, *path.parts}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and name_of(node.func).endswith("atomic")
    ]
    assert found == []

"""Which errors a handler may raise, read from its code and from the code it calls, as far as names lead.

Followed are calls by name to functions of the same file or imported from Cove, and `queries.name()` style calls to an imported module.
Calls through variables and methods are not followed, so this finds some omissions and never a false one.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from cove.kernel.errors import CoveError, Forbidden, InvalidInput, SignInRequired
from tests.architecture.tree import name_of

DEPTH = 6


@dataclass(frozen=True)
class Endpoint:
    """A handler of the console's API: what it says it may refuse with, and what its code can raise."""

    name: str
    declared: frozenset[type[CoveError]]
    raised: frozenset[type[CoveError]]


def endpoints() -> list[Endpoint]:
    """Give every handler of the console's API that declares refusals."""
    from cove.edge.console.api import api

    found = []
    for _, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                codes = _declared(operation)
                if codes:
                    name = f"{'/'.join(operation.methods)} {path}"
                    found.append(Endpoint(name, codes, frozenset(_raised(operation.view_func, DEPTH))))
    return found


def _declared(operation: Any) -> frozenset[type[CoveError]]:
    codes: set[str] = set()
    for model in operation.response_models.values():
        fields = getattr(model, "model_fields", {})
        answer = fields["response"].annotation if "response" in fields else None
        detail = getattr(answer, "model_fields", {}).get("error")
        if detail is not None:
            codes |= set(detail.annotation.model_fields["code"].annotation.__args__)
    return frozenset(kind for kind in _kinds() if kind.code in codes) | (
        {InvalidInput, SignInRequired} if codes else set()
    )


def _kinds(kind: type[CoveError] = CoveError) -> Iterator[type[CoveError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


@cache
def _raised(function: Callable[..., Any], depth: int) -> frozenset[type[CoveError]]:
    operation = getattr(function, "operation", None)
    function = inspect.unwrap(function)
    tree = _tree(function)
    if tree is None or depth == 0:
        return frozenset()
    names = {**inspect.getmodule(function).__dict__}  # type: ignore[union-attr]  # it has a source, so it has a module
    found: set[type[CoveError]] = {Forbidden} if operation is not None else set()
    handled = {
        kind for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) for kind in _named(node.type, names)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            found |= _named(node.exc, names)
        elif isinstance(node, ast.Call):
            found |= _of_call(node, names, depth)
    return frozenset(kind for kind in found if not any(issubclass(kind, caught) for caught in handled))


def _of_call(node: ast.Call, names: dict[str, Any], depth: int) -> frozenset[type[CoveError]]:
    called = name_of(node.func)
    if called == "actor.require":
        return frozenset({Forbidden})
    first, _, rest = called.partition(".")
    target = names.get(first)
    if rest and isinstance(target, ModuleType) and "." not in rest:
        target = getattr(target, rest, None)
    elif rest:
        return frozenset()
    if inspect.isfunction(target) and target.__module__.startswith("cove."):
        by_cove_itself = (
            node.args and isinstance(node.args[0], ast.Call) and name_of(node.args[0].func) == "Actor.system"
        )
        return _raised(target, depth - 1) - ({Forbidden} if by_cove_itself else set())
    return frozenset()


def _named(node: ast.expr | None, names: dict[str, Any]) -> set[type[CoveError]]:
    if isinstance(node, ast.Tuple):
        return {kind for one in node.elts for kind in _named(one, names)}
    if isinstance(node, ast.Call):
        node = node.func
    found = names.get(name_of(node)) if node is not None else None
    return {found} if inspect.isclass(found) and issubclass(found, CoveError) else set()


def _tree(function: Callable[..., Any]) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError):
        return None

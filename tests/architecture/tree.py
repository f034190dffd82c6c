"""The tree as the tests of this folder read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COVE = ROOT / "cove"
FLOORS = ("directory", "engine", "business", "cockpit")
ROOMS = frozenset(
    {"errors", "permissions", "contracts", "models", "queries", "commands", "schemas"}
    | {"facade", "api", "pages", "jobs", "reactions", "conditions", "actions", "belongings", "changes", "checkups"}
)
BESIDE_ROOMS = frozenset({"__init__", "apps", "migrations", "templates", "static", "tests", "clickhouse"})


@lru_cache(maxsize=1)
def module_folders() -> tuple[Path, ...]:
    """Give the folder of every module: a Django app on one of the middle floors."""
    found = [apps.parent for floor in FLOORS for apps in (COVE / floor).rglob("apps.py")]
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def sources() -> tuple[Path, ...]:
    """Give every Python file of the product, tests and migrations left out."""
    return tuple(path for path in sorted(COVE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts))


@cache
def parsed(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def dotted(path: Path) -> str:
    """Give the import name of a file or folder."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def shown(path: Path) -> str:
    """Give a path as messages show it."""
    return str(path.relative_to(ROOT))


def name_of(node: ast.expr) -> str:
    """Give ``a.b.c`` of a name or attribute, else an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Give every function of a syntax tree, methods and inner ones included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, list[ast.expr]]]:
    """Give the name and arguments of each decorator."""
    for node in function.decorator_list:
        if isinstance(node, ast.Call):
            yield name_of(node.func), node.args
        else:
            yield name_of(node), []

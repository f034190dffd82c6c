"""File names inside modules, and sizes."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.exceptions import LONG_FILES, LONG_FUNCTIONS, MECHANISMS
from tests.architecture.tree import (
    BESIDE_ROOMS,
    COVE,
    FLOORS,
    ROOMS,
    ROOT,
    dotted,
    functions,
    module_folders,
    parsed,
    shown,
    sources,
)

FORBIDDEN_NAMES = {
    "service",
    "services",
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "manager",
    "managers",
    "base",
    "core",
    "misc",
}
FILE_LINES, FILE_LIMIT = 300, 500
FUNCTION_LINES, FUNCTION_LIMIT = 40, 80


@pytest.mark.parametrize("folder", module_folders(), ids=dotted)
def test_a_module_has_these_rooms_and_no_others(folder):
    allowed = ROOMS | BESIDE_ROOMS | set(MECHANISMS.get(dotted(folder), ()))
    found = {entry.stem for entry in folder.iterdir() if not entry.name.startswith(("__pycache__", "."))}
    assert found <= allowed, f"not a room: {sorted(found - allowed)}"


def test_mechanisms_that_are_gone_are_struck_off():
    gone = [
        f"{module}: {name}"
        for module, names in MECHANISMS.items()
        if (ROOT / module.replace(".", "/") / "apps.py").exists()
        for name in names
        if not list((ROOT / module.replace(".", "/")).glob(f"{name}*"))
    ]
    assert gone == []


def test_a_folder_on_a_floor_is_a_module():
    strays = [
        shown(folder)
        for floor in FLOORS
        for folder in (COVE / floor).iterdir()
        if folder.is_dir() and folder.name != "__pycache__" and not list(folder.rglob("apps.py"))
    ]
    assert strays == []


def test_no_file_has_a_name_that_takes_anything():
    # `base` is the name Django gives the file of a database backend.
    bad = [
        shown(path) for path in sources() if path.stem in FORBIDDEN_NAMES and path != COVE / "kernel/database/base.py"
    ]
    assert bad == []


def _lines(path):
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _python_files():
    for top in ("cove", "sandbox", "tests", "bench", "tools"):
        yield from (path for path in sorted((ROOT / top).rglob("*.py")) if "migrations" not in path.parts)


def _long_files():
    return {shown(path): count for path in _python_files() if (count := _lines(path)) > FILE_LINES}


def _long_functions():
    found = {}
    for path in _python_files():
        for function in functions(parsed(path)):
            span = _code_span(function)
            # A test may tell a whole story; it still ends before the hard limit.
            if span > (FUNCTION_LIMIT if "tests" in path.parts else FUNCTION_LINES):
                found[f"{shown(path)}:{function.name}"] = span
    return found


def _code_span(function):
    span = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function):
        said = function.body[0]
        span -= (said.end_lineno or 0) - said.lineno + 1
    return span


def test_files_are_short():
    found = _long_files()
    assert {name: count for name, count in found.items() if count > LONG_FILES.get(name, 0)} == {}
    assert not [name for name, count in found.items() if count > FILE_LIMIT]
    assert set(LONG_FILES) <= set(found), "strike off what is short again: the list may only shrink"


def test_functions_are_short():
    found = _long_functions()
    assert {name: span for name, span in found.items() if span > LONG_FUNCTIONS.get(name, 0)} == {}
    assert not [name for name, span in found.items() if span > FUNCTION_LIMIT]
    assert set(LONG_FUNCTIONS) <= set(found), "strike off what is short again: the list may only shrink"

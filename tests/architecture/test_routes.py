"""The console's API: every route is behind the session or on the short list, and the document says what the server does."""

from __future__ import annotations

import importlib.util
import inspect
from importlib import import_module

import pytest
from pydantic import BaseModel

from tests.architecture.exceptions import OPEN_ROUTES
from tests.architecture.tree import ROOT, dotted, sources


@pytest.fixture(scope="module")
def document():
    from cove.edge.console.api import api

    return api.get_openapi_schema(path_prefix="/api/")


def test_every_route_asks_for_a_session_or_is_listed(document):
    open_routes = {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("security")
    }
    assert open_routes == OPEN_ROUTES


def test_every_route_says_what_it_does(document):
    silent = [
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if not operation.get("description")
    ]
    assert silent == []


def test_every_time_that_is_asked_for_is_one_that_can_be_kept(document):
    # A bare datetime takes offsets and years that PostgreSQL and ClickHouse refuse: use cove.kernel.http.times.
    asked = [
        (f"{method.upper()} {path}", part)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        for part in _parts([operation.get("parameters"), operation.get("requestBody")], document, frozenset())
    ]
    unbounded = {
        route for route, part in asked if part["format"] in ("date", "date-time") and not part.get("x-bounded")
    }
    assert unbounded == set()
    assert {part["format"] for _, part in asked} >= {"date", "date-time"}


def _parts(node, document, seen):
    """Yield every part of a schema that has a format, through references."""
    if isinstance(node, list):
        for one in node:
            yield from _parts(one, document, seen)
    elif isinstance(node, dict):
        if isinstance(node.get("format"), str):
            yield node
        name = node.get("$ref", "").rpartition("/")[2]
        if name and name not in seen:
            yield from _parts(document["components"]["schemas"][name], document, seen | {name})
        for one in node.values():
            yield from _parts(one, document, seen)


def test_no_two_schemas_share_a_name():
    # Ninja puts both under the one name and documents whichever came last.
    seen: dict[str, tuple[str, dict]] = {}
    clashes = []
    for path in sources():
        if not {"schemas", "api"} & {path.stem, path.parent.name}:
            continue
        module = import_module(dotted(path))
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if not issubclass(kind, BaseModel) or kind.__module__ != module.__name__:
                continue
            shape = kind.model_json_schema()
            first, known = seen.setdefault(name, (module.__name__, shape))
            if known != shape:
                clashes.append(f"{name}: {first}, {module.__name__}")
    assert clashes == []


def test_the_committed_document_is_the_servers():
    spec = importlib.util.spec_from_file_location("openapi_tool", ROOT / "tools" / "openapi.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.SNAPSHOT.read_text(encoding="utf-8") == tool.document(), "run: make openapi"

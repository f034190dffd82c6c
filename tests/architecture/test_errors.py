"""Errors: each with its code, status and words in both languages, and each where the OpenAPI document says it may come."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from cove.kernel.errors import CoveError
from tests.architecture.raising import endpoints
from tests.architecture.test_facts import CHINESE, placeholders
from tests.architecture.tree import dotted, sources


def _errors() -> list[type[CoveError]]:
    for path in sources():
        if "errors" in {path.stem, path.parent.name}:
            import_module(dotted(path))
    found, queue = [], [CoveError]
    while queue:
        kind = queue.pop()
        queue.extend(kind.__subclasses__())
        if kind.__module__.startswith("cove."):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)


every_error = pytest.mark.parametrize("error", _errors(), ids=lambda error: f"{error.__module__}.{error.__name__}")


@every_error
def test_code_status_and_words(error):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", error.code)
    assert 400 <= error.status < 600
    assert CHINESE.search(error.words.zh)
    assert error.words.en
    assert not CHINESE.search(error.words.en)
    assert placeholders(error.words.zh) == placeholders(error.words.en)


def test_codes_are_unique_and_begin_with_their_module():
    seen: dict[str, type[CoveError]] = {}
    for error in _errors():
        if "code" not in vars(error):
            continue
        assert error.code not in seen, f"{error} and {seen[error.code]}"
        seen[error.code] = error
        owner = error.code.split(".")[0]
        assert owner in error.__module__.split(".")


@pytest.mark.parametrize("endpoint", endpoints(), ids=lambda endpoint: endpoint.name)
def test_what_a_handler_may_raise_is_in_its_responses(endpoint):
    missing = {error.__name__ for error in endpoint.raised if not issubclass(error, tuple(endpoint.declared))}
    assert missing == set()

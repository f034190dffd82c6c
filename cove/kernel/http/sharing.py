"""Answers of one shape share one model. Ninja makes a model of each answer of each route: the same few refusals, two thousand times over.

That was a quarter of what a process does before it can answer.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import Schema
from ninja.operation import Operation


def share_models() -> None:
    """Let routes that are declared from now on share the models of equal answers."""
    Operation._create_response_model = _shared  # type: ignore[assignment,method-assign]  # noqa: SLF001 -- no other place for it


def _shared(_operation: Operation, response_param: Any) -> type[Schema] | None:
    return None if response_param is None else _made(response_param)


@cache
def _made(response_param: Any) -> type[Schema]:
    return type("NinjaResponseSchema", (Schema,), {"__annotations__": {"response": response_param}})

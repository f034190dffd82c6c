"""JSON from outside, as every store of ours can take it."""

from __future__ import annotations

import json
import math
from typing import Any

DEEPEST = 64
"""Lists and objects within each other. What is deeper says nothing, and breaks whoever reads it level by level."""


class NotJson(ValueError):
    """No JSON, or JSON that no store takes."""


def read_json(text: bytes | str) -> Any:
    """Return the document in a text, halves of letters replaced.

    Raises NotJson for what is malformed, in no encoding of JSON, nested more than `DEEPEST`, or holds a number that JSON does not have.
    """
    try:
        return _checked(json.loads(text, parse_constant=_no_number, parse_float=_finite), DEEPEST)
    except (ValueError, RecursionError) as error:
        raise NotJson(type(error).__name__) from error


def whole_letters(text: str) -> str:
    """Return a text with each half of a pair replaced.

    JavaScript cuts texts between the halves of a pair, and JSON.stringify writes such a half as an escape. No store takes it.
    """
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _checked(value: Any, left: int) -> Any:
    if isinstance(value, str):
        return whole_letters(value)
    if not isinstance(value, dict | list):
        return value
    if not left:
        raise NotJson("too deep")
    if isinstance(value, dict):
        return {whole_letters(key): _checked(one, left - 1) for key, one in value.items()}
    return [_checked(one, left - 1) for one in value]


def _no_number(text: str) -> float:
    # NaN and Infinity are no JSON (RFC 8259, 6), whatever Python takes.
    raise ValueError(text)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number

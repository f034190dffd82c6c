"""What is wrong with a document that could not be decoded: each field by its name, with its remedy, in both languages.

The decoder stops at the first fault. Whoever has to mend an integration wants all of them, so a refused document is gone through again,
field by field, by the same types.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import inspect

from cove.kernel.words import Words

MISSING = Words("缺少该字段，请补上", "This field is missing; add it")
NOT_OBJECT = Words("请求体须为一个 JSON 对象", "The body must be one JSON object")

_LONG = Words("过长，最多 {most} 个字符", "Too long; at most {most} characters")
_SHORT = Words("过短，至少 {least} 个字符", "Too short; at least {least} characters")
_TEXT = Words("请传字符串", "Send a string")
_OBJECT = Words("请传 JSON 对象", "Send a JSON object")
_LIST = Words("请传 JSON 数组", "Send a JSON array")
_BOOL = Words("请传 true 或 false", "Send true or false")
_WHOLE = Words("请传 {least} 到 {most} 的整数", "Send a whole number from {least} to {most}")
_ONE_OF = Words("请传以下之一：{choices}", "Send one of: {choices}")
_ZONE = Words("请带上时区，例如 2026-01-31T08:00:00Z", "Add the time zone, for example 2026-01-31T08:00:00Z")
_TIME = Words(
    "请传 ISO 8601 时间，例如 2026-01-31T08:00:00Z", "Send an ISO 8601 time, for example 2026-01-31T08:00:00Z"
)
_ANY = Words("格式不正确", "The format is not right")


def faults_of(document: Any, kind: type[msgspec.Struct], prefix: str = "") -> dict[str, Words]:
    """Return the faulty fields of what was sent, by their path, each with its remedy; empty if `document` is a good `kind`."""
    if not isinstance(document, dict):
        return {prefix.rstrip(".") or "body": _OBJECT if prefix else NOT_OBJECT}
    found: dict[str, Words] = {}
    for field in msgspec.structs.fields(kind):
        name = field.encode_name
        if name in document:
            found.update(_of_value(document[name], field.type, f"{prefix}{name}"))
        elif field.required:
            found[f"{prefix}{name}"] = MISSING
    return found


def _of_value(value: Any, wanted: Any, name: str) -> Iterator[tuple[str, Words]]:
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        kind = inspect.type_info(wanted)
        if isinstance(kind, inspect.UnionType):
            kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
        if isinstance(kind, inspect.StructType):
            yield from faults_of(value, kind.cls, f"{name}.").items()
        else:
            yield name, _remedy(value, kind)


def _remedy(value: Any, kind: inspect.Type) -> Words:
    if isinstance(kind, inspect.StrType):
        return _of_text(value, kind)
    if isinstance(kind, inspect.DateTimeType):
        return _of_time(value)
    if isinstance(kind, inspect.IntType):
        return _WHOLE.with_values(least=kind.ge, most=kind.le)
    if isinstance(kind, inspect.LiteralType):
        return _ONE_OF.with_values(choices=", ".join(str(one) for one in kind.values if one))
    return _OTHERS.get(type(kind), _ANY)


_OTHERS = {inspect.DictType: _OBJECT, inspect.ListType: _LIST, inspect.BoolType: _BOOL}


def _of_text(value: Any, kind: inspect.StrType) -> Words:
    if not isinstance(value, str):
        return _TEXT
    if kind.min_length and len(value) < kind.min_length:
        return _SHORT.with_values(least=kind.min_length)
    return _LONG.with_values(most=kind.max_length)


def _of_time(value: Any) -> Words:
    try:
        msgspec.convert(value, datetime)
    except msgspec.ValidationError:
        return _TIME
    return _ZONE

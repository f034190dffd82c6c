"""Reading what a request brings: texts that can be kept, or a refusal."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

_UNKEEPABLE = Words("包含无法保存的字符，请删除后重试", "There are characters that cannot be kept; remove them")


class CleanParser(Parser):
    """Documents and parameters whose texts PostgreSQL can keep: no NUL and no half of a surrogate pair, which nobody types."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the body's document; raises ValueError, which the API answers with 422."""
        document: DictStrAny = json.loads(request.body)
        # Both come only as escapes: in plain UTF-8 JSON forbids them.
        if b"\\u" in request.body and not _can_be_kept(document):
            raise ValueError("a text that cannot be kept")
        return document

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> DictStrAny:
        """Return the parameters of the address; raises InvalidInput naming the parameter."""
        if wrong := [name for name, values in data.lists() if not _can_be_kept(values)]:
            raise InvalidInput(fields=dict.fromkeys(wrong, _UNKEEPABLE))
        return super().parse_querydict(data, list_fields, request)


def _can_be_kept(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, dict):
        return all(_can_be_kept(key) and _can_be_kept(inner) for key, inner in value.items())
    return not isinstance(value, list) or all(_can_be_kept(inner) for inner in value)

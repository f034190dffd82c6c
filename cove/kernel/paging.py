"""Keyset paging: a page begins after a row, not after a count, so the thousandth page is as quick as the first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from pydantic import BaseModel

from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

T = TypeVar("T")

DEFAULT_LIMIT = 20
MAX_LIMIT = 200

_FOREIGN = Words("分页游标无效，请从第一页重新开始", "The cursor is not valid; start from the first page")


class Page(BaseModel, Generic[T]):
    """One page of a list. `total` is counted exactly up to a bound; `total_exact` says whether the bound was met."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None
    total_exact: bool = True


def encode_cursor(values: list[Any]) -> str:
    """Return an opaque cursor for the sort values of the last row shown."""
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> list[Any]:
    """Return the sort values inside `cursor`; raises InvalidInput naming the field if it is not one of ours."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        values = None
    if not isinstance(values, list) or len(values) != 2:  # noqa: PLR2004 -- sort value and id
        raise foreign_cursor()
    return values


def after_id(cursor: str | None) -> int:
    """Return the id after which a list by ids goes on, 0 at its beginning; raises InvalidInput if the cursor is not of such a list."""
    last = decode_cursor(cursor)[1] if cursor else 0
    if type(last) is not int or not 0 <= last < 2**63:
        raise foreign_cursor()
    return last


def foreign_cursor() -> InvalidInput:
    """Return the refusal of a cursor that is not of this list."""
    return InvalidInput(fields={"cursor": _FOREIGN})


def slice_after(rows: QuerySet[Any], *, sort: str, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """Return up to `limit` rows after `cursor`, ordered by `sort` (``-`` for descending) then id, and the next cursor or None."""
    limit = max(1, min(limit, MAX_LIMIT))
    descending, field = sort.startswith("-"), sort.lstrip("-")
    if cursor:
        value, row_id = decode_cursor(cursor)
        try:
            rows = rows.filter(beyond(field, value, row_id, descending=descending))
        except (ValidationError, TypeError, ValueError) as error:
            raise foreign_cursor() from error
    found = list(rows.order_by(sort, "-id" if descending else "id")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor([getattr(last, field), last.id])


def beyond(field: str, value: Any, row_id: int, *, descending: bool) -> Q:
    """Return the filter of the rows after one in the order of `field`, then id.

    It names the bound of `field` by itself, too: an index begins a page there, however deep it lies, instead of passing all before it.
    """
    step = "lt" if descending else "gt"
    if field == "id":
        return Q(**{f"id__{step}": value})
    after = Q(**{f"{field}__{step}": value}) | Q(**{f"id__{step}": row_id})
    return Q(**{f"{field}__{step}e": value}) & after


def count_beside(
    rows: QuerySet[Any], found: Sequence[Any], *, cursor: str | None, following: str | None
) -> tuple[int, bool]:
    """Return `bounded_count` of a list beside one of its pages; a page that is the whole list is not counted again."""
    return bounded_count(rows) if cursor or following else (len(found), True)


def bounded_count(rows: QuerySet[Any], *, bound: int = 10_000) -> tuple[int, bool]:
    """Count `rows` but no further than `bound`: a list of a million must not wait for its number."""
    count = rows.order_by()[: bound + 1].count()
    return (bound, False) if count > bound else (count, True)

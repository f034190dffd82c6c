"""Lists that the platform gives page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.errors import NoAnswer

M = TypeVar("M", bound=BaseModel)


async def pages(line: Line, path: str, body: Mapping[str, Any], name: str, model: type[M]) -> AsyncIterator[list[M]]:
    """Give the list `name` of a call that pages by `cursor`. A page may be short or empty before the last one (fact sheet A1).

    Raises NoAnswer when the platform leads in a circle.
    """
    cursor, seen = "", {""}
    while True:
        document = await line.post(path, {**body, **({"cursor": cursor} if cursor else {})})
        yield [understood(model, entry) for entry in document.get(name) or []]
        cursor = str(document.get("next_cursor") or "")
        if not cursor:
            return
        if cursor in seen:
            raise NoAnswer(reason=f"{path} gave the same cursor twice")
        seen.add(cursor)


async def everything(line: Line, path: str, body: Mapping[str, Any], name: str, model: type[M]) -> list[M]:
    """Return all pages of such a call in one list."""
    return [entry async for page in pages(line, path, body, name, model) for entry in page]

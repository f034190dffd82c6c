"""Reading what platforms push. How they write it is nowhere public (facts G12): the names are those of what is pulled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cove.engine.channels.ads.client.platforms import CALLS
from cove.engine.channels.ads.contracts.leads import Lead, Platform
from cove.kernel.documents import NotJson, read_json

MAX_BODY = 512 * 1024
MAX_ITEMS = 500
LISTS = ("data", "list", "leads_info", "leads", "noticeDetailList", "clues")
"""Under which names a push may hold its leads; without one of them the document itself is the lead."""


class UnreadableError(ValueError):
    """The body is no JSON document of leads."""


def document_of(body: bytes) -> Any:
    """Return the JSON document. Raises UnreadableError."""
    try:
        return read_json(body)
    except NotJson as error:
        raise UnreadableError from error


def items_of(document: Any) -> list[dict[str, Any]]:
    """Return the leads in a push: a list, a document that holds one under a usual name, or one lead. Raises UnreadableError."""
    found = document
    for _ in range(2):
        if isinstance(found, dict):
            found = next((found[name] for name in LISTS if isinstance(found.get(name), list | dict)), found)
    found = [found] if isinstance(found, dict) else found
    if not isinstance(found, list) or len(found) > MAX_ITEMS or not all(isinstance(one, dict) for one in found):
        raise UnreadableError
    return found


def challenge_of(document: Any) -> int | str | None:
    """Return what the Douyin open platform wants to hear when an address is entered (facts D1), None for anything else."""
    if not isinstance(document, dict) or document.get("event") != "verify_webhook":
        return None
    content = document.get("content")
    if isinstance(content, str):
        try:
            content = read_json(content)
        except NotJson:
            return None
    found = content.get("challenge") if isinstance(content, dict) else None
    return found if isinstance(found, int | str) else None


def leads_of(platform: Platform, items: Iterable[Mapping[str, Any]]) -> list[Lead]:
    """Return the leads in pushed documents; what has no number is left out."""
    return [one for item in items if (one := CALLS[platform].lead(item))]

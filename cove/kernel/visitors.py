"""The number by which a browser is known to Cove before its user is: a cookie of ours, or what our tracker on a company's page keeps."""

from __future__ import annotations

import re

VISITOR_COOKIE = "cove_visitor"
VISITOR_SECONDS = 2 * 365 * 24 * 3600
VISITOR_LINK = "cv"
"""The parameter by which a page of the company tells Cove as whom it knows the browser."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# What others made may be of no version that anybody knows.
_LOOKS_LIKE_ONE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_visitor(text: str) -> bool:
    """Tell whether a text is such a number as Cove makes them: a UUID in small letters."""
    return bool(_UUID.fullmatch(text))


def as_counted(name: str) -> str:
    """Return the one spelling by which a visitor is counted: anything like a UUID in small letters, the rest as it is."""
    lower = name.lower()
    return lower if lower == name or _LOOKS_LIKE_ONE.fullmatch(lower) else name

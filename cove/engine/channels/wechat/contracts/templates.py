"""Message templates as the platform writes them: ``{{name.DATA}}`` where a value goes."""

from __future__ import annotations

import re

_FIELD = re.compile(r"\{\{\s*(\w{1,40})\.DATA\s*\}\}")


def fields_of(content: str) -> list[str]:
    """Return the fields of a template in the order of its text."""
    return list(dict.fromkeys(_FIELD.findall(content)))

"""Sensitive fields: values that are shown masked to whoever lacks the right to see them whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cove.kernel.registry import Registry
from cove.kernel.words import Words

_SHORTEST_PHONE = 8


@dataclass(frozen=True, slots=True)
class SensitiveField:
    """A field a role may reveal, such as ``people.phone``. `columns` are its places in the database, ``table.column``.

    `pattern` finds such values inside texts that people or programs wrote: notes, addresses of pages, properties of events.
    """

    key: str
    label: Words
    mask: Callable[[str], str]
    columns: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None


sensitive_fields: Registry[SensitiveField] = Registry("sensitive fields", SensitiveField)


def sensitive_field(
    key: str, zh: str, en: str, *, mask: Callable[[str], str], columns: tuple[str, ...] = (), pattern: str = ""
) -> SensitiveField:
    """Declare a sensitive field and put it in the registry."""
    found = re.compile(pattern) if pattern else None
    return sensitive_fields.add(key, SensitiveField(key, Words(zh, en), mask, columns, found))


def mask_within(text: str, hidden: Iterable[SensitiveField]) -> str:
    """Return `text` with every value masked that looks like one of the `hidden` fields."""
    for field in hidden:
        if field.pattern is not None:
            text = field.pattern.sub(lambda found, mask=field.mask: mask(found.group()), text)  # type: ignore[misc]
    return text


def mask_phone(phone: str) -> str:
    """Return 138****1234; a number too short for that shows nothing."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= _SHORTEST_PHONE else "****"


def mask_email(email: str) -> str:
    """Return z***@example.com."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}" if domain else "****"


def mask_text(text: str) -> str:
    """Return the first and the last letter with stars between; four letters or fewer show nothing."""
    return f"{text[0]}****{text[-1]}" if len(text) > 4 else "****"  # noqa: PLR2004 -- two of five letters are few enough

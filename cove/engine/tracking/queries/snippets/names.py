"""Names of the plan as names of a program. Chinese letters are letters to every language we write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

_BREAKS = re.compile(r"[^\w]+|_+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake(name: str) -> str:
    """Return a name as ``snake_case``; may be empty, or begin with a digit."""
    return "_".join(part.lower() for part in _parts(name))


def camel(name: str) -> str:
    """Return a name as ``camelCase``; may be empty, or begin with a digit."""
    first, *others = _parts(name) or [""]
    return first[:1].lower() + first[1:] + "".join(part[:1].upper() + part[1:] for part in others)


def pascal(name: str) -> str:
    """Return a name as ``PascalCase``; may be empty, or begin with a digit."""
    return "".join(part[:1].upper() + part[1:] for part in _parts(name))


def once(wanted: Iterable[tuple[str, str]], taken: Collection[str]) -> dict[str, str]:
    """Return for each name of the plan a name of its own: as wanted, with a number behind it where that is taken.

    `wanted` are pairs of the plan's name and the name wanted. Whoever is called so exactly gets it, so that a new event takes no old
    one's name; among the others the order decides. `taken` are words of the language.
    """
    pairs = list(wanted)
    given: dict[str, str] = {}
    used = set(taken)
    for name, text in sorted(pairs, key=lambda pair: pair[0] != pair[1]):
        plain = text if text.isidentifier() else f"n{text}"
        plain = plain if plain.isidentifier() else "unnamed"
        number, free = 1, plain
        while free in used:
            number += 1
            free = f"{plain}{number}"
        used.add(free)
        given[name] = free
    return given


def _parts(name: str) -> list[str]:
    # Python reads identifiers in this form (PEP 3131), so two names that differ only there would be one.
    plain = unicodedata.normalize("NFKC", name)
    whole = "".join(letter if letter.isalnum() and f"a{letter}".isidentifier() else " " for letter in plain)
    return [part for word in _BREAKS.split(whole) for part in _HUMPS.split(word) if part]

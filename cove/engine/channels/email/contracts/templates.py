"""Texts with variables: ``{{ contact.name | 朋友 }}`` is a name and what stands there for whoever has none.

There is nothing else in the language: no loop, no condition, no attribute of an object, so a text can neither fail for one person among
thousands nor reach anything it was not given.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

UNSUBSCRIBE = "unsubscribe_url"
OWN = "data."
"""Before the names of values that whoever sends the mail gives along."""

KNOWN = frozenset(
    {
        "contact.name",
        "contact.company",
        "contact.position",
        "contact.email",
        "sender.name",
        "company.name",
        UNSUBSCRIBE,
    }
)

_SLOT = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?)\s*(?:\|([^{}]*))?\}\}")
_BRACES = re.compile(r"\{\{.{0,60}|\}\}", re.DOTALL)
_HREF = re.compile(r'(<a\s[^>]*?\bhref=")([^"]*)(")', re.IGNORECASE)


class BadText(ValueError):
    """A text that cannot be used; `part` is the piece it stumbles over."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value; `otherwise` stands there where the value is empty."""

    name: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A place for the signed address of a link."""

    link_id: int


Piece = str | Slot | Tracked
Pieces = tuple[Piece, ...]


def read_text(text: str, *, markup: bool = False) -> Pieces:
    """Return a text in pieces. Raises BadText for braces that are no variable, and for a variable that does not exist.

    `markup`: the text is HTML, in which a default is written with entities.
    """
    pieces: list[Piece] = []
    at = 0
    for match in _SLOT.finditer(text):
        pieces.append(_plain(text[at : match.start()]))
        name, otherwise = match[1], (match[2] or "").strip()
        if name not in KNOWN and not name.startswith(OWN):
            raise BadText(name)
        pieces.append(Slot(name, html.unescape(otherwise) if markup else otherwise))
        at = match.end()
    pieces.append(_plain(text[at:]))
    return tuple(piece for piece in pieces if piece != "")


def read_markup(markup: str, link_ids: Mapping[str, int]) -> Pieces:
    """Return HTML in pieces, with the links that are known by their address made tracked ones. Raises BadText."""
    pieces: list[Piece] = []
    at = 0
    for match in _HREF.finditer(markup):
        link_id = link_ids.get(html.unescape(match[2]))
        if link_id is not None:
            pieces += [*read_text(markup[at : match.end(1)], markup=True), Tracked(link_id)]
            at = match.end(2)
    return (*pieces, *read_text(markup[at:], markup=True))


def links_in(markup: str) -> list[str]:
    """Return the addresses to which links in HTML lead, each once, those without a variable in them."""
    found = (html.unescape(match[2]) for match in _HREF.finditer(markup))
    return list(dict.fromkeys(one for one in found if one.startswith(("http://", "https://")) and "{{" not in one))


def names_in(pieces: Sequence[Piece]) -> set[str]:
    """Return the names of the variables in a text."""
    return {piece.name for piece in pieces if isinstance(piece, Slot)}


def needed_in(pieces: Sequence[Piece]) -> set[str]:
    """Return the names that whoever sends the mail must give along: his own, where nothing else would stand there."""
    return {
        piece.name for piece in pieces if isinstance(piece, Slot) and piece.name.startswith(OWN) and not piece.otherwise
    }


def fill(
    pieces: Sequence[Piece],
    values: Mapping[str, str],
    *,
    link: Callable[[int], str] = str,
    write: Callable[[str], str] = str,
) -> str:
    """Return the text with values in their places. `write` makes a value fit the text (`html.escape`), `link` gives a link's address."""
    return "".join(_written(piece, values, link, write) for piece in pieces)


def _written(piece: Piece, values: Mapping[str, str], link: Callable[[int], str], write: Callable[[str], str]) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Tracked):
        return link(piece.link_id)
    return write(values.get(piece.name) or piece.otherwise)


def _plain(text: str) -> str:
    left = _BRACES.search(text)
    if left:
        raise BadText(left[0])
    return text

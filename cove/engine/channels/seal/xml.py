"""Callback XML as flat documents, read by expat, which is stopped at the first document type: without one there are no entities.

What the platforms write nearly always, one row of texts, is read by a pattern in half of expat's time. The pattern takes a subset of XML
that can mean one thing only and leaves everything else, faulty or not, to expat (docs/decisions/0087-quick-callbacks-and-mails.md).
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

DEEPEST = 32
"""Elements within elements; the platforms write four."""

# Letters that XML does not allow, and the end of line that a parser would change; looked for once in the whole text.
_STRANGE = bytes([*range(9), *range(0x0B, 0x20)])
_STRANGE_WIDE = re.compile("[\ufffe\uffff]")
# Nothing nested, and classes of one letter, which are passed at several times the speed of others.
_FIELD = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<]*))</\1>[ \t\n]*")
_OPEN = re.compile(r"<xml>[ \t\n]*")
_CLOSE = re.compile(r"</xml>[ \t\n]*")


class BadXml(ValueError):
    """Not XML as the platform writes it."""


def parse(text: bytes) -> dict[str, Any]:
    """Return the children of the root by name: text, or a document where there are children, or a list where a name repeats.

    Raises BadXml for what is malformed, nested absurdly deep, or declares a document type.
    """
    found = flat(text)
    return whole(text) if found is None else found


def text_of(document: dict[str, Any], name: str) -> str:
    """Return the text of the element `name`, empty if it is missing or no plain text."""
    value = document.get(name, "")
    return value if isinstance(value, str) else ""


def flat(text: bytes) -> dict[str, Any] | None:
    """Return a document of which every element holds text, or None for what has to be read with more care."""
    if len(text.translate(None, _STRANGE)) != len(text):
        return None
    try:
        said = text.decode()
    except UnicodeDecodeError:
        return None
    if not text.isascii() and _STRANGE_WIDE.search(said):
        return None
    begin = _OPEN.match(said)
    if begin is None:
        return None
    found: dict[str, Any] = {}
    at, field = begin.end(), _FIELD.match
    while one := field(said, at):
        name, marked, plain = one.groups()
        # A reference outside of what is marked, or what ends a mark, is for expat to judge.
        if name in found or (marked is None and ("&" in plain or "]" in plain)):
            return None
        found[name] = plain if marked is None else marked
        at = one.end()
    return found if found and _CLOSE.fullmatch(said, at) else None


def whole(text: bytes) -> dict[str, Any]:
    """Return any document, read by expat. Raises BadXml."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.said.append
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text, True)  # noqa: FBT003 -- expat takes no names
    # A name of an encoding that Python does not know is a LookupError, one that is no encoding of letters by one byte a ValueError.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BadXml(type(error).__name__) from error
    if not isinstance(reader.found, dict):
        raise BadXml("no elements")
    return reader.found


class _Reader:
    """What has been read so far: for each element that is open its children, and the text since the last tag."""

    def __init__(self) -> None:
        self.found: dict[str, Any] | str = ""
        self.said: list[str] = []
        self._open: list[dict[str, Any]] = []

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        """Begin an element; its text is what comes before its first child."""
        if len(self._open) == DEEPEST:
            raise BadXml("too deep")
        self._open.append({})
        self.said.clear()

    def end(self, name: str) -> None:
        """Put an element into the one around it."""
        value: dict[str, Any] | str = self._open.pop() or "".join(self.said)
        self.said.clear()
        if not self._open:
            self.found = value
            return
        siblings = self._open[-1]
        if name not in siblings:
            siblings[name] = value
        elif isinstance(siblings[name], list):
            siblings[name].append(value)
        else:
            siblings[name] = [siblings[name], value]


def _refuse(*_declared: object) -> None:
    raise BadXml("document type")

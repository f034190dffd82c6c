"""What the HTTP interface has to know about a statement before the engine parses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    rb"""
      (?P<blank>\s+ | --[^\n]* | \#[\s!][^\n]* | /\*.*?\*/)
    | (?P<text>'(?:[^'\\]|\\.|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    | (?P<name>`(?:[^`\\]|\\.|``)*` | "(?:[^"\\]|\\.|"")*")
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>.)
    """,
    re.DOTALL | re.VERBOSE,
)
AFTER_FORMAT = re.compile(rb"[ \t\f]*\r?\n?")
"""ClickHouse's rule: the data begin after blanks and at most one line end behind the format's name."""

ROWS_FROM_ELSEWHERE = {b"SELECT", b"WITH", b"VALUES", b"FROM", b"WATCH"}
PLACE_OF_A_TABLE = {b"INTO", b"TABLE", b"."}


@dataclass(frozen=True)
class Insert:
    """`INSERT INTO … FORMAT name` with rows behind it: the statement before FORMAT, and where rows begin."""

    statement: str
    format: str
    data_offset: int


def find_insert(text: bytes) -> Insert | None:
    """Tell whether a request is an INSERT with data in a format, and where these begin (offset in bytes).

    None for everything that the engine takes as one text, `INSERT … VALUES` and `INSERT … SELECT` included.
    """
    before = b""
    tokens = _outer_tokens(text)
    if _upper(next(tokens, None)) != b"INSERT":
        return None
    for token in tokens:
        upper = _upper(token)
        if before not in PLACE_OF_A_TABLE:
            if upper in ROWS_FROM_ELSEWHERE:
                return None
            if upper == b"FORMAT":
                return _insert_at(text, token, next(tokens, None))
        before = upper
    return None


def first_word(statement: bytes) -> str:
    """Give the word a statement begins with, in capitals; brackets around a query are passed over."""
    token = next((token for token in TOKEN.finditer(statement) if token.lastgroup == "word"), None)
    return "" if token is None else token.group().decode().upper()


def result_format(statement: bytes) -> str | None:
    """Give the format that a query names for its result (`… FORMAT JSON`), if it does."""
    words = [token for token in _outer_tokens(statement) if token.group() != b";"]
    for index in range(len(words) - 2, -1, -1):
        upper = _upper(words[index])
        if upper == b"FORMAT" and words[index + 1].lastgroup == "word":
            is_last = index + 2 == len(words) or _upper(words[index + 2]) == b"SETTINGS"
            return words[index + 1].group().decode() if is_last else None
    return None


def _outer_tokens(text: bytes) -> Iterator[re.Match[bytes]]:
    """Give the tokens outside of brackets, without blanks and comments."""
    depth = 0
    for token in TOKEN.finditer(text):
        sign = token.group() if token.lastgroup == "sign" else b""
        if sign in (b")", b"]", b"}"):
            depth -= 1
        elif depth == 0 and token.lastgroup != "blank":
            yield token
        if sign in (b"(", b"[", b"{"):
            depth += 1


def _insert_at(text: bytes, word: re.Match[bytes], name: re.Match[bytes] | None) -> Insert | None:
    if name is None or name.lastgroup != "word":
        return None
    behind = AFTER_FORMAT.match(text, name.end())
    offset = behind.end() if behind else name.end()
    return Insert(text[: word.start()].decode(), name.group().decode(), offset)


def _upper(token: re.Match[bytes] | None) -> bytes:
    return b"" if token is None else token.group().upper()

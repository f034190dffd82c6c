"""Text files: in which letters they are written, and how their columns are separated."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from charset_normalizer import from_bytes

from cove.kernel.uploads.check import Checked
from cove.kernel.uploads.errors import CellTooLong, Damaged

_SAMPLE = 64 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Chinese spreadsheets write GB18030 (or a part of it); the others are what foreign ones write.
_GUESSES = ("gb18030", "big5", "shift_jis", "cp1252")


def decoded(upload: Checked) -> str:
    """Return the text of a file, whichever usual encoding it has. Raises Damaged for bytes that are none."""
    for encoding in _encodings(upload.content):
        try:
            text = upload.content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text
    raise Damaged(name=upload.name)


def _encodings(content: bytes) -> Iterator[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            yield encoding
            return
    yield "utf-8"
    # Only what is not UTF-8 is guessed at; a sample cut inside a letter would look damaged, so it ends with a line.
    sample = content[:_SAMPLE]
    if len(content) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(sample, cp_isolation=list(_GUESSES)).best()
    if best is not None:
        yield best.encoding
    yield "gb18030"


def separated(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the lines of a CSV text with their numbers; commas, semicolons and tabs are told apart by the first line.

    Raises Damaged where a quotation mark is never closed, CellTooLong where a cell never ends.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        if "field larger" in str(error):
            raise CellTooLong(name=name, row=reader.line_num, limit=csv.field_size_limit()) from error
        raise Damaged(name=name) from error

"""Tables out of XLSX and CSV: every cell a text, nothing computed, nothing followed."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from cove.kernel.uploads.check import Checked
from cove.kernel.uploads.errors import CellTooLong, Damaged, TooManyColumns, TooManyRows, UploadEmpty
from cove.kernel.uploads.kinds import XLSX
from cove.kernel.uploads.texts import decoded, separated

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("defusedxml must be installed: openpyxl would read hostile XML without it")

LAST_SHEET_ROW = 1_048_576
_UNREADABLE = (
    *(zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError),
    *(ParseError, DefusedXmlException, InvalidFileException, RecursionError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How large a table may be: rows below the head, columns, and characters in a cell."""

    rows: int = 20_000
    columns: int = 60
    cell: int = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """The first sheet's head and its rows that are not empty, each with the number that its line has in the file."""

    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def table_of(upload: Checked, limits: TableLimits | None = None) -> Table:
    """Return the table of an XLSX (its first visible sheet) or CSV file; cells are trimmed texts, as they stand.

    A formula is a text like any other and is never computed. Raises Damaged, UploadEmpty, TooManyRows, TooManyColumns, CellTooLong.
    """
    bounds = limits or TableLimits()
    source = _sheet(upload, bounds) if upload.kind is XLSX else separated(upload.name, decoded(upload))
    head: tuple[str, ...] | None = None
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in source:
        row = tuple(_text(cell) for cell in cells)
        if not any(row):
            continue
        if any(len(cell) > bounds.cell for cell in row):
            raise CellTooLong(name=upload.name, row=number, limit=bounds.cell)
        if head is None:
            head = _head(upload.name, row, bounds)
        elif len(rows) == bounds.rows:
            raise TooManyRows(name=upload.name, limit=bounds.rows)
        else:
            rows.append((number, (*row, *("",) * (len(head) - len(row)))[: len(head)]))
    if head is None:
        raise UploadEmpty(name=upload.name)
    return Table(head, tuple(rows))


def _head(name: str, row: tuple[str, ...], bounds: TableLimits) -> tuple[str, ...]:
    width = max(place for place, cell in enumerate(row, 1) if cell)
    if width > bounds.columns:
        raise TooManyColumns(name=name, limit=bounds.columns)
    return row[:width]


def _sheet(upload: Checked, bounds: TableLimits) -> Iterator[tuple[int, Iterable[Any]]]:
    # The library warns of parts it does not know; whoever uploads can do nothing about them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(upload.content), read_only=True, data_only=False, keep_links=False)
            sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
            if sheet is None:
                raise UploadEmpty(name=upload.name)
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=bounds.columns + 1, values_only=True)
            for number, cells in enumerate(rows, 1):
                # A line may claim any number; the gaps before it are filled one by one.
                if number > LAST_SHEET_ROW:
                    raise Damaged(name=upload.name)
                if cells.count(None) < len(cells):
                    yield number, cells
        except _UNREADABLE as error:
            raise Damaged(name=upload.name) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 -- as far as floats are exact
        return str(int(cell))
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat(sep=" ") if isinstance(cell, dt.datetime) else cell.isoformat()
    # A formula over several cells comes as an object that holds its text.
    plain = str(getattr(cell, "text", cell))
    return plain.strip() if plain.isprintable() else "".join(letter for letter in plain if _keepable(letter)).strip()


def _keepable(letter: str) -> bool:
    return letter in "\t\n" or (letter >= " " and not "\x7f" <= letter <= "\x9f" and not "\ud800" <= letter <= "\udfff")

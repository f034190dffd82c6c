"""Tables as files: CSV and XLSX, row by row, so that a million rows take no more memory than one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any, Literal
from zoneinfo import ZoneInfo

import xlsxwriter

Cell = str | int | float | bool | date | datetime | None
TableFormat = Literal["csv", "xlsx"]

MEDIA_TYPES: dict[TableFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_ROWS = 1_048_576
"""Rows a sheet of XLSX holds (ECMA-376); what is more goes on the next sheet."""
CELL_LETTERS = 32_767
"""Characters a cell of XLSX holds."""

# Spreadsheets take a text that begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTH = 18


def write_table(
    out: IO[bytes],
    kind: TableFormat,
    *,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    timezone: str = "UTC",
    sheet: str = "Sheet",
) -> int:
    """Write a table into an open file and return how many rows it has; times are told in `timezone`.

    CSV is UTF-8 with a byte order mark, as spreadsheets want it. No text becomes a formula in either.
    """
    zone = ZoneInfo(timezone)
    if kind == "csv":
        return _csv(out, headings, rows, zone)
    return _xlsx(out, headings, rows, zone, sheet)


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before whatever looks like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Cell]], zone: ZoneInfo) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    writer, count = csv.writer(text), 0
    writer.writerow([safe_text(one) for one in headings])
    for row in rows:
        writer.writerow([_csv_cell(one, zone) for one in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _csv_cell(value: Cell, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        return f"{_local(value, zone):%Y-%m-%d %H:%M:%S}"
    return safe_text(value) if isinstance(value, str) else value


def _xlsx(out: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[Cell]], zone: ZoneInfo, name: str) -> int:
    # constant_memory: a row is on the disk when the next begins. Texts stay texts: no formulas, links or numbers are guessed.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True})
    times = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    count, line, page, number = 0, SHEET_ROWS, None, 0
    for row in rows:
        if line >= SHEET_ROWS:
            number += 1
            page, line = _sheet(book, name, number, headings, bold), 1
        _xlsx_row(page, line, row, zone, times, days)
        line, count = line + 1, count + 1
    if page is None:
        _sheet(book, name, 1, headings, bold)
    book.close()
    return count


def _sheet(book: Any, name: str, number: int, headings: Sequence[str], bold: Any) -> Any:
    page = book.add_worksheet(f"{name[:25]} {number}" if number > 1 else name[:31])
    page.freeze_panes(1, 0)
    page.set_column(0, max(0, len(headings) - 1), _WIDTH)
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading, bold)
    return page


def _xlsx_row(page: Any, line: int, row: Sequence[Cell], zone: ZoneInfo, times: Any, days: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, datetime):
            page.write_datetime(line, column, _local(value, zone).replace(tzinfo=None), times)
        elif isinstance(value, date):
            page.write_datetime(line, column, value, days)
        elif isinstance(value, str):
            page.write_string(line, column, value[:CELL_LETTERS])
        elif isinstance(value, bool):
            page.write_boolean(line, column, value)
        elif value is not None:
            page.write_number(line, column, value)


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(zone)

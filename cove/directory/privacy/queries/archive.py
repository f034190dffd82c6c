"""A person's data as an archive: one JSON file and some pages of HTML for each thing that is held, written piece by piece."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import IO, Any

from cove.kernel.actor import Actor
from cove.kernel.personal_data import Holder, Person, holders
from cove.kernel.words import Words, current_language

ROWS_A_PAGE = 2_000

_TITLE = Words("个人数据副本", "Copy of personal data")
_INTRO = Words(
    "以下是{company}保存的与您有关的个人信息。JSON 文件供程序读取，内容相同。",
    "This is what {company} holds of you. The JSON files hold the same for programs.",
)
_NOTHING = Words("没有记录", "Nothing")
_PAGE = Words("第 {number} 页", "Page {number}")
_RECORDS = Words("{count} 条", "{count} records")
_STYLE = (
    "body{font:15px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;margin:32px;color:#14262b}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #e4eaeb;padding:6px 10px;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}th{background:#f6f8f8}a{color:#0b6b75}"
)

Report = Callable[[int], None]


def write_archive(handle: IO[bytes], actor: Actor, person: Person, *, company: str, report: Report) -> None:
    """Write the archive into an open file. No more than a page of records is in memory at a time; `report` hears how many were written."""
    contents: list[tuple[Holder, int, int]] = []
    written = 0
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for holder in holders:
            count, pages = _write_holder(archive, actor, person, holder)
            contents.append((holder, count, pages))
            written += count
            report(written)
        archive.writestr("index.html", _index(contents, company))


def _write_holder(archive: zipfile.ZipFile, actor: Actor, person: Person, holder: Holder) -> tuple[int, int]:
    count = 0
    with archive.open(f"json/{holder.key}.json", "w", force_zip64=True) as file:
        file.write(b"[")
        for record in holder.collect(actor, person):
            file.write(b",\n" if count else b"\n")
            file.write(json.dumps(record, ensure_ascii=False, default=str).encode())
            count += 1
        file.write(b"\n]\n")
    # An archive takes one file after the other, so the pages are collected by asking once more.
    pages = 0
    for part in _parts(holder.collect(actor, person)):
        pages += 1
        archive.writestr(_page_name(holder, pages), _page(holder, part, pages))
    return count, pages


def _parts(records: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for record in records:
        part.append(record)
        if len(part) == ROWS_A_PAGE:
            yield part
            part = []
    if part:
        yield part


def _page_name(holder: Holder, number: int) -> str:
    return f"pages/{holder.key}-{number:04d}.html"


def _page(holder: Holder, records: list[dict[str, Any]], number: int) -> str:
    columns = holder.columns or {name: Words(name, name) for name in records[0]}
    heads = "".join(f"<th>{escape(words.here())}</th>" for words in columns.values())
    lines = "".join(
        f"<tr>{''.join(f'<td>{_shown(record.get(name))}</td>' for name in columns)}</tr>\n" for record in records
    )
    title = f"{holder.label.here()} · {_PAGE.here({'number': number})}"
    return _document(title, f"<table><thead><tr>{heads}</tr></thead><tbody>\n{lines}</tbody></table>")


def _index(contents: list[tuple[Holder, int, int]], company: str) -> str:
    entries = "".join(_entry(holder, count, pages) for holder, count, pages in contents)
    intro = escape(_INTRO.here({"company": company}))
    return _document(_TITLE.here(), f"<p>{intro}</p><ul>{entries}</ul>")


def _entry(holder: Holder, count: int, pages: int) -> str:
    links = " ".join(
        f'<a href="{_page_name(holder, number)}">{escape(_PAGE.here({"number": number}))}</a>'
        for number in range(1, pages + 1)
    )
    said = _RECORDS.here({"count": count}) if count else _NOTHING.here()
    return f"<li><b>{escape(holder.label.here())}</b> {escape(said)} {links}</li>"


def _document(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{current_language()}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>{body}</body></html>"
    )


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "<br>".join(
            f"{escape(str(key))}: {escape(str(one))}" for key, one in value.items() if one not in ("", None)
        )
    return escape(str(value))

"""Console: members from a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Status, UploadedFile

from cove.directory.org import queries
from cove.directory.org.commands.import_rows import HEADS
from cove.directory.org.commands.imports import check_members_file, confirm_import
from cove.directory.org.errors import ImportFaulty, ImportHeadUnknown, ImportOver
from cove.directory.org.models import MemberImport
from cove.directory.org.permissions import MANAGE_MEMBERS
from cove.directory.org.schemas.imports import FaultAnswer, ImportAnswer, ImportConfirmed, ImportCounts, LineAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.uploads import Uploaded
from cove.kernel.uploads.errors import TABLE_REFUSALS
from cove.kernel.words import Words

console = Router(tags=["members"])

SHOWN_LINES = 200
_ROW, _FAULTS = Words("行", "Row"), Words("错误与处理方法", "What is wrong, and what to do")


@console.get("/members/imports/template", response={200: None, **refusals(Forbidden)}, **needs(MANAGE_MEMBERS))
def download_template(request: HttpRequest) -> HttpResponse:
    """Download the empty list, as CSV that spreadsheets open; its first line is what an import looks for."""
    return _download("members.csv", [[words.here() for words in HEADS.values()]])


@console.post(
    "/members/imports",
    response={201: ImportAnswer, **refusals(Forbidden, ImportHeadUnknown, *TABLE_REFUSALS)},
    **needs(MANAGE_MEMBERS),
)
def upload_list(
    request: HttpRequest, file: File[UploadedFile], *, create_departments: Form[bool] = True
) -> Status[ImportAnswer]:
    """Check a list of members; nothing is changed before it is confirmed."""
    made = check_members_file(actor(request), upload=cast("Uploaded", file), create_departments=create_departments)
    return Status(201, _answer(made))


@console.get(
    "/members/imports/{import_id}",
    response={200: ImportAnswer, **refusals(Forbidden, NotFound, ImportOver)},
    **needs(MANAGE_MEMBERS),
)
def read_import(request: HttpRequest, import_id: int) -> ImportAnswer:
    """Show a checked list again, or how its import went."""
    return _answer(queries.imports.member_import(actor(request), import_id))


@console.post(
    "/members/imports/{import_id}/confirm",
    response={200: ImportAnswer, **refusals(Forbidden, NotFound, ImportOver, ImportFaulty)},
    **needs(MANAGE_MEMBERS),
)
def confirm(request: HttpRequest, import_id: int, payload: ImportConfirmed) -> ImportAnswer:
    """Have a checked list written, as a job."""
    return _answer(confirm_import(actor(request), import_id=import_id, skip_faulty=payload.skip_faulty))


@console.get(
    "/members/imports/{import_id}/faults",
    response={200: None, **refusals(Forbidden, NotFound, ImportOver)},
    **needs(MANAGE_MEMBERS),
)
def download_faults(request: HttpRequest, import_id: int) -> HttpResponse:
    """Download the lines that have faults, with what is wrong: mended, they can be uploaded as they are."""
    row = queries.imports.member_import(actor(request), import_id)
    lines = [_line(document) for document in row.rows if document["faults"]]
    head = [*(words.here() for words in HEADS.values()), _ROW.here(), _FAULTS.here()]
    body = [
        [
            *(one.name, one.email, one.phone, one.job_title, "; ".join(one.departments), one.userid, str(one.row)),
            " / ".join(f"{HEADS[fault.column].here()}: {fault.message}" for fault in one.faults),
        ]
        for one in lines
    ]
    return _download("faults.csv", [head, *body])


def _answer(row: MemberImport) -> ImportAnswer:
    first = sorted(row.rows, key=lambda line: (not line["faults"], line["row"]))[:SHOWN_LINES]
    counts = {key: value for key, value in row.counts.items() if key != "departments"}
    return ImportAnswer(
        id=row.id,
        file_name=row.file_name,
        state=row.state,  # type: ignore[arg-type]  # the state of a row is one of these
        counts=ImportCounts(**counts),
        new_departments=row.counts["departments"],
        lines=[_line(document) for document in first],
        job_id=row.job_id,
        expires_at=row.expires_at,
    )


def _line(document: dict[str, object]) -> LineAnswer:
    known = cast("dict[str, list[list[str]]]", document)
    faults = cast("list[dict[str, str]]", document["faults"])
    return LineAnswer.model_validate(
        document
        | {
            "departments": ["/".join(path) for path in known["departments"]],
            "faults": [
                FaultAnswer(column=one["column"], message=Words(one["zh"], one["en"]).plain()) for one in faults
            ],
        }
    )


def _download(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    target = io.StringIO()
    csv.writer(target).writerows([[_harmless(cell) for cell in row] for row in rows])
    # Without the mark at its beginning, spreadsheets take UTF-8 for something else.
    answer = HttpResponse(target.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _harmless(cell: str) -> str:
    # A spreadsheet would compute what begins like a formula.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell

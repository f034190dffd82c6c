"""Console: the tracking plan as a table, out and in."""

from __future__ import annotations

import io
from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, UploadedFile

from cove.engine.tracking.commands.plan_table import import_plan
from cove.engine.tracking.errors import (
    EventChanged,
    EventNameTaken,
    EventPublished,
    PlanFull,
    PlanHeadUnknown,
    PlanTableFaulty,
)
from cove.engine.tracking.permissions import MANAGE_PLAN, SEE_PLAN
from cove.engine.tracking.queries.plan import as_published, planned_events
from cove.engine.tracking.queries.plan_table import HEADS, table_rows
from cove.engine.tracking.schemas.plan import PlanTableAnswer, PlanTableFaultAnswer
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.files.tables import MEDIA_TYPES, write_table
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.uploads import Uploaded
from cove.kernel.uploads.errors import TABLE_REFUSALS

console = Router(tags=["tracking plan"])

FAULTS_SHOWN = 200


@console.get("/tracking/plan/table", response={200: None, **refusals(Forbidden)}, **needs(SEE_PLAN))
def download_plan(request: HttpRequest) -> HttpResponse:
    """Download the plan being written as CSV that spreadsheets open: one line for each property. It can be imported again."""
    rows = table_rows(as_published(row) for row in planned_events(actor(request)))
    out = io.BytesIO()
    write_table(out, "csv", headings=[words.here() for words in HEADS.values()], rows=rows)
    answer = HttpResponse(out.getvalue(), content_type=MEDIA_TYPES["csv"])
    answer.headers["Content-Disposition"] = 'attachment; filename="tracking-plan.csv"'
    return answer


@console.post(
    "/tracking/plan/table",
    response={
        200: PlanTableAnswer,
        **refusals(
            *(Forbidden, NotFound, InvalidInput, PlanHeadUnknown, PlanTableFaulty, PlanFull),
            *(EventNameTaken, EventChanged, EventPublished, *TABLE_REFUSALS),
        ),
    },
    **needs(MANAGE_PLAN),
)
def upload_plan(request: HttpRequest, file: File[UploadedFile], *, write: Form[bool] = False) -> PlanTableAnswer:
    """Read a table of planned events (CSV or XLSX) and say what it would change; with `write` it is written, all or nothing."""
    found = import_plan(actor(request), upload=cast("Uploaded", file), write=write)
    faults = [
        PlanTableFaultAnswer(row=one.row, column=HEADS[one.column].here(), message=one.words.here())
        for one in found.faults[:FAULTS_SHOWN]
    ]
    return PlanTableAnswer(written=write, added=found.added, changed=found.changed, same=found.same, faults=faults)

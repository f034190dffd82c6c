"""Console: making, changing and reading live codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from cove.business.live_codes import queries
from cove.business.live_codes.api.answers import code_answer, report_answer, short_url
from cove.business.live_codes.commands.codes import change_code, create_code, delete_code, restore_code
from cove.business.live_codes.errors import NameTaken, UnknownMember, UnknownTag, WelcomeTooLong
from cove.business.live_codes.models import LiveCode
from cove.business.live_codes.permissions import CHANGE_CODE, CREATE_CODE, DELETE_CODE, SEE_CODES
from cove.business.live_codes.schemas import LiveCodeAnswer, LiveCodeChange, MemberShare, NewLiveCode, ReportAnswer
from cove.directory.org import facade as org
from cove.engine.channels.wecom import facade as wecom
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.qr import picture, png_of, svg_of
from cove.kernel.http.times import Day
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.reachable import doable
from cove.kernel.words import Words

console = Router(tags=["live codes"])

REPORT_DAYS = 30
DEEDS = (CHANGE_CODE, DELETE_CODE)


@console.get("/live-codes", response={200: Page[LiveCodeAnswer], **refusals(Forbidden)}, **needs(SEE_CODES))
def list_live_codes(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    state: Literal["active", "deleted"] = "active",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[LiveCodeAnswer]:
    """List codes, newest first, each with its figures."""
    who = actor(request)
    rows = queries.codes.codes(who, search=search.strip(), deleted=state == "deleted")
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    counted = queries.codes.figures(who, [row.id for row in found])
    may = doable(who, LiveCode, [row.id for row in found], DEEDS)
    carried = wecom.attachments_shown(who, [row.welcome_attachments for row in found])
    items = [code_answer(row, counted[row.id], may[row.id], parts) for row, parts in zip(found, carried, strict=True)]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/live-codes",
    response={
        201: LiveCodeAnswer,
        **refusals(Forbidden, NameTaken, UnknownMember, UnknownTag, WelcomeTooLong, InvalidInput),
    },
    **needs(CREATE_CODE),
)
def add_live_code(request: HttpRequest, payload: NewLiveCode) -> Status[LiveCodeAnswer]:
    """Make a code; its link may be scanned at once."""
    who = actor(request)
    made = create_code(
        who,
        name=payload.name,
        members=_shares(payload.members),
        tag_ids=payload.tag_ids,
        welcome_text=payload.welcome_text,
        welcome_attachments=payload.welcome_attachments,
        utm=payload.utm.model_dump(),
    )
    return Status(201, _answer(who, made.id))


@console.get(
    "/live-codes/{code_id}", response={200: LiveCodeAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_CODES)
)
def read_live_code(request: HttpRequest, code_id: int) -> LiveCodeAnswer:
    """Read one code, deleted or not."""
    return _answer(actor(request), code_id)


@console.patch(
    "/live-codes/{code_id}",
    response={
        200: LiveCodeAnswer,
        **refusals(Forbidden, NotFound, NameTaken, UnknownMember, UnknownTag, WelcomeTooLong, InvalidInput),
    },
    **needs(CHANGE_CODE),
)
def edit_live_code(request: HttpRequest, code_id: int, payload: LiveCodeChange) -> LiveCodeAnswer:
    """Change a code; what is left out stays. Printed codes follow within a moment."""
    who = actor(request)
    change_code(
        who,
        code_id=code_id,
        name=payload.name,
        members=_shares(payload.members) if payload.members is not None else None,
        tag_ids=payload.tag_ids,
        welcome_text=payload.welcome_text,
        welcome_attachments=payload.welcome_attachments,
        utm=payload.utm.model_dump() if payload.utm is not None else None,
    )
    return _answer(who, code_id)


@console.delete(
    "/live-codes/{code_id}", response={200: LiveCodeAnswer, **refusals(Forbidden, NotFound)}, **needs(DELETE_CODE)
)
def remove_live_code(request: HttpRequest, code_id: int) -> LiveCodeAnswer:
    """Put a code into the recycle bin: whoever scans it sees a friendly page, its figures stay."""
    who = actor(request)
    delete_code(who, code_id=code_id)
    return _answer(who, code_id)


@console.post(
    "/live-codes/{code_id}/restore",
    response={200: LiveCodeAnswer, **refusals(Forbidden, NotFound, NameTaken)},
    **needs(DELETE_CODE),
)
def bring_back_live_code(request: HttpRequest, code_id: int) -> LiveCodeAnswer:
    """Take a code out of the recycle bin."""
    who = actor(request)
    restore_code(who, code_id=code_id)
    return _answer(who, code_id)


@console.get("/live-codes/{code_id}/qr.png", response={200: bytes, **refusals(Forbidden, NotFound)}, **needs(SEE_CODES))
def read_png(request: HttpRequest, code_id: int, size: Annotated[int, Query(ge=128, le=2048)] = 512) -> HttpResponse:
    """Give the code's QR picture as PNG, at most `size` pixels wide and never blurred."""
    found = queries.codes.code(actor(request), code_id)
    return picture(png_of(short_url(found), size), "image/png", f"{found.slug}.png")


@console.get("/live-codes/{code_id}/qr.svg", response={200: bytes, **refusals(Forbidden, NotFound)}, **needs(SEE_CODES))
def read_svg(request: HttpRequest, code_id: int) -> HttpResponse:
    """Give the code's QR picture as SVG, for print of any size."""
    found = queries.codes.code(actor(request), code_id)
    return picture(svg_of(short_url(found)), "image/svg+xml", f"{found.slug}.svg")


@console.get(
    "/live-codes/{code_id}/report",
    response={200: ReportAnswer, **refusals(Forbidden, NotFound)},
    by_alias=True,
    **needs(SEE_CODES),
)
def read_report(
    request: HttpRequest,
    code_id: int,
    begin: Annotated[Day | None, Query(alias="from")] = None,
    to: Day | None = None,
) -> ReportAnswer:
    """Give a code's figures by day and by member, beside those of the days before; by default the last 30 days."""
    who = actor(request)
    end = to or clock.now().astimezone(ZoneInfo(org.tenant(who).timezone)).date()
    start = begin or end - timedelta(days=REPORT_DAYS - 1)
    return report_answer(queries.report.report(who, code_id=code_id, begin=start, end=end))


def _answer(who: Actor, code_id: int) -> LiveCodeAnswer:
    may = doable(who, LiveCode, [code_id], DEEDS)[code_id]
    row = queries.codes.code(who, code_id)
    [parts] = wecom.attachments_shown(who, [row.welcome_attachments])
    return code_answer(row, queries.codes.figures(who, [code_id])[code_id], may, parts)


def _shares(members: Sequence[MemberShare]) -> dict[int, int]:
    shares = {one.member_id: one.weight for one in members}
    if len(shares) < len(members):
        words = Words("同一员工只能添加一次", "A member can be added once only")
        raise InvalidInput(fields={"members": words})
    return shares

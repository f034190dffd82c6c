"""Console: what became of a link, its pictures, and the link as it is sent to one contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from cove.directory.org import facade as org
from cove.engine.content.links import queries
from cove.engine.content.links.api.answers import recipient_answer, report_answer
from cove.engine.content.links.permissions import SEE_LINKS
from cove.engine.content.links.schemas import LinkRecipientAnswer, LinkReportAnswer, PersonalLinkAnswer
from cove.kernel import clock
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.qr import picture, png_of, svg_of
from cove.kernel.http.times import Day
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router()

REPORT_DAYS = 30


@console.get("/links/{link_id}/qr.png", response={200: bytes, **refusals(Forbidden, NotFound)}, **needs(SEE_LINKS))
def read_link_png(
    request: HttpRequest, link_id: int, size: Annotated[int, Query(ge=128, le=2048)] = 512
) -> HttpResponse:
    """Give the link's QR picture as PNG, at most `size` pixels wide and never blurred."""
    found = queries.links.link(actor(request), link_id)
    return picture(png_of(queries.links.short_url(found), size), "image/png", f"{found.slug}.png")


@console.get("/links/{link_id}/qr.svg", response={200: bytes, **refusals(Forbidden, NotFound)}, **needs(SEE_LINKS))
def read_link_svg(request: HttpRequest, link_id: int) -> HttpResponse:
    """Give the link's QR picture as SVG, for print of any size."""
    found = queries.links.link(actor(request), link_id)
    return picture(svg_of(queries.links.short_url(found)), "image/svg+xml", f"{found.slug}.svg")


@console.get(
    "/links/{link_id}/report",
    response={200: LinkReportAnswer, **refusals(Forbidden, NotFound)},
    by_alias=True,
    **needs(SEE_LINKS),
)
def read_link_report(
    request: HttpRequest,
    link_id: int,
    begin: Annotated[Day | None, Query(alias="from")] = None,
    to: Day | None = None,
) -> LinkReportAnswer:
    """Give a link's figures by day, beside those of the days before; by default the last 30 days."""
    who = actor(request)
    end = to or clock.now().astimezone(ZoneInfo(org.tenant(who).timezone)).date()
    start = begin or end - timedelta(days=REPORT_DAYS - 1)
    return report_answer(queries.report.report(who, link_id=link_id, begin=start, end=end))


@console.get(
    "/links/{link_id}/recipients",
    response={200: Page[LinkRecipientAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_LINKS),
)
def list_link_recipients(
    request: HttpRequest, link_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[LinkRecipientAnswer]:
    """List the contacts within one's reach who followed the link that was sent to them, latest first."""
    rows = queries.recipients.recipients(actor(request), link_id)
    found, following = slice_after(rows, sort="-last_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    items = [recipient_answer(row) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/links/{link_id}/personal/{contact_id}",
    response={200: PersonalLinkAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_LINKS),
)
def read_personal_link(request: HttpRequest, link_id: int, contact_id: int) -> PersonalLinkAnswer:
    """Give the link as it is sent to one contact: it knows him when it is followed."""
    return PersonalLinkAnswer(url=queries.recipients.personal_link(actor(request), link_id, contact_id))

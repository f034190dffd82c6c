"""Rows of links as the console sees them."""

from __future__ import annotations

from cove.engine.content.links.contracts import location_of
from cove.engine.content.links.models import Link, Recipient
from cove.engine.content.links.queries.links import Figures, short_url
from cove.engine.content.links.queries.report import METRICS, Report, Totals
from cove.engine.content.links.schemas import (
    LinkAnswer,
    LinkDayAnswer,
    LinkFiguresAnswer,
    LinkMetricAnswer,
    LinkRecipientAnswer,
    LinkReportAnswer,
    LinkTotalsAnswer,
    LinkUtm,
)
from cove.kernel import clock
from cove.kernel.http.shapes import NamedId


def link_answer(row: Link, figures: Figures, may: list[str]) -> LinkAnswer:
    """Return a link as list and detail show it."""
    return LinkAnswer(
        id=row.id,
        name=row.name,
        slug=row.slug,
        short_url=short_url(row),
        target=row.target,
        location=location_of(row.target, row.utm),
        utm=LinkUtm(**row.utm),
        expires_at=row.expires_at,
        expired=row.expires_at is not None and row.expires_at <= clock.now(),
        off=row.off,
        created_at=row.created_at,
        created_by=NamedId(id=row.created_by.id, name=row.created_by.name) if row.created_by else None,
        deleted_at=row.deleted_at,
        figures=LinkFiguresAnswer(clicks=figures.clicks, suspicious=figures.suspicious, recipients=figures.recipients),
        may=may,
    )


def recipient_answer(row: Recipient) -> LinkRecipientAnswer:
    """Return a recipient; his contact must be there."""
    return LinkRecipientAnswer(
        contact=NamedId(id=row.contact_id, name=row.contact.name),
        clicks=row.clicks,
        browsers=len(row.visitors),
        first_at=row.first_at,
        last_at=row.last_at,
    )


def report_answer(found: Report) -> LinkReportAnswer:
    """Return a report as the console shows it, each metric with its definition."""
    return LinkReportAnswer.model_validate(
        {
            "from": found.begin,
            "to": found.end,
            "totals": _totals(found.totals),
            "previous": _totals(found.previous),
            "days": [
                LinkDayAnswer(day=one.day, clicks=one.clicks, visitors=one.visitors, suspicious=one.suspicious)
                for one in found.days
            ],
            "metrics": [
                LinkMetricAnswer(key=key, label=label.here(), definition=definition.here())
                for key, (label, definition) in METRICS.items()
            ],
        }
    )


def _totals(totals: Totals) -> LinkTotalsAnswer:
    return LinkTotalsAnswer(
        clicks=totals.clicks,
        visitors=totals.visitors,
        recipients=totals.recipients,
        suspicious=totals.suspicious,
    )

"""Rows of live codes as the console sees them."""

from __future__ import annotations

from django.conf import settings

from cove.business.live_codes.models import LiveCode
from cove.business.live_codes.queries.codes import Figures
from cove.business.live_codes.queries.report import METRICS, Report, Totals
from cove.business.live_codes.schemas import (
    CodeDayAnswer,
    CodeMemberAnswer,
    FiguresAnswer,
    LiveCodeAnswer,
    MemberFiguresAnswer,
    MetricAnswer,
    ReportAnswer,
    TotalsAnswer,
    Utm,
)
from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.facts.delivery import REASONS
from cove.kernel.http.shapes import NamedId
from cove.kernel.words import Words

_ANY_TROUBLE = Words("企业微信未能生成二维码", "WeCom could not make the contact way")


def short_url(row: LiveCode) -> str:
    """Return the link that the code's picture holds."""
    return f"{settings.PUBLIC_URL}/c/{row.slug}"


def code_answer(row: LiveCode, figures: Figures, may: list[str], attachments: list[ShownAttachment]) -> LiveCodeAnswer:
    """Return a code as list and detail show it; members, tags and standing ways must be prefetched."""
    return LiveCodeAnswer(
        id=row.id,
        name=row.name,
        slug=row.slug,
        short_url=short_url(row),
        members=_members(row),
        tags=[NamedId(id=one.tag_id, name=one.tag.name) for one in row.tags.all()],
        welcome_text=row.welcome_text,
        welcome_attachments=attachments,
        utm=Utm(
            source=row.utm_source,
            medium=row.utm_medium,
            campaign=row.utm_campaign,
            content=row.utm_content,
            term=row.utm_term,
        ),
        created_at=row.created_at,
        created_by=NamedId(id=row.created_by.id, name=row.created_by.name) if row.created_by else None,
        deleted_at=row.deleted_at,
        figures=FiguresAnswer(scans=figures.scans, adds=figures.adds, losses=figures.losses),
        may=may,
    )


def report_answer(found: Report) -> ReportAnswer:
    """Return a report as the console shows it, each metric with its definition."""
    return ReportAnswer.model_validate(
        {
            "from": found.begin,
            "to": found.end,
            "totals": _totals(found.totals),
            "previous": _totals(found.previous),
            "days": [
                CodeDayAnswer(day=one.day, scans=one.scans, visitors=one.visitors, adds=one.adds, losses=one.losses)
                for one in found.days
            ],
            "members": [
                MemberFiguresAnswer(
                    member=NamedId(id=one.member_id, name=one.name),
                    shown=one.shown,
                    adds=one.adds,
                    losses=one.losses,
                )
                for one in found.members
            ],
            "metrics": [
                MetricAnswer(key=key, label=label.here(), definition=definition.here())
                for key, (label, definition) in METRICS.items()
            ],
        }
    )


def _members(row: LiveCode) -> list[CodeMemberAnswer]:
    ways = {way.member_id: way for way in row.ways.all()}
    found = []
    for one in row.members.all():
        way = ways.get(one.member_id)
        failure = way.failure if way else ""
        found.append(
            CodeMemberAnswer(
                id=one.member_id,
                name=one.member.name,
                weight=one.weight,
                ready=bool(way and way.qr_url),
                trouble=REASONS.get(failure, _ANY_TROUBLE).here() if failure else None,
            )
        )
    return found


def _totals(totals: Totals) -> TotalsAnswer:
    return TotalsAnswer(
        scans=totals.scans, visitors=totals.visitors, adds=totals.adds, losses=totals.losses, net=totals.net
    )

"""Console: search over everything, and briefs for the next person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from cove.cockpit.workbench import queries
from cove.cockpit.workbench.contracts import Brief, Given
from cove.cockpit.workbench.schemas import (
    BriefAnswer,
    BriefFrame,
    FactLine,
    GivenAnswer,
    KindCount,
    SearchAnswer,
    TransferBriefAnswer,
)
from cove.engine.timeline.contracts import ToldFact
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import signed_in
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["workbench"])


@console.get("/search", response={200: SearchAnswer, **refusals()}, **signed_in(keys=True))
def search(request: HttpRequest, q: Annotated[str, Query(max_length=100)] = "") -> SearchAnswer:
    """Find contacts, codes and whatever else has a name."""
    return SearchAnswer(groups=queries.search(actor(request), q))


@console.get("/handed-to-me", response={200: Page[GivenAnswer], **refusals(Forbidden)}, **signed_in())
def list_handed_to_me(request: HttpRequest, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[GivenAnswer]:
    """List the contacts that were handed to oneself, the last first."""
    who = actor(request)
    rows = queries.briefs.received(who)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    items = [GivenAnswer(**_given(one)) for one in queries.briefs.given(who, found)]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get("/contacts/{contact_id}/brief", response={200: BriefFrame, **refusals(Forbidden, NotFound)}, **signed_in())
def read_brief(request: HttpRequest, contact_id: int) -> BriefFrame:
    """Read what the next person should know of a contact who was handed over."""
    found = queries.briefs.brief(actor(request), contact_id)
    return BriefFrame(brief=_brief(found) if found else None)


@console.get(
    "/hand-overs/{change_set_id}/brief",
    response={200: TransferBriefAnswer, **refusals(Forbidden, NotFound)},
    **signed_in(),
)
def read_transfer_brief(request: HttpRequest, change_set_id: int) -> TransferBriefAnswer:
    """Read the summary of a transfer, for whoever may see it and for those who were given something."""
    found = queries.briefs.transfer_brief(actor(request), change_set_id)
    return TransferBriefAnswer(
        from_name=found.from_name,
        to_names=found.to_names,
        at=found.at,
        why=found.why,
        counts=[KindCount(label=label, count=count) for label, count in found.counts],
        waiting=found.waiting,
        top=[_brief(one) for one in found.top],
    )


def _given(one: Given) -> dict[str, Any]:
    card = one.card
    return {
        "id": one.id,
        "change_set_id": one.change_set_id,
        "contact": NamedId(id=card.id, name=card.name),
        "company_name": card.company_name,
        "position": card.position,
        "source": card.source,
        "source_detail": card.source_detail,
        "since": card.created_at,
        "last_seen_at": card.last_seen_at,
        "tags": list(card.tags),
        "earlier_owners": list(card.earlier),
        "lost": card.lost,
        "from_name": one.from_name,
        "to_name": one.to_name,
        "at": one.at,
        "why": one.why,
    }


def _brief(one: Brief) -> BriefAnswer:
    return BriefAnswer(
        **_given(one.given), facts=_lines(one.facts), notes=_lines(one.notes), open_matters=one.open_matters
    )


def _lines(facts: Sequence[ToldFact]) -> list[FactLine]:
    return [FactLine(at=one.at, label=one.label, caption=one.caption) for one in facts]

"""Console: making and changing links."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.engine.content.links import queries
from cove.engine.content.links.api.answers import link_answer
from cove.engine.content.links.commands.links import (
    change_link,
    create_link,
    delete_link,
    restore_link,
    set_expiry,
)
from cove.engine.content.links.errors import BadTarget, ExpiresInThePast, LeadsToItself, NameTaken
from cove.engine.content.links.models import Link
from cove.engine.content.links.permissions import CHANGE_LINK, CREATE_LINK, DELETE_LINK, SEE_LINKS
from cove.engine.content.links.queries.links import State
from cove.engine.content.links.schemas import LinkAnswer, LinkChange, NewLink
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.reachable import doable

console = Router()

DEEDS = (CHANGE_LINK, DELETE_LINK)


@console.get("/links", response={200: Page[LinkAnswer], **refusals(Forbidden)}, **needs(SEE_LINKS))
def list_links(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    state: State = "active",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[LinkAnswer]:
    """List links, newest first, each with its figures: those that lead somewhere, those that are closed, or those deleted."""
    who = actor(request)
    rows = queries.links.links(who, search=search.strip(), state=state)
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    counted = queries.links.figures(who, [row.id for row in found])
    may = doable(who, Link, [row.id for row in found], DEEDS)
    items = [link_answer(row, counted[row.id], may[row.id]) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/links",
    response={201: LinkAnswer, **refusals(Forbidden, NameTaken, BadTarget, LeadsToItself, ExpiresInThePast)},
    **needs(CREATE_LINK),
)
def add_link(request: HttpRequest, payload: NewLink) -> Status[LinkAnswer]:
    """Make a link; it may be followed at once."""
    who = actor(request)
    made = create_link(
        who,
        name=payload.name,
        target=payload.target,
        utm=payload.utm.model_dump(),
        expires_at=payload.expires_at,
    )
    return Status(201, _answer(who, made.id))


@console.get("/links/{link_id}", response={200: LinkAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_LINKS))
def read_link(request: HttpRequest, link_id: int) -> LinkAnswer:
    """Read one link, deleted or not."""
    return _answer(actor(request), link_id)


@console.patch(
    "/links/{link_id}",
    response={
        200: LinkAnswer,
        **refusals(Forbidden, NotFound, NameTaken, BadTarget, LeadsToItself, ExpiresInThePast),
    },
    **needs(CHANGE_LINK),
)
def edit_link(request: HttpRequest, link_id: int, payload: LinkChange) -> LinkAnswer:
    """Change a link; what is left out stays. Links that were printed and sent follow within a moment."""
    who = actor(request)
    change_link(
        who,
        link_id=link_id,
        name=payload.name,
        target=payload.target,
        utm=payload.utm.model_dump() if payload.utm is not None else None,
        off=payload.off,
    )
    if "expires_at" in payload.model_fields_set:
        set_expiry(who, link_id=link_id, expires_at=payload.expires_at)
    return _answer(who, link_id)


@console.delete("/links/{link_id}", response={200: LinkAnswer, **refusals(Forbidden, NotFound)}, **needs(DELETE_LINK))
def remove_link(request: HttpRequest, link_id: int) -> LinkAnswer:
    """Put a link into the recycle bin: whoever follows it sees a friendly page, its figures stay."""
    who = actor(request)
    delete_link(who, link_id=link_id)
    return _answer(who, link_id)


@console.post(
    "/links/{link_id}/restore",
    response={200: LinkAnswer, **refusals(Forbidden, NotFound, NameTaken)},
    **needs(DELETE_LINK),
)
def bring_back_link(request: HttpRequest, link_id: int) -> LinkAnswer:
    """Take a link out of the recycle bin; it leads where it led."""
    who = actor(request)
    restore_link(who, link_id=link_id)
    return _answer(who, link_id)


def _answer(who: Actor, link_id: int) -> LinkAnswer:
    may = doable(who, Link, [link_id], DEEDS)[link_id]
    return link_answer(queries.links.link(who, link_id), queries.links.figures(who, [link_id])[link_id], may)

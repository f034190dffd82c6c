"""Console: sources of behaviour."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from cove.engine.tracking import queries
from cove.engine.tracking.commands import create_source, delete_source
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.engine.tracking.schemas import NewSource, TrackingSourceAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor

console = Router(tags=["tracking"])


@console.get("/tracking/sources", response={200: dict[str, list[TrackingSourceAnswer]], **refusals(Forbidden)})
def list_sources(request: HttpRequest) -> dict[str, list[TrackingSourceAnswer]]:
    """List sources, newest first."""
    return {"items": [_answer(row) for row in queries.sources(actor(request))]}


@console.post(
    "/tracking/sources", response={201: TrackingSourceAnswer, **refusals(Forbidden, SourceNameTaken, BadOrigin)}
)
def add_source(request: HttpRequest, payload: NewSource) -> tuple[int, TrackingSourceAnswer]:
    """Make a source; its write key may be used at once."""
    made = create_source(actor(request), name=payload.name, allowed_origins=payload.allowed_origins)
    return 201, _answer(made)


@console.delete("/tracking/sources/{source_id}", response={204: None, **refusals(Forbidden, NotFound)})
def remove_source(request: HttpRequest, source_id: int) -> tuple[int, None]:
    """Take a source away; what it sent stays."""
    delete_source(actor(request), source_id=source_id)
    return 204, None


def _answer(row: Source) -> TrackingSourceAnswer:
    return TrackingSourceAnswer(
        id=row.id,
        name=row.name,
        write_key=row.write_key,
        allowed_origins=row.allowed_origins,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        snippet=f'<script async src="{settings.PUBLIC_URL}/collect/t.js" data-key="{row.write_key}"></script>',
    )

"""Console: sources of behaviour."""

from __future__ import annotations

import json
import uuid

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.tracking import queries
from cove.engine.tracking.commands.sources import create_source, delete_source
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.engine.tracking.permissions import MANAGE_SOURCES, SEE_SOURCES
from cove.engine.tracking.schemas.sources import NewSource, TrackingSourceAnswer, TrackingSourcesAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["tracking"])


@console.get("/tracking/sources", response={200: TrackingSourcesAnswer, **refusals(Forbidden)}, **needs(SEE_SOURCES))
def list_sources(request: HttpRequest) -> TrackingSourcesAnswer:
    """List sources, newest first."""
    return TrackingSourcesAnswer(items=[_answer(row) for row in queries.sources.sources(actor(request))])


@console.post(
    "/tracking/sources",
    response={201: TrackingSourceAnswer, **refusals(Forbidden, SourceNameTaken, BadOrigin)},
    **needs(MANAGE_SOURCES),
)
def add_source(request: HttpRequest, payload: NewSource) -> Status[TrackingSourceAnswer]:
    """Make a source; its write key may be used at once."""
    made = create_source(actor(request), name=payload.name, allowed_origins=payload.allowed_origins)
    return Status(201, _answer(made))


@console.delete(
    "/tracking/sources/{source_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MANAGE_SOURCES)
)
def remove_source(request: HttpRequest, source_id: int) -> Status[None]:
    """Take a source away; what it sent stays."""
    delete_source(actor(request), source_id=source_id)
    return Status(204, None)


def _answer(row: Source) -> TrackingSourceAnswer:
    return TrackingSourceAnswer(
        id=row.id,
        name=row.name,
        write_key=row.write_key,
        allowed_origins=row.allowed_origins,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        snippet=f'<script async src="{settings.PUBLIC_URL}/collect/cove.js" data-key="{row.write_key}"></script>',
        curl=_curl(row),
    )


def _curl(row: Source) -> str:
    page = {
        "write_key": row.write_key,
        "anonymous_id": str(uuid.uuid5(uuid.NAMESPACE_URL, row.write_key)),
        "url": "https://www.example.com/pricing?utm_source=baidu&utm_medium=cpc&utm_campaign=brand",
        "title": "Pricing",
    }
    return (
        f"curl -X POST {settings.PUBLIC_URL}/collect/page -H 'Content-Type: application/json' -d '{json.dumps(page)}'"
    )

"""Console: sources of behaviour."""

from __future__ import annotations

import json
import uuid
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.tracking import queries
from cove.engine.tracking.commands.sources import (
    change_source,
    create_source,
    delete_source,
    make_server_key,
    make_signing_secret,
)
from cove.engine.tracking.contracts import SourceKind
from cove.engine.tracking.errors import BadOrigin, SourceNameTaken
from cove.engine.tracking.models import Source
from cove.engine.tracking.permissions import MANAGE_SOURCES, SEE_SOURCES
from cove.engine.tracking.schemas.sources import (
    NewSource,
    SourceChange,
    SourceSecret,
    TrackingSourceAnswer,
    TrackingSourcesAnswer,
)
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
    made = create_source(actor(request), name=payload.name, kind=payload.kind, allowed_origins=payload.allowed_origins)
    return Status(201, _answer(made))


@console.put(
    "/tracking/sources/{source_id}",
    response={200: TrackingSourceAnswer, **refusals(Forbidden, NotFound, SourceNameTaken, BadOrigin)},
    **needs(MANAGE_SOURCES),
)
def edit_source(request: HttpRequest, source_id: int, payload: SourceChange) -> TrackingSourceAnswer:
    """Rename a source, and say anew which origins may send."""
    changed = change_source(
        actor(request), source_id=source_id, name=payload.name, allowed_origins=payload.allowed_origins
    )
    return _answer(changed)


@console.post(
    "/tracking/sources/{source_id}/server-key",
    response={201: SourceSecret, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_SOURCES),
)
def add_server_key(request: HttpRequest, source_id: int) -> Status[SourceSecret]:
    """Make a server key, in place of the one there was, which is refused from now on."""
    source, text = make_server_key(actor(request), source_id=source_id)
    return Status(201, SourceSecret(source=_answer(source), text=text))


@console.post(
    "/tracking/sources/{source_id}/signing-secret",
    response={201: SourceSecret, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_SOURCES),
)
def add_signing_secret(request: HttpRequest, source_id: int) -> Status[SourceSecret]:
    """Make a signing secret, in place of the one there was, whose signatures prove nothing from now on."""
    source, text = make_signing_secret(actor(request), source_id=source_id)
    return Status(201, SourceSecret(source=_answer(source), text=text))


@console.delete(
    "/tracking/sources/{source_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MANAGE_SOURCES)
)
def remove_source(request: HttpRequest, source_id: int) -> Status[None]:
    """Take a source away; what it sent stays."""
    delete_source(actor(request), source_id=source_id)
    return Status(204, None)


def _answer(row: Source) -> TrackingSourceAnswer:
    script = f'<script async src="{settings.PUBLIC_URL}/collect/cove.js" data-key="{row.write_key}"></script>'
    return TrackingSourceAnswer(
        id=row.id,
        name=row.name,
        kind=cast("SourceKind", row.kind),
        write_key="" if row.kind == "server" else row.write_key,
        server_key_hint=row.server_key_hint,
        server_key_made_at=row.server_key_made_at,
        signing_secret_made_at=row.signing_secret_made_at,
        allowed_origins=row.allowed_origins,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        snippet=script if row.kind == "web" else "",
        curl=_server_curl() if row.kind == "server" else _page_curl(row),
    )


def _page_curl(row: Source) -> str:
    page = {
        "write_key": row.write_key,
        "anonymous_id": str(uuid.uuid5(uuid.NAMESPACE_URL, row.write_key)),
        "url": "https://www.example.com/pricing?utm_source=baidu&utm_medium=cpc&utm_campaign=brand",
        "title": "Pricing",
    }
    return _curl("page", "", page)


def _server_curl() -> str:
    event = {"event": "order_paid", "user_id": "42", "properties": {"amount": 129.0}}
    return _curl("track", "-H 'Authorization: Bearer sk_…' ", event)


def _curl(door: str, header: str, event: dict[str, Any]) -> str:
    address = f"{settings.PUBLIC_URL}/collect/{door}"
    return f"curl -X POST {address} {header}-H 'Content-Type: application/json' -d '{json.dumps(event)}'"

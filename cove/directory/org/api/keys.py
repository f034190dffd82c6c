"""Console: API keys. They are made by people, so no key comes through here."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.keys import create_key, revoke_key
from cove.directory.org.errors import BadKeyScopes
from cove.directory.org.models import ApiKey
from cove.directory.org.permissions import MANAGE_API_KEYS
from cove.directory.org.schemas.keys import (
    ApiKeyAnswer,
    ApiKeyChoices,
    ApiKeyCreate,
    ApiKeyMade,
    GrantableRight,
    RevealableField,
)
from cove.kernel.actor import DataScope
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.operations import operations
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.sensitive import sensitive_fields

console = Router(tags=["api-keys"])


@console.get("/api-keys", response={200: Page[ApiKeyAnswer], **refusals(Forbidden)}, **needs(MANAGE_API_KEYS))
def list_api_keys(request: HttpRequest, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[ApiKeyAnswer]:
    """List one's own keys, newest first; everybody's for who manages members."""
    rows = queries.keys.keys(actor(request))
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.get("/api-keys/choices", response={200: ApiKeyChoices, **refusals(Forbidden)}, **needs(MANAGE_API_KEYS))
def read_api_key_choices(request: HttpRequest) -> ApiKeyChoices:
    """Tell what one may give a key."""
    who = actor(request)
    held = [entry for entry in operations if entry.keys and entry.key in who.rights]
    return ApiKeyChoices(
        rights=[
            GrantableRight(key=one.key, label=one.label.here(), scoped=one.scoped, widest=who.rights[one.key])
            for one in held
        ],
        fields=[RevealableField(key=one.key, label=one.label.here()) for one in sensitive_fields if who.sees(one)],
    )


@console.post("/api-keys", response={201: ApiKeyMade, **refusals(Forbidden, BadKeyScopes)}, **needs(MANAGE_API_KEYS))
def add_api_key(request: HttpRequest, payload: ApiKeyCreate) -> Status[ApiKeyMade]:
    """Make a key; its text is in this answer and nowhere else."""
    row, text = create_key(
        actor(request),
        name=payload.name,
        rights=payload.rights,
        revealed=payload.revealed,
        expires_at=payload.expires_at,
    )
    return Status(201, ApiKeyMade(key=_answer(row), text=text))


@console.delete("/api-keys/{key_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MANAGE_API_KEYS))
def remove_api_key(request: HttpRequest, key_id: int) -> Status[None]:
    """Revoke a key; it stops working at once."""
    revoke_key(actor(request), key_id=key_id)
    return Status(204, None)


def _answer(row: ApiKey) -> ApiKeyAnswer:
    return ApiKeyAnswer(
        id=row.id,
        name=row.name,
        hint=row.hint,
        member=NamedId(id=row.member_id, name=row.member.name),
        rights=cast("dict[str, DataScope]", row.rights),
        revealed=row.revealed,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )

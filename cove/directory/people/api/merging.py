"""Console: contacts who are one person."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.people import queries
from cove.directory.people.api.sides import duplicate_answers, merge_preview_answer
from cove.directory.people.commands.duplicates import tell_apart
from cove.directory.people.commands.merging import merge_contacts, undo_merge
from cove.directory.people.contracts import COLUMNS
from cove.directory.people.errors import AlreadyOne, ErasureAhead, MergeOver
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.schemas.merging import DuplicateAnswer, MergeAnswer, MergePreview, NewMerge, UndoneAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["contacts"])


@console.get(
    "/contacts/{contact_id}/merge-preview",
    response={200: MergePreview, **refusals(Forbidden, NotFound, AlreadyOne)},
    **needs(MERGE_CONTACTS),
)
def preview_merge(
    request: HttpRequest, contact_id: int, merged_id: Annotated[int, Query(ge=1, lt=2**63)]
) -> MergePreview:
    """Read what would come of merging `merged_id` into this contact."""
    return merge_preview_answer(actor(request), contact_id, merged_id)


@console.post(
    "/contacts/{contact_id}/merges",
    response={201: MergeAnswer, **refusals(Forbidden, NotFound, AlreadyOne, ErasureAhead)},
    **needs(MERGE_CONTACTS),
)
def merge(request: HttpRequest, contact_id: int, payload: NewMerge) -> Status[MergeAnswer]:
    """Let another contact lead to this one, who stays. It can be undone."""
    row = merge_contacts(actor(request), contact_id=contact_id, merged_id=payload.merged_id)
    return Status(201, MergeAnswer(id=row.id, stays_id=row.into_id, at=row.at))


@console.post(
    "/contact-merges/{merge_id}/undo",
    response={200: UndoneAnswer, **refusals(Forbidden, NotFound, MergeOver)},
    **needs(MERGE_CONTACTS),
)
def undo(request: HttpRequest, merge_id: int) -> UndoneAnswer:
    """Undo a merge: each has his own again."""
    undone = undo_merge(actor(request), merge_id=merge_id)
    kept = [COLUMNS[name].here() if name in COLUMNS else name for name in undone.kept]
    return UndoneAnswer(stays_id=undone.stays_id, contact_id=undone.contact_id, kept=kept)


@console.get(
    "/contact-duplicates", response={200: Page[DuplicateAnswer], **refusals(Forbidden)}, **needs(MERGE_CONTACTS)
)
def list_duplicates(
    request: HttpRequest, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[DuplicateAnswer]:
    """List pairs of contacts who may be one person, the latest first."""
    who = actor(request)
    rows = queries.duplicates(who)
    found, following = slice_after(rows, sort="-last_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=duplicate_answers(who, found), next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/contact-duplicates/{duplicate_id}/different",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(MERGE_CONTACTS),
)
def say_different(request: HttpRequest, duplicate_id: int) -> Status[None]:
    """Say that two contacts are not the same person."""
    tell_apart(actor(request), duplicate_id=duplicate_id)
    return Status(204, None)

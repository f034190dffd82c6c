"""Console: contacts."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.people import queries
from cove.directory.people.api.answers import contact_answer, contact_detail
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.notes import delete_note, write_note
from cove.directory.people.commands.tags import tag_contact
from cove.directory.people.errors import NotYourNote, UnknownTag
from cove.directory.people.permissions import CHANGE_CONTACT, SEE_CONTACTS, TAG_CONTACT, WRITE_NOTE
from cove.directory.people.schemas.contacts import (
    ContactAnswer,
    ContactChange,
    ContactDetailAnswer,
    NoteChange,
    TagsChange,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, count_beside, slice_after

console = Router(tags=["contacts"])

Sort = Literal["-created_at", "created_at", "-last_seen_at", "last_seen_at", "name", "-name"]


@console.get("/contacts", response={200: Page[ContactAnswer], **refusals(Forbidden)}, **needs(SEE_CONTACTS))
def list_contacts(  # noqa: PLR0913 -- each is a filter of the list's URL
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    tag_id: int | None = None,
    owner_id: int | None = None,
    source: Annotated[str, Query(max_length=40)] = "",
    code_id: int | None = None,
    state: Literal["", "current", "lost"] = "",
    sort: Sort = "-created_at",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[ContactAnswer]:
    """List contacts, newest first unless sorted otherwise; `code_id` narrows to those a live code brought."""
    wanted = queries.ContactFilter(
        search=search.strip(),
        tag_id=tag_id,
        owner_id=owner_id,
        source="live_code" if code_id else source,
        source_ref=code_id,
        state=state,
    )
    rows = queries.contacts(actor(request), wanted)
    found, following = slice_after(rows, sort=sort, cursor=cursor, limit=limit)
    total, exact = count_beside(rows, found, cursor=cursor, following=following)
    return Page(items=[contact_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/contacts/{contact_id}",
    response={200: ContactDetailAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_CONTACTS),
)
def read_contact(request: HttpRequest, contact_id: int) -> ContactDetailAnswer:
    """Read one contact."""
    return contact_detail(actor(request), contact_id)


@console.patch(
    "/contacts/{contact_id}",
    response={200: ContactDetailAnswer, **refusals(Forbidden, NotFound)},
    **needs(CHANGE_CONTACT),
)
def edit_contact(request: HttpRequest, contact_id: int, payload: ContactChange) -> ContactDetailAnswer:
    """Change fields of a contact; those left out stay."""
    who = actor(request)
    change_contact(who, contact_id=contact_id, changes=payload.model_dump(exclude_none=True))
    return contact_detail(who, contact_id)


@console.post(
    "/contacts/{contact_id}/notes", response={204: None, **refusals(Forbidden, NotFound)}, **needs(WRITE_NOTE)
)
def add_note(request: HttpRequest, contact_id: int, payload: NoteChange) -> Status[None]:
    """Write a follow-up note on the timeline."""
    write_note(actor(request), contact_id=contact_id, text=payload.text)
    return Status(204, None)


@console.delete(
    "/contacts/{contact_id}/notes/{note_id}",
    response={204: None, **refusals(Forbidden, NotFound, NotYourNote)},
    **needs(WRITE_NOTE),
)
def remove_note(request: HttpRequest, contact_id: int, note_id: int) -> Status[None]:
    """Delete a note that the acting member wrote himself; `note_id` is its number on the timeline."""
    delete_note(actor(request), contact_id=contact_id, note_id=note_id)
    return Status(204, None)


@console.put(
    "/contacts/{contact_id}/tags",
    response={200: ContactDetailAnswer, **refusals(Forbidden, NotFound, UnknownTag)},
    **needs(TAG_CONTACT),
)
def change_tags(request: HttpRequest, contact_id: int, payload: TagsChange) -> ContactDetailAnswer:
    """Put tags on and take tags off."""
    who = actor(request)
    tag_contact(who, contact_id=contact_id, add=payload.add, remove=payload.remove)
    return contact_detail(who, contact_id)

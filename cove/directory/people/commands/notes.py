"""Follow-up notes. A note is a fact on the timeline; who wrote it may delete it."""

from __future__ import annotations

from collections.abc import Iterable

from cove.directory.people.commands.holding import hold_contact
from cove.directory.people.errors import NotYourNote
from cove.directory.people.models import DeletedNote
from cove.directory.people.permissions import KEEP_PEOPLE, WRITE_NOTE
from cove.directory.people.queries import families_of
from cove.facts.people import NoteDeleted, NoteWritten
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.log.forget import empty_text
from cove.kernel.log.read import read_one


@command(WRITE_NOTE)
def write_note(actor: Actor, *, contact_id: int, text: str) -> None:
    """Write a follow-up note on a contact's timeline. Raises NotFound."""
    contact = hold_contact(actor, contact_id, WRITE_NOTE)
    publish(NoteWritten(contact_id=contact.id, member_id=actor.member_id, text=text))


@command(WRITE_NOTE)
def delete_note(actor: Actor, *, contact_id: int, note_id: int) -> None:
    """Delete a note that the acting member wrote himself; `note_id` is the number of its fact.

    From this moment no timeline shows it, and the log has no text of it; the timeline's own copy goes at night. That it was deleted is a
    fact and an entry of the audit log. Raises NotFound, also for one that is deleted, and NotYourNote.
    """
    contact = hold_contact(actor, contact_id, WRITE_NOTE)
    fact = read_one(note_id)
    if (
        fact is None
        or fact.kind != NoteWritten.kind
        or fact.contact_id not in families_of(actor, [contact.id])[contact.id]
    ):
        raise NotFound
    if actor.member_id is None or fact.member_id != actor.member_id:
        raise NotYourNote
    _, new = DeletedNote.objects.get_or_create(
        note_id=note_id, defaults={"contact_id": contact.id, "deleted_at": clock.now()}
    )
    # The text is still there the first time only: the row goes once the timeline has forgotten it.
    if not new or not empty_text(note_id, "text"):
        raise NotFound
    publish(NoteDeleted(contact_id=contact.id, member_id=actor.member_id, note_id=note_id))


@command(KEEP_PEOPLE, audited=False)
def forget_deleted_notes(actor: Actor, *, note_ids: Iterable[int]) -> None:
    """Take it that nobody keeps a copy of these notes any more."""
    DeletedNote.objects.filter(note_id__in=list(note_ids)).delete()

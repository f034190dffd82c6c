"""What automation may do to the people we know."""

from __future__ import annotations

from pydantic import Field

from cove.directory.people.commands import notes, tags
from cove.directory.people.permissions import TAG_CONTACT, WRITE_NOTE
from cove.kernel.actions import ActionParams, action
from cove.kernel.actor import Actor


class TagParams(ActionParams):
    """Tags to put on and to take off, by id. `source` names who does it and stays on the tag (``live_code``, ``automation``)."""

    add: list[int] = Field(default_factory=list, max_length=100)
    remove: list[int] = Field(default_factory=list, max_length=100)
    source: str = Field("automation", min_length=1, max_length=40)


class NoteParams(ActionParams):
    text: str = Field(min_length=1, max_length=5000)


@action("people.tag_contact", zh="打标签", en="Tag", params=TagParams, operation=TAG_CONTACT)
def tag_contact(actor: Actor, contact_id: int, params: TagParams) -> None:
    """Put tags on the contact and take tags off; what is already so changes nothing."""
    tags.tag_contact(actor, contact_id=contact_id, add=params.add, remove=params.remove, source=params.source)


@action("people.write_note", zh="写跟进记录", en="Write a note", params=NoteParams, operation=WRITE_NOTE)
def write_note(actor: Actor, contact_id: int, params: NoteParams) -> None:
    """Write a note on the contact's timeline."""
    notes.write_note(actor, contact_id=contact_id, text=params.text)

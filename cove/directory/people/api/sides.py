"""Two contacts beside each other, as the console sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.people import queries
from cove.directory.people.api.answers import GENDERS, SENSITIVE, contact_answer
from cove.directory.people.contracts import COLUMNS, REASONS
from cove.directory.people.errors import AlreadyOne
from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.schemas.merging import (
    AddedField,
    DuplicateAnswer,
    DuplicateReason,
    MergeAdditions,
    MergePreview,
    MergeSide,
)
from cove.kernel.actor import Actor
from cove.kernel.http.masking import shown_to
from cove.kernel.http.shapes import NamedId
from cove.kernel.words import Words

_AVATAR = Words("头像", "Picture")


def merge_preview_answer(actor: Actor, contact_id: int, merged_id: int) -> MergePreview:
    """Return both contacts and what the first would get. Raises Forbidden, NotFound, AlreadyOne."""
    stays, merged, adds = queries.merge_preview(actor, contact_id, merged_id)
    if stays.id == merged.id:
        raise AlreadyOne
    sides = _sides(actor, {stays.id, merged.id})
    return MergePreview(
        stays=sides[stays.id],
        merged=sides[merged.id],
        adds=MergeAdditions(
            tags=[NamedId(id=row.tag_id, name=row.tag.name) for row in adds.tags],
            owners=[NamedId(id=row.member_id, name=row.member.name) for row in adds.owners],
            fields=[_field(actor, merged, name, value) for name, value in adds.fields.items()],
        ),
    )


def duplicate_answers(actor: Actor, rows: Sequence[SuspectedDuplicate]) -> list[DuplicateAnswer]:
    """Return a page of pairs; whoever was merged stands there as the one that stays."""
    leads = {row.id: (row.one.merged_into_id or row.one_id, row.other.merged_into_id or row.other_id) for row in rows}
    sides = _sides(actor, {one for pair in leads.values() for one in pair})
    return [
        DuplicateAnswer(
            id=row.id,
            one=sides[leads[row.id][0]],
            other=sides[leads[row.id][1]],
            reasons=[_reason(actor, said, row) for said in row.reasons],
            last_at=row.last_at,
        )
        for row in rows
    ]


def _sides(actor: Actor, ids: set[int]) -> dict[int, MergeSide]:
    return {row.id: _side(row) for row in queries.people_with_all(actor, ids, MERGE_CONTACTS)}


def _side(row: Contact) -> MergeSide:
    return MergeSide(
        **contact_answer(row).model_dump(), position=row.position, phone=row.phone or None, email=row.email or None
    )


def _field(actor: Actor, row: Contact, name: str, value: Any) -> AddedField:
    if name == "gender":
        shown = GENDERS[value].here() if value in GENDERS else ""
    elif name in SENSITIVE:
        shown = shown_to(actor, SENSITIVE[name], value, record="people_contact", record_id=row.id)
    else:
        shown = str(value)
    label = _AVATAR if name == "avatar_url" else COLUMNS[name]
    return AddedField(key=name, label=label.here(), value=shown)


def _reason(actor: Actor, said: dict[str, Any], row: SuspectedDuplicate) -> DuplicateReason:
    value = said["value"]
    if said["kind"] in SENSITIVE:
        value = shown_to(actor, SENSITIVE[said["kind"]], value, record="people_contact", record_id=row.one_id)
    return DuplicateReason(kind=said["kind"], label=REASONS[said["kind"]].here(), value=value, at=said["at"])

"""Two contacts who are one person, said by members. Nothing is moved: one leads to the other, and undoing takes the lead away."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from cove.directory.people.commands.additions import add_missing, take_back
from cove.directory.people.commands.duplicates import settle_told
from cove.directory.people.commands.identifying import settle_chain
from cove.directory.people.errors import AlreadyOne, ErasureAhead, MergeOver
from cove.directory.people.models import Contact, ContactIdentity, ContactMerge
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.queries import family_of, lead_of
from cove.directory.people.queries.additions import Additions
from cove.directory.people.queries.merging import line_of, merge, visitors_among
from cove.facts.people import ContactsMerged, MergeUndone
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.personal_data import leaving


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of undoing: whom it was about, and what stays because somebody changed it since (tags, owners, fields by name)."""

    stays_id: int
    contact_id: int
    kept: tuple[str, ...]


@command(MERGE_CONTACTS)
def merge_contacts(actor: Actor, *, contact_id: int, merged_id: int) -> ContactMerge:
    """Let one contact lead to another, who stays, and give that one what he lacks: tags, owners, empty fields.

    Raises NotFound for either, AlreadyOne, ErasureAhead.
    """
    stays, merged = _hold_both(actor, contact_id, merged_id)
    line = line_of(merged.id)
    _refuse_leaving(actor, stays, merged)
    row = ContactMerge.objects.create(contact=merged, into=stays, member_id=actor.member_id, at=clock.now())
    Contact.objects.filter(id__in=line).update(merged_into=stays)
    row.added = add_missing(stays, merged).document()
    row.save(update_fields=["added"])
    family = family_of(actor, stays.id, MERGE_CONTACTS)
    settle_told(family)
    publish(
        ContactsMerged(
            contact_id=stays.id,
            member_id=actor.member_id,
            name=merged.name,
            contacts=line,
            visitors=visitors_among(line),
        )
    )
    for name in ContactIdentity.objects.filter(contact_id__in=line, kind="user").values_list("value", flat=True):
        settle_chain(actor, name)
    return row


@command(MERGE_CONTACTS)
def undo_merge(actor: Actor, *, merge_id: int) -> Undone:
    """Take the lead away, and from the one that stayed what he got by it, unless it was changed since.

    Raises NotFound, MergeOver.
    """
    row = merge(actor, merge_id)
    stays_id = lead_of(actor, row.into_id, MERGE_CONTACTS) or row.into_id
    family = _hold_family(actor, stays_id)
    row = ContactMerge.objects.select_for_update().select_related("contact").get(id=row.id)
    if row.undone_at is not None:
        raise MergeOver
    line = line_of(row.contact_id)
    row.undone_at, row.undone_by = clock.now(), actor.member_id
    row.save(update_fields=["undone_at", "undone_by"])
    Contact.objects.filter(id__in=line[1:]).update(merged_into=row.contact)
    Contact.objects.filter(id=row.contact_id).update(merged_into=None)
    kept = _take_back_all_the_way(row)
    settle_told(family)
    publish(
        MergeUndone(
            contact_id=stays_id,
            member_id=actor.member_id,
            name=row.contact.name,
            contacts=line,
            visitors=visitors_among(line),
        )
    )
    return Undone(stays_id, row.contact_id, tuple(kept))


def _take_back_all_the_way(row: ContactMerge) -> list[str]:
    """Take back from whom he was merged into, and from those to whom that one leads, as far as they have it from him."""
    kept: list[str] = []
    step: ContactMerge | None = row
    going = Additions.read(row.added)
    while step is not None:
        kept += [one for one in take_back(step.into_id, going) if one not in kept]
        above = ContactMerge.objects.filter(contact_id=step.into_id, undone_at__isnull=True).first()
        if above is not None:
            has = Additions.read(above.added)
            going = going.within(has)
            above.added = has.without(going).document()
            above.save(update_fields=["added"])
        step = above
    return kept


def _hold_both(actor: Actor, contact_id: int, merged_id: int) -> tuple[Contact, Contact]:
    stays = lead_of(actor, contact_id, MERGE_CONTACTS)
    merged = lead_of(actor, merged_id, MERGE_CONTACTS)
    if stays is None or merged is None:
        raise NotFound
    if stays == merged:
        raise AlreadyOne
    rows = Contact.visible_to(actor, MERGE_CONTACTS).filter(id__in=[stays, merged]).order_by("id").select_for_update()
    held = {row.id: row for row in rows}
    # One of them may have been merged while we waited for him.
    return (held[stays], held[merged]) if len(held) > 1 else _hold_both(actor, contact_id, merged_id)


def _hold_family(actor: Actor, stays_id: int) -> list[int]:
    rows = Contact.objects.filter(Q(id=stays_id) | Q(merged_into_id=stays_id), tenant_id=actor.tenant_id)
    return list(rows.order_by("id").select_for_update().values_list("id", flat=True))


def _refuse_leaving(actor: Actor, *rows: Contact) -> None:
    numbers = {number: row for row in rows for number in family_of(actor, row.id, MERGE_CONTACTS)}
    for entry in leaving:
        for number in entry.among(actor, list(numbers)):
            raise ErasureAhead(name=numbers[number].name)

"""Giving a contact what another has and he lacks, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cove.directory.people.commands.owners import settle_owners
from cove.directory.people.models import Contact, ContactMerge, ContactTag, Ownership
from cove.directory.people.queries.additions import Additions, Missing, missing


def add_missing(stays: Contact, merged: Contact, *, only: Additions | None = None) -> Additions:
    """Give `stays` the tags, owners and fields of `merged` that he lacks (of those in `only`); return what was added. Both are held."""
    found = missing(stays, merged)
    if only is not None:
        found = _limited(found, only)
    added = Additions(fields=found.fields)
    for tag in found.tags:
        copy = ContactTag(contact=stays, tag=tag.tag, source=tag.source, member_id=tag.member_id, at=tag.at)
        copy.save()
        added.tags[tag.tag_id] = copy.id
    for row in found.owners:
        copied = Ownership.objects.create(
            contact=stays, member=row.member, since=row.since, until=row.until, way=row.way, remark=row.remark
        )
        added.owners[row.member_id] = (copied.id, row.until.isoformat() if row.until else "")
    changes: dict[str, Any] = dict(found.fields)
    if only is None and merged.last_seen_at > stays.last_seen_at:
        added.seen = (stays.last_seen_at.isoformat(), merged.last_seen_at.isoformat())
        changes["last_seen_at"] = merged.last_seen_at
    if changes:
        Contact.objects.filter(id=stays.id).update(**changes)
    settle_owners([stays.id])
    return added


def take_back(contact_id: int, added: Additions) -> list[str]:
    """Take from a contact what was added, as far as it is still as it was put; return what stays, by its name.

    What another who was merged into him has as well, he is given again from that one.
    """
    kept: list[str] = []
    contact = Contact.objects.get(id=contact_id)
    mine = ContactTag.objects.filter(contact=contact, tag_id__in=list(added.tags)).select_related("tag")
    rows = {row.id for row in mine} & set(added.tags.values())
    kept += [row.tag.name for row in mine if row.id not in rows]
    ContactTag.objects.filter(id__in=rows).delete()
    kept += _take_owners(contact, added)
    empty = {name: type(value)() for name, value in added.fields.items() if getattr(contact, name) == value}
    kept += [name for name in added.fields if name not in empty and getattr(contact, name)]
    if added.seen and contact.last_seen_at == datetime.fromisoformat(added.seen[1]):
        empty["last_seen_at"] = datetime.fromisoformat(added.seen[0])
    if empty:
        Contact.objects.filter(id=contact_id).update(**empty)
    settle_owners([contact_id])
    _fill_from_others(contact_id, added)
    return kept


def _take_owners(contact: Contact, added: Additions) -> list[str]:
    rows = {row.id: row for row in Ownership.objects.select_related("member").filter(contact=contact)}
    gone, kept = [], []
    for row_id, until in added.owners.values():
        row = rows.get(row_id)
        if row is None:
            continue
        if (row.until.isoformat() if row.until else "") == until:
            gone.append(row_id)
        else:
            # Handed over or lost since: that happened to the one that stays, and is his history.
            kept.append(row.member.name)
    Ownership.objects.filter(id__in=gone).delete()
    return kept


def _fill_from_others(contact_id: int, taken: Additions) -> None:
    others = ContactMerge.objects.select_for_update().filter(into_id=contact_id, undone_at__isnull=True)
    for other in others.order_by("id"):
        stays, merged = Contact.objects.get(id=contact_id), Contact.objects.get(id=other.contact_id)
        fresh = add_missing(stays, merged, only=taken)
        before = Additions.read(other.added)
        other.added = Additions(
            before.tags | fresh.tags, before.owners | fresh.owners, before.fields | fresh.fields, before.seen
        ).document()
        other.save(update_fields=["added"])


def _limited(found: Missing, only: Additions) -> Missing:
    return Missing(
        tuple(row for row in found.tags if row.tag_id in only.tags),
        tuple(row for row in found.owners if row.member_id in only.owners),
        {name: value for name, value in found.fields.items() if name in only.fields},
    )

"""Contacts from one member to another, and back: set by set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from cove.directory.org import facade as org
from cove.directory.people.commands.holding import hold_contacts
from cove.directory.people.commands.owners import settle_owners
from cove.directory.people.models import Ownership
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.facts.people import ContactHandedOver, ContactTakenBack
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver
from cove.kernel.command import command, publish
from cove.kernel.words import Words

ASSIGNED = 202
"""WeCom document 92114, field add_way: assigned by an administrator."""

NOT_HIS = Words("已不由其跟进", "No longer his")
MOVED_ON = Words("接手后又转给了他人，或已流失", "Passed on or lost since")
MERGED_SINCE = Words("之后与其他联系人合并", "Merged with another contact since")


@command(KEEP_PEOPLE)
def hand_over_contacts(
    actor: Actor, *, whom: HandOver, contact_ids: Sequence[int]
) -> dict[int, dict[str, Any] | Words]:
    """Let one member follow contacts in another's place; return for each what undoing needs, or why it stayed."""
    rows = _open_of(whom.from_id, hold_contacts(actor, contact_ids))
    changes = replace_owners({row.contact_id: [row] for row in rows}, to_id=whom.to_id)
    names = org.members_by_id(actor, [whom.from_id, whom.to_id])
    for contact_id in changes:
        publish(
            ContactHandedOver(
                contact_id=contact_id,
                member_id=whom.to_id,
                member_name=names[whom.to_id].name,
                from_id=whom.from_id,
                from_name=names[whom.from_id].name,
                why=whom.reason,
                change_set_id=whom.number,
            )
        )
    return {key: changes.get(key, NOT_HIS) for key in contact_ids}


@command(KEEP_PEOPLE)
def take_back_contacts(actor: Actor, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo handing over; return the contacts that went on to somebody else since, and why they stay."""
    held = set(hold_contacts(actor, changes))
    conflicts = dict.fromkeys(changes.keys() - held, MERGED_SINCE)
    conflicts |= restore_owners({key: change for key, change in changes.items() if key in held})
    name = org.members_by_id(actor, [whom.from_id])[whom.from_id].name
    for contact_id in changes.keys() - conflicts.keys():
        publish(
            ContactTakenBack(
                contact_id=contact_id,
                member_id=whom.from_id,
                member_name=name,
                from_id=whom.to_id,
                change_set_id=whom.number,
            )
        )
    return conflicts


def replace_owners(ending: Mapping[int, Sequence[Ownership]], *, to_id: int) -> dict[int, dict[str, Any]]:
    """End these ownerships (by contact) and begin one of `to_id` in their place; return what undoing needs.

    Who already follows the contact keeps his own ownership. The contacts are held.
    """
    now = clock.now()
    has = set(
        Ownership.objects.filter(contact_id__in=list(ending), member_id=to_id, until__isnull=True).values_list(
            "contact_id", flat=True
        )
    )
    gone = {key: [row for row in rows if row.member_id != to_id] for key, rows in ending.items()}
    Ownership.objects.filter(id__in=[row.id for rows in gone.values() for row in rows]).update(until=now)
    begun = Ownership.objects.bulk_create(
        Ownership(contact_id=key, member_id=to_id, since=now, way=ASSIGNED, remark=rows[0].remark if rows else "")
        for key, rows in gone.items()
        if key not in has
    )
    new = {row.contact_id: row.id for row in begun}
    settle_owners(ending)
    return {
        key: {"ended": [row.id for row in rows], "at": now.isoformat(), "began": new.get(key)}
        for key, rows in gone.items()
    }


def restore_owners(changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo `replace_owners` where nothing newer stands in the way; return the conflicts. The contacts are held."""
    rows = Ownership.objects.in_bulk(
        [key for change in changes.values() for key in (*change["ended"], change["began"]) if key]
    )
    members_now = set(
        Ownership.objects.filter(contact_id__in=list(changes), until__isnull=True).values_list(
            "contact_id", "member_id"
        )
    )
    conflicts, ended, again = {}, [], []
    for contact_id, change in changes.items():
        began = rows.get(change["began"] or 0)
        old = [rows[key] for key in change["ended"] if key in rows]
        # Ended at the very moment of the change and not since: nobody touched it.
        untouched = all(row.until == datetime.fromisoformat(change["at"]) for row in old)
        followed = any((contact_id, row.member_id) in members_now for row in old)
        if (change["began"] and (began is None or began.until is not None)) or not untouched or followed:
            conflicts[contact_id] = MOVED_ON
            continue
        again += [row.id for row in old]
        ended += [began.id] if began else []
    Ownership.objects.filter(id__in=ended).update(until=clock.now())
    Ownership.objects.filter(id__in=again).update(until=None)
    settle_owners(changes)
    return conflicts


def _open_of(member_id: int, contact_ids: Iterable[int]) -> list[Ownership]:
    rows = Ownership.objects.filter(member_id=member_id, until__isnull=True, contact_id__in=list(contact_ids))
    return list(rows.order_by("contact_id"))

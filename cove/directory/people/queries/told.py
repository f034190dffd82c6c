"""What an outside directory told again: who of many told the same as before is found by a few questions for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from cove.directory.people.contracts import Told
from cove.directory.people.models import Contact, ContactIdentity, Ownership
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.kernel.actor import Actor

KEPT_FRESH = "avatar_url"
"""The field that the outside directory may change; others it only fills while they are empty."""


def tells_anew(contact: Contact, field: str, value: object) -> bool:
    """Tell whether what a platform says of a field is to be taken over."""
    known = getattr(contact, field)
    return value not in (None, "", known) and (known in ("", 0) or field == KEPT_FRESH)


def told_before(actor: Actor, told: Sequence[Told]) -> set[int]:
    """Return the places of what would change nothing if it were taken over; three questions for all. Raises Forbidden.

    Of those who were merged, or into whom others were, nothing is known in advance.
    """
    actor.require(KEEP_PEOPLE)
    ids = {one.contact_id for one in told}
    rows = Contact.objects.filter(tenant_id=actor.tenant_id)
    merged = set(rows.filter(merged_into_id__in=ids).values_list("merged_into_id", flat=True))
    contacts = {row.id: row for row in rows.filter(id__in=ids, merged_into__isnull=True) if row.id not in merged}
    names = ContactIdentity.objects.filter(tenant_id=actor.tenant_id, contact_id__in=contacts)
    known = set(names.values_list("contact_id", "kind", "value"))
    open_ones = Ownership.objects.filter(tenant_id=actor.tenant_id, contact_id__in=contacts, until__isnull=True)
    owned = {(row.contact_id, row.member_id): (row.way, row.remark) for row in open_ones}

    def same(one: Told) -> bool:
        contact = contacts.get(one.contact_id)
        return (
            contact is not None
            and not any(tells_anew(contact, field, value) for field, value in asdict(one.profile).items())
            and all((one.contact_id, name.kind, name.value) in known for name in one.names)
            and owned.get((one.contact_id, one.member_id), (one.way, one.remark)) == (one.way, one.remark)
        )

    return {place for place, one in enumerate(told) if same(one)}


def numbers_by_identity(actor: Actor, kind: str, values: Sequence[str]) -> dict[str, int]:
    """Return for each of the values that is known the number to whom that identity itself belongs, also if he was merged."""
    rows = ContactIdentity.objects.filter(tenant_id=actor.tenant_id, kind=kind, value__in=set(values))
    return dict(rows.values_list("value", "contact_id"))

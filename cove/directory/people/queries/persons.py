"""Who is who: by number, by identity, by visitor. A number that was merged leads to the one that stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import Model, Q, QuerySet

from cove.directory.people.contracts import Addressee, Identity
from cove.directory.people.models import Contact, ContactIdentity, ContactVisitor
from cove.directory.people.permissions import SEE_CONTACTS
from cove.directory.people.queries.names import phone_number
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation
from cove.kernel.personal_data import Person

Row = TypeVar("Row", bound=Model)

_FAMILIES = """
SELECT c.id, coalesce(c.merged_into_id, c.id), array_remove(array_agg(m.id ORDER BY m.id), NULL)
FROM people_contact c LEFT JOIN people_contact m ON m.merged_into_id = coalesce(c.merged_into_id, c.id)
WHERE c.id = ANY(%s::bigint[]) AND c.tenant_id = %s GROUP BY c.id
"""


def _of_reachable(actor: Actor, rows: QuerySet[Row], operation: Operation = SEE_CONTACTS) -> QuerySet[Row]:
    """Narrow rows with a `contact_id` to those of contacts to whom the actor may do `operation`."""
    if actor.reach(operation).everybody:
        return rows
    return rows.filter(contact_id__in=Contact.leading_to(actor, operation).values("id"))


def lead_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> int | None:
    """Return the number of the contact to whom a number leads, None if the actor may not do `operation` to him."""
    rows = Contact.leading_to(actor, operation).filter(id=contact_id)
    found = rows.values_list("id", "merged_into_id").first()
    return (found[1] or found[0]) if found else None


def leads_of(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    """Return for each of the numbers, those that exist, the contact to whom it leads."""
    rows = Contact.objects.filter(tenant_id=actor.tenant_id, id__in=set(ids)).values_list("id", "merged_into_id")
    return {number: lead or number for number, lead in rows}


def family_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> list[int]:
    """Return all numbers of one person: the contact that stays, then those who were merged into him.

    Empty if the actor may not do `operation` to him.
    """
    rows = Contact.leading_to(actor, operation).filter(Q(id=contact_id) | Q(merged_into_id=contact_id))
    found = dict(rows.order_by("id").values_list("id", "merged_into_id"))
    lead = found.get(contact_id)
    if lead is not None:
        return family_of(actor, lead, operation)
    return [contact_id, *(one for one in found if one != contact_id)] if contact_id in found else []


def numbers_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> tuple[list[int], list[int]]:
    """Return all numbers of one person: as a contact, the one that stays first, and as a visitor.

    Both empty if the actor may not do `operation` to him.
    """
    family = family_of(actor, contact_id, operation)
    rows = ContactVisitor.objects.filter(contact_id__in=family).order_by("id")
    return family, list(rows.values_list("visitor_id", flat=True)) if family else []


def families_of(actor: Actor, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return for each of the numbers, those that exist, all numbers of that person, the one that stays first; one query for all."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILIES, [sorted(set(ids)), actor.tenant_id])
        return {number: (lead, *merged) for number, lead, merged in cursor.fetchall()}


def number_by_identity(actor: Actor, identity: Identity) -> int | None:
    """Return the number to whom an identity itself belongs, also if he was merged: what a platform says of him is kept there."""
    rows = ContactIdentity.objects.filter(tenant_id=actor.tenant_id, kind=identity.kind, value=identity.value)
    return rows.values_list("contact_id", flat=True).first()


def contact_by_identity(actor: Actor, identity: Identity) -> Contact | None:
    """Return the contact known by `identity`, or None if there is none that the actor may see."""
    rows = ContactIdentity.objects.select_related("contact__merged_into").filter(tenant_id=actor.tenant_id)
    found = _of_reachable(actor, rows).filter(kind=identity.kind, value=identity.value).first()
    return found.contact.stays if found else None


def contacts_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, Contact]:
    """Return contacts by id, those that exist; under a number that was merged stands the one that stays."""
    found = Contact.leading_to(actor).select_related("merged_into").in_bulk(set(ids))
    return {number: row.stays for number, row in found.items()}


def addressees(actor: Actor, ids: Iterable[int]) -> dict[int, Addressee]:
    """Return contacts as one writes to them, by number, those that exist and whom the actor may see; one query for all."""
    return {
        number: Addressee(row.id, row.name, row.email, row.phone, row.company_name, row.position)
        for number, row in contacts_by_id(actor, ids).items()
    }


def reachable(actor: Actor, ids: Iterable[int], operation: Operation) -> set[int]:
    """Return those of the contacts to whom the actor may do `operation`."""
    return set(Contact.leading_to(actor, operation).filter(id__in=set(ids)).values_list("id", flat=True))


def visitors_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> list[int]:
    """Return the ids of the anonymous visitors who turned out to be this contact, if the actor may do `operation` to him."""
    return numbers_of(actor, contact_id, operation)[1]


def contacts_of_visitors(actor: Actor, visitor_ids: Iterable[int]) -> dict[int, int]:
    """Return, for those visitors who are contacts the actor may see, the id of their contact."""
    rows = ContactVisitor.objects.filter(tenant_id=actor.tenant_id, visitor_id__in=set(visitor_ids))
    found = _of_reachable(actor, rows).values_list("visitor_id", "contact_id", "contact__merged_into_id")
    return {visitor: lead or number for visitor, number, lead in found}


def phones_of(actor: Actor, ids: Iterable[int], operation: Operation = SEE_CONTACTS) -> dict[int, str]:
    """Return the phone number of each of the contacts to whom the actor may do `operation`, those who have a usable one."""
    rows = Contact.leading_to(actor, operation).filter(id__in=set(ids)).select_related("merged_into")
    found = {row.id: phone_number(row.stays.phone) or phone_number(row.phone) for row in rows}
    without = [number for number, phone in found.items() if not phone]
    known = ContactIdentity.objects.filter(tenant_id=actor.tenant_id, kind="phone", contact_id__in=without)
    found |= dict(known.order_by("-id").values_list("contact_id", "value"))
    return {number: phone for number, phone in found.items() if phone}


def person_of(actor: Actor, contact_id: int) -> Person:
    """Return a contact, with all who were merged into him, as the holders of personal data know him.

    That is his numbers, visitors, identities, and the values he could be recognised by. Raises NotFound.
    """
    family = family_of(actor, contact_id)
    rows = Contact.objects.filter(id__in=family).prefetch_related("identities", "visitors", "ownerships")
    found = sorted(rows, key=lambda row: family.index(row.id))
    if not found:
        raise NotFound
    identities = tuple((one.kind, one.value) for row in found for one in row.identities.all())
    texts = [text for row in found for text in (row.name, row.phone, row.email, row.avatar_url)]
    texts += [*(value for _, value in identities), *(one.remark for row in found for one in row.ownerships.all())]
    return Person(
        contact_id=found[0].id,
        visitors=tuple(one.visitor_id for row in found for one in row.visitors.all()),
        identities=identities,
        texts=tuple(dict.fromkeys(text for text in texts if text)),
        merged=tuple(row.id for row in found[1:]),
    )


def gone_contacts(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Return those of the ids that are no contact of the tenant (any more)."""
    wanted = set(ids)
    return wanted - set(Contact.objects.filter(tenant_id=actor.tenant_id, id__in=wanted).values_list("id", flat=True))


def merged_rows(rows: QuerySet[Contact], where: Q) -> QuerySet[Contact]:
    """Return those of `rows` who meet `where` themselves, or into whom somebody was merged who does."""
    led = Contact.objects.filter(where, merged_into__isnull=False).values("merged_into_id")
    return rows.filter(where | Q(id__in=led))

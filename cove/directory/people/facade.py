"""What other modules may ask of the people we know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cove.directory.people import queries
from cove.directory.people.commands import contacts, identities, notes, owners, tags
from cove.directory.people.contracts import (
    SOURCES,
    Addressee,
    BriefCard,
    ContactCard,
    ContactCounts,
    Identity,
    IdentityKind,
    Profile,
    Standing,
    TagCard,
    Told,
)
from cove.directory.people.models import Contact, Tag
from cove.directory.people.permissions import SEE_CONTACTS
from cove.directory.people.queries import names
from cove.directory.people.queries import notes as note_rows
from cove.kernel.actor import Actor
from cove.kernel.notices import Values
from cove.kernel.operations import Operation
from cove.kernel.personal_data import Person
from cove.kernel.scope import require_tenant
from cove.kernel.words import Words

_UNNAMED = Words("一位客户", "A customer")
_GONE = Words("一位已删除的客户", "A deleted customer")


def admit_contact(
    actor: Actor,
    *,
    identity: Identity,
    source: str,
    at: datetime | None = None,
    profile: Profile | None = None,
) -> tuple[ContactCard, bool]:
    """Return the contact known by `identity` and whether he is new; two calls at once make one contact.

    One who was merged into another is returned under his own number: it leads to the one that stays wherever it is given, and
    what happens to him by this name stays his, should the merge be undone.
    """
    found, new = contacts.admit_contact(actor, identity=identity, source=source, at=at, profile=profile)
    return _card(found), new


def contact_by_identity(actor: Actor, identity: Identity) -> ContactCard | None:
    """Return the contact known by `identity`, or None if there is none that the actor may see."""
    found = queries.contact_by_identity(actor, identity)
    return _card(found) if found else None


def seen_by_identity(actor: Actor, identity: Identity) -> ContactCard | None:
    """Return the contact known by `identity`, or None if there is none that the actor may see; Forbidden if he may see no contact."""
    actor.require(SEE_CONTACTS)
    return contact_by_identity(actor, identity)


def contacts_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, ContactCard]:
    """Return the cards of contacts by id, those that exist and that the actor may see; for one who was merged, of the one that stays."""
    return {key: _card(found) for key, found in queries.contacts_by_id(actor, ids).items()}


def addressees(actor: Actor, ids: Iterable[int]) -> dict[int, Addressee]:
    """Return contacts as one writes to them, by number, those that exist and whom the actor may see; one query for all."""
    return queries.addressees(actor, ids)


def sees_named_contact(actor: Actor, values: Values) -> bool:
    """Tell whether the actor may see the contact that a notice's values name as `contact_id`."""
    return bool(queries.reachable(actor, [int(values["contact_id"])], SEE_CONTACTS))


def with_contact_names(many: Sequence[Values]) -> list[dict[str, Any]]:
    """Add `contact_name` to the values of notices that name a `contact_id`; one query. Who is not named yet, or gone, is called so."""
    cards = contacts_by_id(Actor.system(require_tenant()), {int(values["contact_id"]) for values in many})
    named = {key: card.name or _UNNAMED.here() for key, card in cards.items()}
    return [{**values, "contact_name": named.get(int(values["contact_id"]), _GONE.here())} for values in many]


def reachable(actor: Actor, ids: Iterable[int], operation: Operation) -> set[int]:
    """Return those of the contacts to whom the actor may do `operation`, another module's scoped right."""
    return queries.reachable(actor, ids, operation)


def count_contacts(actor: Actor, *, since: datetime, operation: Operation = SEE_CONTACTS) -> ContactCounts:
    """Count the contacts to whom the actor may do `operation`: all, those admitted since a moment, and those lost since then."""
    return queries.count_contacts(actor, since=since, operation=operation)


def contacts_kept(actor: Actor) -> tuple[int, bool]:
    """Return how many contacts the actor may see, counted up to 10,000, and whether that is the whole number."""
    return queries.contacts_kept(actor)


def find_contacts(actor: Actor, *, text: str, limit: int) -> list[ContactCard]:
    """Return up to `limit` contacts whose name, company, phone or e-mail matches, newest first; Forbidden without the right."""
    rows = queries.contacts(actor, queries.ContactFilter(search=text)).order_by("-created_at")[:limit]
    return [_card(found) for found in rows]


def contact_ids(actor: Actor, where: Q, operation: Operation = SEE_CONTACTS) -> QuerySet[Any, int]:
    """Return the ids of the contacts to whom the actor may do `operation` that meet `where`, not yet asked for.

    `where` is a filter over `people_contact`. Raises Forbidden without the right.
    """
    return queries.contact_ids(actor, where, operation)


def contacts_like(
    actor: Actor,
    *,
    search: str = "",
    tag_id: int | None = None,
    owner_id: int | None = None,
    source: str = "",
    code_id: int | None = None,
    state: str = "",
) -> QuerySet[Any, int]:
    """Return the ids of the contacts that the list of contacts shows when it is narrowed so, not yet asked for. Raises Forbidden."""
    wanted = queries.ContactFilter(
        search=search.strip(),
        tag_id=tag_id,
        owner_id=owner_id,
        source="live_code" if code_id else source,
        source_ref=code_id,
        state=state,
    )
    rows = queries.selected(actor, queries.Selection(wanted=wanted), SEE_CONTACTS)
    return rows.values_list("id", flat=True).distinct()


def count_by_reason(actor: Actor, chosen: QuerySet[Any, int], reasons: Mapping[str, Q], *, most: int) -> Counter[str]:
    """Count the first `most` of `contacts_like` by the first of the reasons, filters over their rows, that each meets; "" for none.

    One statement, which brings no contact over.
    """
    return queries.count_by_reason(actor, chosen, reasons, most=most)


def others_were_merged_into(actor: Actor) -> QuerySet[Any, int]:
    """Return the ids of the contacts into whom others were merged, not yet asked for: what those said counts for them, too."""
    return queries.others_were_merged_into(actor)


def fill_profile(actor: Actor, *, contact_id: int, profile: Profile, source: str = "wecom") -> None:
    """Take over what a platform (`source`) says of a contact into fields that are still empty."""
    contacts.fill_profile(actor, contact_id=contact_id, profile=profile, source=source)


def set_source(actor: Actor, *, contact_id: int, source: str, detail: str, ref: int | None) -> None:
    """Say where a new contact came from."""
    contacts.set_source(actor, contact_id=contact_id, source=source, detail=detail, ref=ref)


def join_visitor(actor: Actor, *, contact_id: int, visitor_id: int, how: str) -> bool:
    """Give an anonymous visitor's history to a contact; False if it is another contact's. `how` is one of `VisitorJoined`."""
    return contacts.join_visitor(actor, contact_id=contact_id, visitor_id=visitor_id, how=how)


def note_seen(actor: Actor, *, seen: dict[int, datetime]) -> None:
    """Remember when contacts were last active."""
    contacts.note_seen(actor, seen=seen)


def visitors_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> list[int]:
    """Return the anonymous visitors who turned out to be this contact, none if the actor may not do `operation` to him."""
    return queries.visitors_of(actor, contact_id, operation)


def family_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> list[int]:
    """Return all numbers of one person: the contact that stays, then those who were merged into him; facts are told of each.

    Empty if the actor may not do `operation` to him.
    """
    return queries.family_of(actor, contact_id, operation)


def numbers_of(actor: Actor, contact_id: int, operation: Operation = SEE_CONTACTS) -> tuple[list[int], list[int]]:
    """Return all numbers of one person: as a contact, the one that stays first, and as a visitor. Facts are told of each.

    Both are empty if the actor may not do `operation` to him.
    """
    return queries.numbers_of(actor, contact_id, operation)


def leads_of(actor: Actor, ids: Iterable[int]) -> dict[int, int]:
    """Return for each of the numbers, those that exist, the contact to whom it leads: himself, or the one he was merged into."""
    return queries.leads_of(actor, ids)


def families_of(actor: Actor, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return for each of the numbers, those that exist, all numbers of that person, the one that stays first; one query for all."""
    return queries.families_of(actor, ids)


def number_by_identity(actor: Actor, identity: Identity) -> int | None:
    """Return the number to whom an identity itself belongs, also if he was merged: what a platform says of him is kept there."""
    return queries.number_by_identity(actor, identity)


def numbers_by_identity(actor: Actor, kind: IdentityKind, values: Sequence[str]) -> dict[str, int]:
    """Return `number_by_identity` for each of many values of one kind that is known; one question for all."""
    return queries.numbers_by_identity(actor, kind, values)


def contacts_of_visitors(actor: Actor, visitor_ids: Iterable[int]) -> dict[int, int]:
    """Return visitor id to contact id for those who are contacts that the actor may see."""
    return queries.contacts_of_visitors(actor, visitor_ids)


def begin_ownership(actor: Actor, *, contact_id: int, member_id: int, since: datetime) -> bool:
    """Make a member an owner of a contact; False if he already is."""
    return owners.begin_ownership(actor, contact_id=contact_id, member_id=member_id, since=since)


def end_ownership(actor: Actor, *, contact_id: int, member_id: int, until: datetime) -> bool:
    """End a member's ownership; False if he was no owner."""
    return owners.end_ownership(actor, contact_id=contact_id, member_id=member_id, until=until)


def told_before(actor: Actor, told: Sequence[Told]) -> set[int]:
    """Return the places of what would change nothing if it were taken over again; as many questions for one as for many."""
    return queries.told_before(actor, told)


def describe_ownership(actor: Actor, *, contact_id: int, member_id: int, way: int | None, remark: str) -> None:
    """Keep how a friendship came about and the member's remark."""
    owners.describe_ownership(actor, contact_id=contact_id, member_id=member_id, way=way, remark=remark)


def tag_contact(
    actor: Actor, *, contact_id: int, add: Sequence[int] = (), remove: Sequence[int] = (), source: str
) -> None:
    """Put tags on a contact and take tags off; what is already so changes nothing."""
    tags.tag_contact(actor, contact_id=contact_id, add=add, remove=remove, source=source)


def tags_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, TagCard]:
    """Return the cards of tags by id, those that exist."""
    return {key: _tag(found) for key, found in queries.tags_by_id(actor, ids).items()}


def add_identity(actor: Actor, *, contact_id: int, identity: Identity) -> bool:
    """Remember one more way in which a contact is known; False if another contact is known by it."""
    return identities.add_identity(actor, contact_id=contact_id, identity=identity)


def deleted_notes_among(actor: Actor, note_ids: Collection[int]) -> set[int]:
    """Return those of the notes (positions of their facts) that were deleted and that nobody may see any more."""
    return note_rows.deleted_among(actor, note_ids)


def deleted_notes_of(actor: Actor, contact_ids: Collection[int]) -> set[int]:
    """Return the deleted notes of these contacts that nobody may see any more."""
    return note_rows.deleted_of(actor, contact_ids)


def tenants_with_deleted_notes(moment: datetime) -> list[int]:
    """Return the tenants for which `notes_deleted_before` a moment has something."""
    return note_rows.tenants_with_deleted(moment)


def notes_deleted_before(actor: Actor, moment: datetime, *, most: int) -> list[int]:
    """Return up to `most` deleted notes that whoever keeps a copy should forget, the first ones first."""
    return note_rows.deleted_before(actor, moment, most=most)


def forget_deleted_notes(actor: Actor, *, note_ids: Iterable[int]) -> None:
    """Say that no copy of these deleted notes is left."""
    notes.forget_deleted_notes(actor, note_ids=note_ids)


def tag_ids_of(actor: Actor, contact_id: int) -> set[int]:
    """Return the ids of the tags on a contact."""
    return queries.tag_ids_of(actor, contact_id)


def ensure_tags(actor: Actor, *, group: str, names: Sequence[str], library: str = "sales") -> dict[str, TagCard]:
    """Return the tags of these names in a group by name; group and tags are made where they are missing."""
    return {tag.name: _tag(tag) for tag in tags.ensure_tags(actor, group=group, names=names, library=library)}


def rename_tag(actor: Actor, *, tag_id: int, group: str, name: str) -> bool:
    """Call a tag and its group as where they come from does; False where another tag is called so already."""
    return tags.rename_tag(actor, tag_id=tag_id, group=group, name=name)


def phones_of(actor: Actor, ids: Iterable[int], operation: Operation = SEE_CONTACTS) -> dict[int, str]:
    """Return the phone numbers, in one spelling, of those contacts who have one and to whom the actor may do `operation`."""
    return queries.phones_of(actor, ids, operation)


def phone_number(text: str) -> str:
    """Return a phone number in the spelling that is kept (mainland numbers without country code), empty if it is none."""
    return names.phone_number(text)


def contacts_with_phone(actor: Actor, phone: str, *, most: int) -> list[int]:
    """Return the contacts who have this number in their profile or are known by it, newest first."""
    return names.matching(actor, "phone", phone, without=0, most=most)


def person_of(actor: Actor, contact_id: int) -> Person:
    """Return a contact as the holders of personal data know him. Raises NotFound."""
    return queries.person_of(actor, contact_id)


def gone_contacts(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Return those of the ids that are no contact of the tenant (any more)."""
    return queries.gone_contacts(actor, ids)


def lost_before(actor: Actor, moment: datetime) -> QuerySet[Any]:
    """Return the contacts who lost their last owner before a moment and were not active since, not yet asked for."""
    return queries.lost_before(actor, moment)


def brief_cards(actor: Actor, ids: Iterable[int]) -> dict[int, BriefCard]:
    """Return who these contacts are, those the actor may see, by id. Raises Forbidden without the right to see contacts."""
    return {found.id: _brief(found) for found in queries.contacts(actor).filter(id__in=list(ids))}


def most_active(actor: Actor, ids: Iterable[int]) -> list[int]:
    """Return the ids of those contacts the actor may see, the most recently active first. Raises Forbidden."""
    return queries.by_activity(actor, ids)


def standing(actor: Actor, ids: Iterable[int], *, silent_since: datetime) -> Standing:
    """Count those of the contacts who were not active since a moment, and those who are lost."""
    return queries.standing(actor, ids, silent_since=silent_since)


def _brief(found: Contact) -> BriefCard:
    rows = list(found.ownerships.all())
    return BriefCard(
        id=found.id,
        name=found.name,
        company_name=found.company_name,
        position=found.position,
        source=SOURCES[found.source].here() if found.source in SOURCES else found.source,
        source_detail=found.source_detail,
        created_at=found.created_at,
        last_seen_at=found.last_seen_at,
        tags=tuple(one.tag.name for one in found.contact_tags.all()),
        owners=tuple(one.member.name for one in rows if one.until is None and one.member),
        earlier=tuple(dict.fromkeys(one.member.name for one in rows if one.until is not None and one.member)),
        lost=found.owner_count == 0 and bool(rows),
    )


def _card(found: Contact) -> ContactCard:
    return ContactCard(found.id, found.name, found.source, found.company_name)


def _tag(found: Tag) -> TagCard:
    return TagCard(found.id, found.name, found.group_id, found.group.name)

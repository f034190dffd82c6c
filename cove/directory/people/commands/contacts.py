from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from cove.directory.people.commands.duplicates import suspect_alike
from cove.directory.people.commands.holding import hold_contact, hold_way
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, ContactIdentity, ContactVisitor
from cove.directory.people.permissions import CHANGE_CONTACT, EMAIL, KEEP_PEOPLE, PHONE
from cove.directory.people.queries import families_of
from cove.directory.people.queries.told import tells_anew
from cove.facts.people import ContactAdmitted, ContactChanged, VisitorJoined
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound

# By the way in which a visitor turned out to be somebody: who tells it.
_SOURCES = {"live_code": "live_code", "link": "link", "wechat": "official_account", "miniprogram": "miniprogram"}
_NOTE_SEEN = """
WITH seen AS (
    SELECT coalesce(c.merged_into_id, c.id) AS id, max(s.at) AS at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS s(id, at) JOIN people_contact c USING (id) GROUP BY 1
),
locked AS (
    SELECT c.id, seen.at FROM people_contact c JOIN seen USING (id)
    WHERE c.tenant_id = %s AND c.last_seen_at < seen.at ORDER BY c.id FOR UPDATE OF c
)
UPDATE people_contact c SET last_seen_at = locked.at FROM locked WHERE c.id = locked.id
"""


@command(KEEP_PEOPLE)
def admit_contact(
    actor: Actor,
    *,
    identity: Identity,
    source: str,
    at: datetime | None = None,
    profile: Profile | None = None,
) -> tuple[Contact, bool]:
    """Return the contact known by `identity`, and whether he is new; two calls at once make one contact.

    A new one is dated `at`, comes from `source` (a channel's name) and starts with `profile`. One who was merged is returned himself: what
    happens to him by this name stays his, should the merge be undone.
    """
    found = ContactIdentity.objects.select_related("contact").filter(kind=identity.kind, value=identity.value).first()
    if found:
        return found.contact, False
    _one_at_a_time(actor, identity)
    found = ContactIdentity.objects.select_related("contact").filter(kind=identity.kind, value=identity.value).first()
    if found:
        return found.contact, False
    when = at or clock.now()
    said = {key: value for key, value in asdict(profile or Profile()).items() if value is not None}
    contact = Contact.objects.create(source=source, created_at=when, last_seen_at=when, **said)
    ContactIdentity.objects.create(contact=contact, kind=identity.kind, value=identity.value, created_at=when)
    publish(
        ContactAdmitted(
            contact_id=contact.id, source=source, identity_kind=identity.kind, identity_value=identity.value
        ),
        at=when,
    )
    return contact, True


@command(KEEP_PEOPLE)
def fill_profile(
    actor: Actor, *, contact_id: int, profile: Profile, source: str = "wecom", at: datetime | None = None
) -> None:
    """Take over what a platform said of a contact `at` (now by default), also of one who was merged; what members wrote stays.

    Only fields that are still empty are filled, and the platform's picture is kept fresh. Raises NotFound.
    """
    contact = _own(actor, contact_id)
    changed = []
    for field, value in asdict(profile).items():
        if tells_anew(contact, field, value):
            setattr(contact, field, value)
            changed.append(field)
    if changed:
        contact.save(update_fields=changed)
        publish(ContactChanged(contact_id=contact.id, source=source, fields=changed), at=at)
        if {"phone", "email"} & set(changed):
            suspect_alike(actor, contact)


@command(CHANGE_CONTACT)
def change_contact(actor: Actor, *, contact_id: int, changes: dict[str, str]) -> Contact:
    """Set fields (name, company_name, position, phone, email) of a contact. Raises NotFound.

    A masked value that comes back as it was shown changes nothing.
    """
    contact = hold_contact(actor, contact_id, CHANGE_CONTACT)
    changed = [field for field, value in changes.items() if value not in _shown(actor, contact, field)]
    for field in changed:
        setattr(contact, field, changes[field])
    if changed:
        contact.save(update_fields=changed)
        publish(ContactChanged(contact_id=contact.id, member_id=actor.member_id, fields=changed))
        if {"phone", "email"} & set(changed):
            suspect_alike(actor, contact)
    return contact


def _shown(actor: Actor, contact: Contact, field: str) -> set[str]:
    """Return what the value of a field looks like to the actor, beside what it is."""
    value, sensitive = getattr(contact, field), {"phone": PHONE, "email": EMAIL}.get(field)
    hidden = sensitive is not None and value and not actor.sees(sensitive)
    return {value, sensitive.mask(value)} if hidden and sensitive else {value}


@command(KEEP_PEOPLE)
def set_source(actor: Actor, *, contact_id: int, source: str, detail: str, ref: int | None) -> None:
    """Say where a new contact came from: `source` (such as ``live_code``), its name for people, its id. Raises NotFound."""
    contact = _own(actor, contact_id)
    contact.source, contact.source_detail, contact.source_ref = source, detail, ref
    contact.save(update_fields=["source", "source_detail", "source_ref"])


@command(KEEP_PEOPLE)
def join_visitor(actor: Actor, *, contact_id: int, visitor_id: int, how: str, at: datetime | None = None) -> bool:
    """Give an anonymous visitor's history to a contact, who was recognised `at` (now by default); return whether it is his now.

    A visitor who already belongs to another contact stays there: two known people are never joined by a shared device.
    """
    way = hold_way(actor, contact_id)
    row, made = ContactVisitor.objects.get_or_create(
        visitor_id=visitor_id, defaults={"contact_id": contact_id, "how": how, "joined_at": at or clock.now()}
    )
    if made:
        source = _SOURCES.get(how, "web")
        stays = way[-1].into_id if way else contact_id
        fact = VisitorJoined(contact_id=stays, visitor_id=visitor_id, source=source, how=how)  # type: ignore[arg-type]  # validated there
        publish(fact, at=at)
    return row.contact_id == contact_id or row.contact_id in families_of(actor, [contact_id])[contact_id]


@command(KEEP_PEOPLE, audited=False)
def note_seen(actor: Actor, *, seen: dict[int, datetime]) -> None:
    """Remember when contacts were last active (`seen`: contact id to time); an earlier time changes nothing. One statement for all.

    Whoever was merged was seen as the one that stays.
    """
    from django.db import connection

    # In the order of ids, so that two at once do not wait for each other in a circle.
    pairs = sorted(seen.items())
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_SEEN, [[key for key, _ in pairs], [at for _, at in pairs], actor.tenant_id])


def _own(actor: Actor, contact_id: int) -> Contact:
    contact = Contact.leading_to(actor, KEEP_PEOPLE).select_for_update().filter(id=contact_id).first()
    if contact is None:
        raise NotFound
    return contact


def _one_at_a_time(actor: Actor, identity: Identity) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
            [f"{identity.kind}:{identity.value}", actor.tenant_id],
        )

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Prefetch, Q, QuerySet, TextField, Value, When

from cove.directory.people.contracts import ContactCounts, Standing
from cove.directory.people.models import Contact, Ownership
from cove.directory.people.permissions import EMAIL, PHONE, SEE_CONTACTS
from cove.directory.people.queries.persons import lead_of, merged_rows
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation
from cove.kernel.paging import beyond, bounded_count
from cove.kernel.scope import tenant_scope


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """What a list of contacts is narrowed by; None and empty mean no narrowing."""

    search: str = ""
    tag_id: int | None = None
    owner_id: int | None = None
    source: str = ""
    source_ref: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Contacts chosen one by one (`ids`), or all that a list's filter finds."""

    ids: tuple[int, ...] | None = None
    wanted: ContactFilter = ContactFilter()

    def document(self) -> dict[str, Any]:
        """Return it as a job's argument."""
        return {"ids": list(self.ids)} if self.ids is not None else {"wanted": asdict(self.wanted)}

    @classmethod
    def read(cls, document: dict[str, Any]) -> Selection:
        """Return the selection behind a job's argument."""
        if "ids" in document:
            return cls(ids=tuple(document["ids"]))
        return cls(wanted=ContactFilter(**document["wanted"]))


def selected(actor: Actor, selection: Selection, operation: Operation) -> QuerySet[Contact]:
    """Return the chosen contacts to whom the actor may do `operation`, and whom he sees. Raises Forbidden."""
    actor.require(operation)
    actor.require(SEE_CONTACTS)
    rows = Contact.visible_to(actor, operation)
    if not actor.reach(SEE_CONTACTS).everybody:
        rows = rows.filter(id__in=Contact.visible_to(actor).values("id"))
    if selection.ids is not None:
        return rows.filter(id__in=selection.ids)
    return _narrowed(actor, rows, selection.wanted)


def contacts(actor: Actor, wanted: ContactFilter | None = None) -> QuerySet[Contact]:
    """Return the contacts the actor may see, narrowed by `wanted`, with their tags and open owners."""
    actor.require(SEE_CONTACTS)
    rows = _narrowed(actor, Contact.visible_to(actor), wanted or ContactFilter())
    owners = Ownership.objects.select_related("member").order_by("-since")
    return rows.prefetch_related("contact_tags__tag", Prefetch("ownerships", owners))


def _narrowed(actor: Actor, rows: QuerySet[Contact], wanted: ContactFilter) -> QuerySet[Contact]:
    if wanted.search:
        # Whoever looks for one who was merged finds the one that stays.
        rows = merged_rows(rows, _matching(actor, wanted.search))
    if wanted.tag_id:
        rows = rows.filter(contact_tags__tag_id=wanted.tag_id)
    if wanted.owner_id:
        open_ones = Ownership.objects.filter(member_id=wanted.owner_id, until__isnull=True)
        rows = rows.filter(id__in=open_ones.values("contact_id"))
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.source_ref:
        rows = rows.filter(source_ref=wanted.source_ref)
    if wanted.state:
        rows = rows.filter(is_lost() if wanted.state == "lost" else ~is_lost())
    return rows


def _matching(actor: Actor, text: str) -> Q:
    found = Q(name__icontains=text) | Q(company_name__icontains=text)
    # Whoever sees a field masked could otherwise guess it by searching.
    if actor.sees(PHONE):
        found |= Q(phone=text)
    if actor.sees(EMAIL):
        found |= Q(email=text.lower())
    return found


def is_lost() -> Q:
    """Return the filter of the contacts that had an owner and have none any more."""
    return Q(owner_count=0, id__in=Ownership.objects.values("contact_id"))


def contact_ids(actor: Actor, where: Q, operation: Operation = SEE_CONTACTS) -> QuerySet[Contact, int]:
    """Return the ids of the contacts to whom the actor may do `operation` that meet `where`, a filter over their rows."""
    actor.require(operation)
    return Contact.visible_to(actor, operation).filter(where).values_list("id", flat=True)


def count_by_reason(actor: Actor, chosen: QuerySet[Any, int], reasons: Mapping[str, Q], *, most: int) -> Counter[str]:
    """Count the first `most` of the chosen contacts by the first of the reasons that each meets; "" for none. One statement."""
    cases = [When(where, then=Value(reason)) for reason, where in reasons.items()]
    rows = Contact.objects.filter(tenant_id=actor.tenant_id, id__in=chosen.order_by("id")[:most])
    told = rows.annotate(reason=Case(*cases, default=Value(""), output_field=TextField()))
    return Counter(dict(told.values("reason").annotate(all=Count("id")).order_by().values_list("reason", "all")))


def others_were_merged_into(actor: Actor) -> QuerySet[Contact, int]:
    """Return the ids of the contacts into whom others were merged."""
    rows = Contact.objects.filter(tenant_id=actor.tenant_id, merged_into__isnull=False)
    return rows.values_list("merged_into_id", flat=True)


def contact(actor: Actor, contact_id: int) -> Contact:
    """Return the contact to whom a number leads, with everything its page shows; raises NotFound."""
    rows = contacts(actor).prefetch_related("identities", "merged__identities")
    found = rows.filter(id=lead_of(actor, contact_id) or 0).first()
    if found is None:
        raise NotFound
    return found


def people_with_all(actor: Actor, ids: Iterable[int], operation: Operation) -> list[Contact]:
    """Return those of the contacts to whom the actor may do `operation`, with their tags and all owners."""
    owners = Ownership.objects.select_related("member").order_by("-since")
    rows = Contact.visible_to(actor, operation).filter(id__in=set(ids))
    return list(rows.prefetch_related("contact_tags__tag", Prefetch("ownerships", owners)))


def count_contacts(actor: Actor, *, since: datetime, operation: Operation = SEE_CONTACTS) -> ContactCounts:
    """Count the contacts to whom the actor may do `operation`: all, those admitted since `since`, and those lost since then.

    Lost: the last ownership ended.
    """
    rows = Contact.visible_to(actor, operation)
    ended = Ownership.objects.filter(tenant_id=actor.tenant_id, until__gte=since)
    return ContactCounts(
        total=rows.count(),
        new=rows.filter(created_at__gte=since).count(),
        lost=rows.filter(owner_count=0, id__in=ended.values("contact_id")).count(),
    )


def contacts_kept(actor: Actor) -> tuple[int, bool]:
    """Return how many contacts the actor may see, counted up to a bound, and whether that is the whole number."""
    actor.require(SEE_CONTACTS)
    with tenant_scope(actor.tenant_id):
        return bounded_count(Contact.visible_to(actor))


def neighbours(actor: Actor, found: Contact) -> tuple[int | None, int | None]:
    """Return the ids before and after a contact in the list's default order (newest first), None at an end."""
    rows = Contact.visible_to(actor)
    newer, older = (
        rows.filter(beyond("created_at", found.created_at, found.id, descending=down)) for down in (False, True)
    )
    newer, older = newer.order_by("created_at", "id"), older.order_by("-created_at", "-id")
    return newer.values_list("id", flat=True).first(), older.values_list("id", flat=True).first()


def lost_before(actor: Actor, moment: datetime) -> QuerySet[Contact]:
    """Return the contacts who lost their last owner before a moment and were not active since."""
    rows = Contact.visible_to(actor).filter(owner_count=0, last_seen_at__lt=moment)
    ended = Ownership.objects.filter(tenant_id=actor.tenant_id).values("contact_id")
    late = Ownership.objects.filter(tenant_id=actor.tenant_id, until__gte=moment).values("contact_id")
    return rows.filter(id__in=ended).exclude(id__in=late)


def followed_counts(actor: Actor, member_ids: Iterable[int]) -> dict[int, int]:
    """Return how many contacts each of these members follows now; who follows nobody is left out."""
    rows = _followed(actor).filter(member_id__in=list(member_ids))
    return dict(rows.values_list("member_id").annotate(Count("id")))


def followed_ids(actor: Actor, member_id: int, *, after: int, limit: int) -> list[int]:
    """Return the next contacts a member follows, after the contact `after`."""
    rows = _followed(actor).filter(member_id=member_id)
    return list(rows.filter(contact_id__gt=after).order_by("contact_id").values_list("contact_id", flat=True)[:limit])


def followed_by_nobody_else(actor: Actor, member_id: int) -> int:
    """Return how many contacts only this member follows."""
    return _followed(actor).filter(member_id=member_id, contact__owner_count=1).count()


def _followed(actor: Actor) -> QuerySet[Ownership]:
    # Whoever was merged is followed as the one that stays.
    return Ownership.objects.filter(tenant_id=actor.tenant_id, until__isnull=True, contact__merged_into__isnull=True)


def page_after(rows: QuerySet[Contact], *, before: int | None, limit: int) -> list[Contact]:
    """Return the next contacts of a selection, newest number first, with all that a file of them may say."""
    some = rows if before is None else rows.filter(id__lt=before)
    owners = Ownership.objects.select_related("member").order_by("since")
    wanted = some.prefetch_related(
        "contact_tags__tag", "identities", "merged__identities", Prefetch("ownerships", owners)
    )
    return list(wanted.order_by("-id")[:limit])


def by_activity(actor: Actor, ids: Iterable[int]) -> list[int]:
    """Return those of the contacts the actor may see, the most recently active first."""
    actor.require(SEE_CONTACTS)
    rows = Contact.visible_to(actor).filter(id__in=list(ids)).order_by("-last_seen_at", "-id")
    return list(rows.values_list("id", flat=True))


def standing(actor: Actor, ids: Iterable[int], *, silent_since: datetime) -> Standing:
    """Count those of the contacts, whom the actor may see, who were not active since a moment and who are lost."""
    rows = Contact.visible_to(actor).filter(id__in=list(ids))
    return Standing(silent=rows.filter(last_seen_at__lt=silent_since).count(), lost=rows.filter(owner_count=0).count())

"""Two contacts who may be one person: written down, never joined by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q
from django.db.models.functions import Coalesce

from cove.directory.people.contracts import REASONS
from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.queries import families_of
from cove.directory.people.queries.duplicates import duplicate
from cove.directory.people.queries.names import matching
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

MOST_ALIKE = 20
"""A switchboard's number stands in many profiles: that many of them are told, the newest."""


def suspect(actor: Actor, contact_id: int, other_id: int, reason: str, value: str = "") -> None:
    """Write down, within the caller's command, that two contacts may be one person, and by which name (`value`) they met.

    `reason` is a key of REASONS. What members have decided stays decided until another reason comes.
    """
    _suspect(actor, contact_id, {other_id: [(reason, value)]})


def suspect_alike(actor: Actor, contact: Contact) -> None:
    """Write down who has the same phone or e-mail as a contact, in his profile or as an identity. As many questions for all as for one."""
    found: dict[int, list[tuple[str, str]]] = {}
    for kind, value in (("phone", contact.phone), ("email", contact.email)):
        if value:
            for other_id in matching(actor, kind, value, without=contact.id, most=MOST_ALIKE):
                found.setdefault(other_id, []).append((kind, value))
    _suspect(actor, contact.id, found)


def _suspect(actor: Actor, contact_id: int, found: Mapping[int, Sequence[tuple[str, str]]]) -> None:
    """Write down with whom (`found`: number to reason and value) a contact may be one person."""
    if unknown := {reason for met in found.values() for reason, _ in met} - set(REASONS):
        raise KeyError(*unknown)
    families = families_of(actor, [contact_id, *found]) if found else {}
    mine = families.get(contact_id)
    others = [one for one in sorted(found) if mine and one in families and families[one] != mine]
    if not mine or not others:
        return
    heard = []
    for row in _held(contact_id, others):
        other_id = row.other_id if row.one_id == contact_id else row.one_id
        said = {(reason["kind"], reason["value"]) for reason in row.reasons}
        if fresh := [one for one in found[other_id] if one not in said]:
            _reopen(row, fresh)
            heard.append(row)
    if heard:
        SuspectedDuplicate.objects.bulk_update(heard, ["reasons", "last_at", "state", "decided_at", "decided_by"])
        settle_told({*mine, *(number for one in others for number in families[one])})


def _held(contact_id: int, others: Sequence[int]) -> list[SuspectedDuplicate]:
    """Return the rows of a contact and each of the others, made where there is none, held until the command ends."""
    now = clock.now()
    pairs = [(min(contact_id, one), max(contact_id, one)) for one in others]
    made = [SuspectedDuplicate(one_id=a, other_id=b, first_at=now, last_at=now, told=False) for a, b in pairs]
    SuspectedDuplicate.objects.bulk_create(made, ignore_conflicts=True)
    theirs = Q(one_id=contact_id, other_id__in=others) | Q(one_id__in=others, other_id=contact_id)
    return list(SuspectedDuplicate.objects.select_for_update().filter(theirs).order_by("id"))


def _reopen(row: SuspectedDuplicate, reasons: Iterable[tuple[str, str]]) -> None:
    now = clock.now()
    row.reasons = [*row.reasons, *({"kind": kind, "value": value, "at": now.isoformat()} for kind, value in reasons)]
    row.last_at, row.state, row.decided_at, row.decided_by = now, SuspectedDuplicate.State.OPEN, None, None


def settle_told(contact_ids: Iterable[int]) -> None:
    """Let each two contacts who stay stand in the list once: `contact_ids` are all numbers of those of whom something changed."""
    ids = list(contact_ids)
    rows = SuspectedDuplicate.objects.filter(Q(one_id__in=ids) | Q(other_id__in=ids)).annotate(
        one_stays=Coalesce("one__merged_into_id", "one_id"), other_stays=Coalesce("other__merged_into_id", "other_id")
    )
    seen: set[frozenset[int]] = set()
    changed: dict[bool, list[int]] = {True: [], False: []}
    for row in rows.filter(state=SuspectedDuplicate.State.OPEN).order_by("-last_at", "-id"):
        pair = frozenset((row.one_stays, row.other_stays))
        told = len(pair) == 2 and pair not in seen  # noqa: PLR2004 -- two people
        seen.add(pair)
        if row.told != told:
            changed[told].append(row.id)
    for told, numbers in changed.items():
        if numbers:
            SuspectedDuplicate.objects.filter(id__in=numbers).update(told=told)


@command(MERGE_CONTACTS)
def tell_apart(actor: Actor, *, duplicate_id: int) -> None:
    """Say that two contacts are not the same person: nobody is asked about them again for the same reasons. Raises NotFound."""
    row = duplicate(actor, duplicate_id)
    ones = families_of(actor, [row.one_id, row.other_id])
    pair = Q(one_id__in=ones[row.one_id], other_id__in=ones[row.other_id])
    back = Q(one_id__in=ones[row.other_id], other_id__in=ones[row.one_id])
    SuspectedDuplicate.objects.filter(pair | back, state=SuspectedDuplicate.State.OPEN).update(
        state=SuspectedDuplicate.State.DIFFERENT, decided_at=clock.now(), decided_by=actor.member_id
    )

"""Erasing a person, step by step. Each step leaves word of itself with what it did, so that a job that died goes on behind it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from django.db import IntegrityError, transaction

from cove.directory.people import facade as people
from cove.directory.privacy.commands.sweeps import late_person
from cove.directory.privacy.errors import ErasureUnderWay, NameDiffers, TooLateToCancel
from cove.directory.privacy.models import Erasure, PrivacySettings, Tombstone
from cove.directory.privacy.permissions import ERASE_PERSON, KEEP_PRIVACY
from cove.directory.privacy.queries.consents import reach_or_refuse
from cove.directory.privacy.queries.digests import digest
from cove.directory.privacy.queries.sealing import open_person, seal_person
from cove.facts.privacy import ErasureAsked, ErasureCancelled, PersonErased
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.audit.commands import forget_person
from cove.kernel.command import command, publish
from cove.kernel.errors import NotFound
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.personal_data import Holder, Person

ERASE_JOB = "privacy.erase_person"


@command(ERASE_PERSON)
def ask_erasure(actor: Actor, *, contact_id: int, name: str, why: str) -> Erasure:
    """Ask for the erasure of a contact and of all who were merged into him, confirmed by his name, after the tenant's days of grace.

    Raises NotFound, NameDiffers, ErasureUnderWay.
    """
    contact_id = reach_or_refuse(actor, contact_id, ERASE_PERSON)[0]
    card = people.contacts_by_id(Actor.system(actor.tenant_id), [contact_id])[contact_id]
    if name.strip() != card.name.strip():
        raise NameDiffers(name=card.name, fields={"name": NameDiffers.words})
    return plan_erasure(actor, contact_id=contact_id, why=why, grace_days=PrivacySettings.of_tenant().grace_days)


@command(KEEP_PRIVACY)
def plan_erasure(actor: Actor, *, contact_id: int, why: str, grace_days: int) -> Erasure:
    """Write down that a contact will be erased after some days; with no grace it begins at once. Raises ErasureUnderWay."""
    now = clock.now()
    try:
        with transaction.atomic():
            row = Erasure.objects.create(
                contact_id=contact_id,
                why=why,
                asked_by=actor.member_id,
                asked_at=now,
                due_at=now + timedelta(days=grace_days),
            )
    except IntegrityError as error:
        raise ErasureUnderWay from error
    publish(ErasureAsked(contact_id=contact_id, member_id=actor.member_id))
    if grace_days == 0:
        start_erasure(actor, erasure_id=row.id)
    return row


@command(KEEP_PRIVACY)
def start_erasure(actor: Actor, *, erasure_id: int) -> None:
    """Put the job of an erasure into the queue, unless it is there. Were it there twice, the second would find the first at it."""
    live = [JobRun.State.WAITING, JobRun.State.RUNNING]
    if JobRun.objects.filter(kind=ERASE_JOB, arguments__erasure_id=erasure_id, state__in=live).exists():
        return
    start_job(actor, jobs[ERASE_JOB], erasure_id=erasure_id)


@command(ERASE_PERSON)
def cancel_erasure(actor: Actor, *, contact_id: int) -> Erasure:
    """Call off an erasure that has not begun. Raises NotFound, TooLateToCancel."""
    family = reach_or_refuse(actor, contact_id, ERASE_PERSON)
    row = Erasure.objects.select_for_update().filter(contact_id__in=family).order_by("-id").first()
    if row is None:
        raise NotFound
    if row.state != Erasure.State.WAITING:
        raise TooLateToCancel
    row.state, row.cancelled_by, row.finished_at = Erasure.State.CANCELLED, actor.member_id, clock.now()
    row.save()
    publish(ErasureCancelled(contact_id=family[0], member_id=actor.member_id))
    return row


@command(KEEP_PRIVACY)
def begin_erasure(actor: Actor, *, erasure_id: int) -> Person | None:
    """Take down for good whom it is about and put up his tombstones; return him, None when there is nothing to do.

    From here on what arrives about him is nobody's. Called again it returns the same person.
    """
    row = Erasure.objects.select_for_update().filter(id=erasure_id).first()
    if row is None or row.state not in (Erasure.State.WAITING, Erasure.State.RUNNING) or row.due_at > clock.now():
        return None
    if row.state == Erasure.State.RUNNING:
        return open_person(row.sealed_person)
    if row.sealed_person:
        late = late_person(actor, row)
        return _take_down(row, _with_disguises(late)) if late else None
    if row.contact_id is None:
        row.state, row.finished_at = Erasure.State.CANCELLED, clock.now()
        row.save()
        return None
    person = _take_down(row, _with_disguises(people.person_of(actor, row.contact_id)))
    known: list[tuple[str, str | int]] = [
        *(("contact", one) for one in person.contacts),
        *(("visitor", one) for one in person.visitors),
        *person.identities,
    ]
    Tombstone.objects.bulk_create(
        (Tombstone(digest=digest(actor.tenant_id, kind, value), kind=kind, at=clock.now()) for kind, value in known),
        ignore_conflicts=True,
    )
    return person


def _take_down(row: Erasure, person: Person) -> Person:
    row.sealed_person, row.state, row.begun_at = seal_person(person), Erasure.State.RUNNING, clock.now()
    row.save()
    return person


@command(KEEP_PRIVACY)
def erase_step(actor: Actor, *, erasure_id: int, holder: Holder, person: Person) -> None:
    """Let one holder remove what it has, and note how much with it; a step that was done is not done again."""
    row = Erasure.objects.select_for_update().get(id=erasure_id)
    if holder.key not in row.counts:
        _note(row, holder.key, holder.erase(actor, person))


@command(KEEP_PRIVACY)
def note_step(actor: Actor, *, erasure_id: int, holder: Holder, count: int) -> None:
    """Note how much a holder removed that works outside of PostgreSQL. What it did before it died is not known any more."""
    row = Erasure.objects.select_for_update().get(id=erasure_id)
    _note(row, holder.key, count)


@command(KEEP_PRIVACY)
def finish_erasure(actor: Actor, *, erasure_id: int) -> None:
    """Forget whom it was about, and leave the certificate. The audit's own record of him goes, too."""
    row = Erasure.objects.select_for_update().get(id=erasure_id)
    if row.state != Erasure.State.RUNNING:
        return
    person = open_person(row.sealed_person)
    row.sealed_person, row.contact, row.why = "", None, ""
    row.state, row.finished_at = Erasure.State.DONE, clock.now()
    row.save()
    for contact_id in person.contacts:
        forget_person(actor, contact_id=contact_id)
    publish(PersonErased(erasure_id=row.id))


def _note(row: Erasure, key: str, count: int) -> None:
    row.counts = {**row.counts, key: count}
    row.save(update_fields=["counts"])


def _with_disguises(person: Person) -> Person:
    numbers = {visitor: secrets.randbits(63) for visitor in person.visitors}
    return replace(person, statistic=secrets.randbits(63) or 1, disguises=numbers)

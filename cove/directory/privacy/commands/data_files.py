from __future__ import annotations

from datetime import timedelta

from cove.directory.privacy.models import DataFile
from cove.directory.privacy.permissions import EXPORT_PERSON, KEEP_PRIVACY
from cove.directory.privacy.queries.consents import reach_or_refuse
from cove.facts.privacy import PersonExported
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.words import current_language

EXPORT_JOB = "privacy.export_person"
KEPT_FOR = timedelta(days=7)


@command(EXPORT_PERSON)
def ask_data_file(actor: Actor, *, contact_id: int) -> DataFile:
    """Start to put together everything that is held of a contact as a file, which is kept for a week. Raises NotFound."""
    contact_id = reach_or_refuse(actor, contact_id, EXPORT_PERSON)[0]
    now = clock.now()
    row = DataFile.objects.create(
        contact_id=contact_id, asked_by=actor.member_id, asked_at=now, expires_at=now + KEPT_FOR
    )
    language = current_language()
    row.run_id = start_job(actor, jobs[EXPORT_JOB], contact_id=contact_id, data_file_id=row.id, language=language).id
    row.save(update_fields=["run_id"])
    publish(PersonExported(contact_id=contact_id, member_id=actor.member_id))
    return row


@command(KEEP_PRIVACY)
def note_ready(actor: Actor, *, data_file_id: int, file_id: int) -> bool:
    """Note that the file is there; False if the contact went meanwhile."""
    rows = DataFile.objects.filter(id=data_file_id)
    return bool(rows.update(file_id=file_id, ready_at=clock.now()))

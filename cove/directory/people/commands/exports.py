"""Asking for a file of contacts, and noting that it was made."""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.people.contracts import COLUMNS
from cove.directory.people.errors import NobodyChosen, UnknownColumn
from cove.directory.people.permissions import EXPORT_CONTACTS, NOTE_EXPORT
from cove.directory.people.queries import Selection, selected
from cove.facts.people import ContactsExported
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.files.tables import TableFormat
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.words import current_language

EXPORT_JOB = "people.export_contacts"


@command(EXPORT_CONTACTS)
def start_export(actor: Actor, *, selection: Selection, columns: Sequence[str], kind: TableFormat) -> JobRun:
    """Start making a file of the selected contacts whom the actor may export; return the job. Raises UnknownColumn, NobodyChosen."""
    if unknown := [key for key in columns if key not in COLUMNS]:
        raise UnknownColumn(column=unknown[0], fields={"columns": UnknownColumn.words})
    if not selected(actor, selection, EXPORT_CONTACTS).exists():
        raise NobodyChosen
    return start_job(
        actor,
        jobs[EXPORT_JOB],
        member_id=actor.member_id,
        selection=selection.document(),
        columns=list(dict.fromkeys(columns)),
        kind=kind,
        language=current_language(),
    )


@command(NOTE_EXPORT)
def note_exported(
    actor: Actor, *, member_id: int, file_id: int, count: int, columns: Sequence[str], revealed: Sequence[str]
) -> None:
    """Tell that a file of contacts was made, by whom, and which sensitive columns stand in it whole."""
    publish(
        ContactsExported(
            member_id=member_id, file_id=file_id, count=count, columns=list(columns), revealed=list(revealed)
        )
    )

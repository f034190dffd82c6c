"""Asking for a file of contacts, and noting that it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cove.directory.people.contracts import COLUMNS
from cove.directory.people.errors import NobodyChosen, UnknownColumn
from cove.directory.people.models import Contact
from cove.directory.people.permissions import EXPORT_CONTACTS, NOTE_EXPORT
from cove.directory.people.queries import Selection, selected
from cove.facts.people import ContactsExported
from cove.kernel.actor import Actor
from cove.kernel.audit.noting import note_export
from cove.kernel.command import command, publish
from cove.kernel.files.tables import TableFormat
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.words import current_language

EXPORT_JOB = "people.export_contacts"
HIDDEN = "***"


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
    actor: Actor,
    *,
    asker: Actor,
    selection: Selection,
    file_id: int,
    count: int,
    columns: Sequence[str],
    revealed: Sequence[str],
) -> None:
    """Tell that a file of contacts was made, by whom, and which sensitive columns stand in it whole; the audit log says it, too."""
    kind = Contact._meta.db_table  # noqa: SLF001 -- Django's documented Meta API
    note_export(asker, what=kind, filter=_told_filter(selection), count=count, fields=columns)
    publish(
        ContactsExported(
            member_id=asker.member_id or 0,
            file_id=file_id,
            count=count,
            columns=list(columns),
            revealed=list(revealed),
        )
    )


def _told_filter(selection: Selection) -> dict[str, Any]:
    if selection.ids is not None:
        return {"ids": list(selection.ids)}
    wanted = {key: value for key, value in asdict(selection.wanted).items() if value}
    # Whom one searches for may be erased later, and nobody takes words out of what the log says of a filter.
    return wanted | ({"search": HIDDEN} if wanted.get("search") else {})

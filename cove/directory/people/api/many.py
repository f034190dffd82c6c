"""Console: what is done to many contacts at once: files of them, and changes that can be undone."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.people import queries
from cove.directory.people.commands.exports import start_export
from cove.directory.people.commands.many import ManyChange, update_many
from cove.directory.people.contracts import COLUMNS
from cove.directory.people.errors import NobodyChosen, NothingToChange, UnknownColumn, UnknownOwner, UnknownTag
from cove.directory.people.permissions import (
    EMAIL,
    EXPORT_CONTACTS,
    HAND_OVER,
    PHONE,
    SEE_CONTACTS,
    UPDATE_MANY,
    WECHAT_ID,
)
from cove.directory.people.queries import ContactFilter, Selection
from cove.directory.people.schemas.contacts import (
    ChosenAnswer,
    ChosenContacts,
    ChosenCounts,
    ExportColumnAnswer,
    ExportColumnsAnswer,
    NewExport,
    NewUpdate,
)
from cove.kernel.actor import Actor
from cove.kernel.changesets.api import ChangeSetAnswer, change_set_answer
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.jobs.api import JobAnswer, job_answer
from cove.kernel.operations import Operation
from cove.kernel.paging import bounded_count

console = Router(tags=["contacts"])

_SENSITIVE = {"phone": PHONE, "email": EMAIL, "wechat_id": WECHAT_ID}


@console.get(
    "/contact-exports/columns", response={200: ExportColumnsAnswer, **refusals(Forbidden)}, **needs(EXPORT_CONTACTS)
)
def list_export_columns(request: HttpRequest) -> ExportColumnsAnswer:
    """List the columns that a file of contacts may have."""
    who = actor(request)
    return ExportColumnsAnswer(
        columns=[
            ExportColumnAnswer(key=key, label=words.here(), masked=key in _SENSITIVE and not who.sees(_SENSITIVE[key]))
            for key, words in COLUMNS.items()
        ]
    )


@console.post(
    "/contact-exports",
    response={201: JobAnswer, **refusals(Forbidden, UnknownColumn, NobodyChosen)},
    **needs(EXPORT_CONTACTS),
)
def export(request: HttpRequest, payload: NewExport) -> Status[JobAnswer]:
    """Make a file of contacts as a job; its link is in the job when it is done, for seven days."""
    who = actor(request)
    run = start_export(who, selection=_selection(payload.selection), columns=payload.columns, kind=payload.format)
    return Status(201, job_answer(run, who))


@console.post("/contact-updates/preview", response={200: ChosenCounts, **refusals(Forbidden)}, **needs(SEE_CONTACTS))
def preview_update(request: HttpRequest, payload: ChosenContacts) -> ChosenCounts:
    """Count the chosen contacts by what one may do to them."""
    who, selection = actor(request), _selection(payload)
    return ChosenCounts(
        export=_chosen(who, selection, EXPORT_CONTACTS),
        update=_chosen(who, selection, UPDATE_MANY),
        hand_over=_chosen(who, selection, HAND_OVER),
    )


@console.post(
    "/contact-updates",
    response={201: ChangeSetAnswer, **refusals(Forbidden, NothingToChange, UnknownTag, UnknownOwner, NobodyChosen)},
    **needs(UPDATE_MANY),
)
def change_many(request: HttpRequest, payload: NewUpdate) -> Status[ChangeSetAnswer]:
    """Change many contacts as a job that can be undone for thirty days."""
    who = actor(request)
    wanted = ManyChange(
        add=tuple(dict.fromkeys(payload.add)),
        remove=tuple(dict.fromkeys(payload.remove)),
        fields=payload.fields.model_dump(exclude_none=True) if payload.fields else {},
        owner_id=payload.owner_id,
    )
    return Status(201, change_set_answer(who, update_many(who, selection=_selection(payload.selection), wanted=wanted)))


def _chosen(who: Actor, selection: Selection, operation: Operation) -> ChosenAnswer:
    if not who.may(operation):
        return ChosenAnswer(count=0, exact=True)
    count, exact = bounded_count(queries.selected(who, selection, operation))
    return ChosenAnswer(count=count, exact=exact)


def _selection(chosen: ChosenContacts) -> Selection:
    if chosen.ids is not None:
        return Selection(ids=tuple(dict.fromkeys(chosen.ids)))
    return Selection(
        wanted=ContactFilter(
            search=chosen.search.strip(),
            tag_id=chosen.tag_id,
            owner_id=chosen.owner_id,
            source="live_code" if chosen.code_id else chosen.source,
            source_ref=chosen.code_id,
            state=chosen.state,
        )
    )

"""Console: what a member may do, and why he may not."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.org import queries
from cove.directory.org.api.role_answers import rights_answer
from cove.directory.org.permissions import SEE_ROLES
from cove.directory.org.schemas.roles import (
    GiversAnswer,
    MemberRightsAnswer,
    RecordChoicesAnswer,
    WhyAnswer,
    WhyQuestion,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.http.shapes import NamedId
from cove.kernel.operations import operations

console = Router(tags=["roles"])


@console.get(
    "/members/{member_id}/rights",
    response={200: MemberRightsAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_ROLES),
)
def read_rights(request: HttpRequest, member_id: int) -> MemberRightsAnswer:
    """Tell what a member may do in effect: each right with its data scope, by which roles, and whose rows it covers."""
    return rights_answer(queries.rights.effective_rights(actor(request), member_id))


@console.post(
    "/members/{member_id}/why", response={200: WhyAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_ROLES)
)
def ask_why(request: HttpRequest, member_id: int, payload: WhyQuestion) -> WhyAnswer:
    """Tell why a member may or may not do something, to a record if one is named that the reader himself sees."""
    found = queries.why.why(
        actor(request), member_id=member_id, operation_key=payload.operation, record_id=payload.record_id
    )
    return WhyAnswer(may=found.may, reason=found.reason, text=found.text)


@console.get("/roles/records", response={200: RecordChoicesAnswer, **refusals(Forbidden)}, **needs(SEE_ROLES))
def list_record_choices(
    request: HttpRequest,
    operation: Annotated[str, Query(max_length=100)],
    search: Annotated[str, Query(max_length=100)] = "",
) -> RecordChoicesAnswer:
    """List records to choose from that an operation is done to, newest first."""
    found = queries.why.choices(actor(request), operation_key=operation, search=search.strip())
    return RecordChoicesAnswer(items=[NamedId(id=key, name=name) for key, name in found])


@console.get("/session/rights", response={200: MemberRightsAnswer, **refusals(NotFound)}, **signed_in())
def read_own_rights(request: HttpRequest) -> MemberRightsAnswer:
    """Tell what one may do oneself."""
    who = actor(request)
    return rights_answer(queries.rights.effective_rights(who, who.member_id or 0))


@console.get("/session/why", response={200: GiversAnswer, **refusals(NotFound)}, **signed_in())
def ask_who_can_give(request: HttpRequest, operation: Annotated[str, Query(max_length=100)]) -> GiversAnswer:
    """Tell whether one holds a right oneself, and who could give it."""
    who = actor(request)
    entry = operations.get(operation)
    if entry is None or not entry.grantable:
        raise NotFound
    givers = queries.roles.who_can_give(who, entry)
    return GiversAnswer(operation=entry.key, label=entry.label.here(), held=who.may(entry), givers=givers)

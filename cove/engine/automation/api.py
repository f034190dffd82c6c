"""Console: what automation can do, and why it did or did not."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from ninja import Router

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.engine.automation import queries
from cove.engine.automation.models import Act
from cove.engine.automation.permissions import SEE_ACTS
from cove.engine.automation.schemas import (
    ActAnswer,
    ActionAnswer,
    ActionsAnswer,
    CauseAnswer,
    ReasonAnswer,
)
from cove.kernel.actions import actions
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.http.shapes import NamedId
from cove.kernel.log.fact import catalogue
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["automation"])

_STATES = {"done": Words("已执行", "Done"), "refused": Words("未执行", "Not done")}


@console.get("/automation/actions", response={200: ActionsAnswer, **refusals()}, **signed_in(keys=True))
def list_actions(request: HttpRequest) -> ActionsAnswer:
    """List what automation can do: the catalogue behind journeys and live codes."""
    return ActionsAnswer(
        items=[
            ActionAnswer(
                key=one.key,
                label=one.label.here(),
                owner=one.key.split(".")[0],
                operation=one.operation.key,
                params=one.params.model_json_schema(),
            )
            for one in actions
        ]
    )


@console.get("/automation/acts", response={200: Page[ActAnswer], **refusals(Forbidden, NotFound)}, **needs(SEE_ACTS))
def list_acts(
    request: HttpRequest, contact_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[ActAnswer]:
    """List what was done to a contact and what was not, newest first, each with its cause and reason."""
    who = actor(request)
    rows = queries.acts(who, contact_id)
    found, following = slice_after(rows, sort="-at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    members = org.members_by_id(who, [row.member_id for row in found if row.member_id])
    return Page(items=[_act(row, members) for row in found], next_cursor=following, total=total, total_exact=exact)


def _act(row: Act, members: Mapping[int, MemberCard]) -> ActAnswer:
    declared = actions.get(row.action)
    member = members.get(row.member_id or 0)
    reason = row.reason
    return ActAnswer(
        id=row.id,
        action=row.action,
        label=declared.label.here() if declared else row.action,
        params=row.params,
        state="refused" if reason else "done",
        state_label=_STATES[row.state].here(),
        reason=ReasonAnswer(code=reason["code"], text=Words(reason["zh"], reason["en"]).plain()) if reason else None,
        cause=_cause(row),
        member=NamedId(id=member.id, name=member.name) if member else None,
        at=row.at,
    )


def _cause(row: Act) -> CauseAnswer | None:
    if not row.chain and not row.on_behalf:
        return None
    link = row.chain[-1] if row.chain else {"kind": "", "rule": ""}
    fact = catalogue.get(link["kind"])
    return CauseAnswer(
        kind=link["kind"], label=fact.label.here() if fact else link["kind"], rule=link["rule"], on_behalf=row.on_behalf
    )

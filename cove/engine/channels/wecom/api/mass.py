"""Console: mass messages, who has to confirm them, and what became of each customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.directory.people import facade as people
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.mass import (
    MOST_CUSTOMERS,
    cancel_mass_message,
    order_mass,
    remind_of_mass_message,
    reread_mass_message,
)
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.states import TargetState
from cove.engine.channels.wecom.errors import NobodyToReach, NotConfigured, TooMany
from cove.engine.channels.wecom.models import WecomMassMember, WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.engine.channels.wecom.schemas.contents import shown_attachments
from cove.engine.channels.wecom.schemas.mass import (
    MassActed,
    MassAnswer,
    MassMemberAnswer,
    MassReach,
    MassReachAsked,
    MassReason,
    MassResultAnswer,
    NewMass,
)
from cove.facts.delivery import REASONS
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.files.models import StoredFile
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["channels"])

_SAYS_NOTHING = Words("请填写文字，或添加附件", "Write a text, or add something to it")


@console.get("/mass-messages", response={200: Page[MassAnswer], **refusals(Forbidden)}, **needs(SEND_MASS))
def list_mass_messages(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=60)] = "",
    state: Literal["", "waiting", "made", "done", "cancelled", "failed"] = "",
    kind: Literal["", "single", "group"] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[MassAnswer]:
    """List mass messages with how far each has come, the newest first."""
    who = actor(request)
    rows = queries.masses(who, search=search, state=state, chat_type=kind)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=_shown(who, found), next_cursor=following, total=total, total_exact=exact)


@console.post("/mass-messages/preview", response={200: MassReach, **refusals(Forbidden)}, **needs(SEND_MASS))
def preview_mass_message(request: HttpRequest, payload: MassReachAsked) -> MassReach:
    """Tell whom a mass message would reach now, and of the others why not; it is asked again when it goes out."""
    who, aim = actor(request), payload.aim
    if aim.kind == "groups":
        count = len(queries.aimed_groups(who, aim))
        return MassReach(found=count, exact=True, reached=count, left_out=[])
    counted = queries.count_mass_reach(who, aim, most=MOST_CUSTOMERS + 1, sender_id=payload.sender_id)
    found, reached = counted.total(), counted.pop("", 0)
    return MassReach(found=found, exact=found <= MOST_CUSTOMERS, reached=reached, left_out=_reasons(counted))


@console.post(
    "/mass-messages",
    response={201: list[MassAnswer], **refusals(Forbidden, InvalidInput, NotConfigured, NobodyToReach, TooMany)},
    **needs(SEND_MASS),
)
def send_mass_message(request: HttpRequest, payload: NewMass) -> Status[list[MassAnswer]]:
    """Have members send a message: one task for each 10,000 customers, or for each owner of groups."""
    who = actor(request)
    rows = order_mass(who, name=payload.name, content=_content(payload), aim=payload.aim, sender_id=payload.sender_id)
    return Status(201, _shown(who, rows))


@console.get(
    "/mass-messages/{mass_id}", response={200: MassAnswer, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def read_mass_message(request: HttpRequest, mass_id: int) -> MassAnswer:
    """Show one mass message and how far it has come."""
    who = actor(request)
    return _shown(who, [queries.mass(who, mass_id)])[0]


@console.get(
    "/mass-messages/{mass_id}/members",
    response={200: Page[MassMemberAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEND_MASS),
)
def list_mass_members(
    request: HttpRequest, mass_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MassMemberAnswer]:
    """List who has it to confirm."""
    who = actor(request)
    rows = queries.mass_members(who, mass_id)
    found, following = slice_after(rows, sort="id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    cards = org.members_by_wecom_userids(who, {row.userid.lower() for row in found})
    return Page(items=[_member(row, cards) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/mass-messages/{mass_id}/results",
    response={200: Page[MassResultAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEND_MASS),
)
def list_mass_results(
    request: HttpRequest,
    mass_id: int,
    state: Literal["", "waiting", "sent", "failed"] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[MassResultAnswer]:
    """List what became of each customer or group."""
    who = actor(request)
    rows = queries.mass_targets(who, mass_id, state=state)
    found, following = slice_after(rows, sort="id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=_results(who, found), next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/mass-messages/{mass_id}/remind", response={200: MassActed, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def remind_of_mass(request: HttpRequest, mass_id: int) -> MassActed:
    """Remind members who did not send yet; three times in 24 hours at most."""
    return MassActed(done=remind_of_mass_message(actor(request), task_id=mass_id))


@console.post(
    "/mass-messages/{mass_id}/cancel", response={200: MassActed, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def cancel_mass(request: HttpRequest, mass_id: int) -> MassActed:
    """Take it from members who did not send yet; what went out stays with the customers."""
    return MassActed(done=cancel_mass_message(actor(request), task_id=mass_id))


@console.post(
    "/mass-messages/{mass_id}/refresh", response={200: MassActed, **refusals(Forbidden, NotFound)}, **needs(SEND_MASS)
)
def refresh_mass(request: HttpRequest, mass_id: int) -> MassActed:
    """Ask WeCom now how it stands; what it says comes a moment later."""
    return MassActed(done=reread_mass_message(actor(request), task_id=mass_id))


def _content(payload: NewMass) -> Content:
    if not payload.text and not payload.attachments:
        raise InvalidInput(fields={"text": _SAYS_NOTHING})
    return Content(text=payload.text, attachments=tuple(payload.attachments))


def _shown(who: Actor, rows: Iterable[WecomMassTask]) -> list[MassAnswer]:
    found = list(rows)
    figures = queries.mass_figures(who, [row.id for row in found])
    files = queries.files_of_contents(who, [row.content for row in found])
    return [_answer(row, figures[row.id], files) for row in found]


def _answer(row: WecomMassTask, figures: queries.MassFigures, files: Mapping[int, StoredFile]) -> MassAnswer:
    return MassAnswer(
        id=row.id,
        name=row.subject or row.cause or str(row.id),
        kind=row.chat_type,  # type: ignore[arg-type]  # one of the two
        state=row.state,  # type: ignore[arg-type]  # one of the states
        reason=_word(row.reason),
        errcode=row.errcode,
        text=str(row.content.get("text") or ""),
        attachments=shown_attachments(row.content, files),
        asked_by=NamedId(id=row.asked_by.id, name=row.asked_by.name) if row.asked_by else None,
        asked_at=row.asked_at,
        made_at=row.made_at,
        read_at=row.read_at,
        ends_at=row.ends_at,
        reminded_at=row.reminded_at,
        reminder=_word(row.reminder),
        members=figures.members,
        members_sent=figures.members_sent,
        waiting=figures.waiting,
        sent=figures.sent,
        failed=_reasons(figures.failed),
    )


def _member(row: WecomMassMember, cards: Mapping[str, MemberCard]) -> MassMemberAnswer:
    card = cards.get(row.userid.lower())
    named = NamedId(id=card.id, name=card.name) if card else None
    return MassMemberAnswer(id=row.id, userid=row.userid, member=named, sent_at=row.sent_at)


def _results(who: Actor, rows: list[WecomMassTarget]) -> list[MassResultAnswer]:
    contacts = people.contacts_by_id(who, [row.contact_id for row in rows if row.contact_id])
    groups = queries.groups_named(who, [row.target for row in rows if row.contact_id is None])
    cards = org.members_by_wecom_userids(who, {row.userid.lower() for row in rows if row.userid})
    answers = []
    for row in rows:
        contact, group = contacts.get(row.contact_id or 0), groups.get(row.target)
        card, state = cards.get(row.userid.lower()), TargetState(row.state)
        shown = state.value if state in (TargetState.WAITING, TargetState.SENT) else "failed"
        answers.append(
            MassResultAnswer(
                id=row.id,
                contact=NamedId(id=contact.id, name=contact.name) if contact else None,
                group=NamedId(id=group.id, name=group.name) if group else None,
                member=NamedId(id=card.id, name=card.name) if card else None,
                state=shown,  # type: ignore[arg-type]  # one of the three
                reason=_word(queries.why_not(state, row.reason)),
                sent_at=row.sent_at,
            )
        )
    return answers


def _reasons(counted: Counter[str]) -> list[MassReason]:
    return [MassReason(reason=reason, label=_word(reason), count=count) for reason, count in counted.most_common()]


def _word(reason: str) -> str:
    return REASONS[reason].here() if reason in REASONS else reason

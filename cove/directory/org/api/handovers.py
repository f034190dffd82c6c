"""Console: members who leave, and handing over what they own."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.handovers import hand_over_belongings
from cove.directory.org.commands.leaving import deactivate_member, reactivate_member
from cove.directory.org.errors import (
    HandOverRunning,
    LastAdministrator,
    MemberAbove,
    NothingOwned,
    NotYourself,
    OwnersAccount,
    UnknownBelonging,
    UnknownSuccessor,
)
from cove.directory.org.models import Member
from cove.directory.org.permissions import DEACTIVATE_MEMBER, HAND_OVER
from cove.directory.org.schemas.handovers import (
    HandOverAnswer,
    HandOverPlan,
    HandOverPreview,
    MemberStateAnswer,
    NewHandOver,
    OwnedAnswer,
    PieceAnswer,
    PortionAnswer,
    ReachAnswer,
    Successor,
    WaitingAnswer,
    WaitingKind,
    WaitingList,
)
from cove.kernel.actor import Actor
from cove.kernel.belongings import belongings
from cove.kernel.changesets.api import change_set_answer
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["hand-over"])

_TWICE = Words("同一接手人只能添加一次", "A successor can be added once only")


@console.post(
    "/hand-overs/preview",
    response={200: HandOverPreview, **refusals(Forbidden, NotFound, UnknownSuccessor)},
    **needs(HAND_OVER),
)
def preview_hand_over(request: HttpRequest, payload: HandOverPlan) -> HandOverPreview:
    """Show what a member owns, who would get how many, and what is to be minded, before anything is done."""
    who, shares = actor(request), _shares(payload.successors)
    member = queries.handovers.member_within_reach(who, payload.member_id, HAND_OVER)
    successors = queries.handovers.chosen_successors(who, member.id, shares) if shares else {}
    kinds = [
        OwnedAnswer(
            kind=one.kind.key,
            label=one.kind.label.here(),
            count=one.count,
            samples=[PieceAnswer(id=piece.id, title=piece.title, url=piece.url) for piece in one.samples],
            to=[PortionAnswer(member=_named(successors[key]), count=one.to.get(key, 0)) for key in shares],
            warnings=list(one.warnings),
        )
        for one in queries.handovers.owned(who, member.id, shares)
    ]
    reach = [_reach(member, successors[key]) for key in shares]
    return HandOverPreview(member=_named(member), active=member.active, kinds=kinds, reach=reach)


@console.post(
    "/hand-overs",
    response={
        201: HandOverAnswer,
        **refusals(Forbidden, NotFound, UnknownSuccessor, UnknownBelonging, NothingOwned, HandOverRunning),
    },
    **needs(HAND_OVER),
)
def start_hand_over(request: HttpRequest, payload: NewHandOver) -> Status[HandOverAnswer]:
    """Hand over, as one transfer that can be undone for thirty days."""
    who = actor(request)
    made = hand_over_belongings(
        who,
        member_id=payload.member_id,
        kinds=payload.kinds,
        shares=_shares(payload.successors),
        why=payload.why,
    )
    return Status(201, _answers(who, [made])[0])


@console.get("/hand-overs", response={200: Page[HandOverAnswer], **refusals(Forbidden)}, **needs(HAND_OVER))
def list_hand_overs(
    request: HttpRequest, member_id: int | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[HandOverAnswer]:
    """List transfers, newest first; of one member or of all."""
    who = actor(request)
    rows = queries.handovers.hand_overs(who)
    if member_id is not None:
        rows = rows.filter(about_id=member_id)
    found, following = slice_after(rows, sort="-made_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=_answers(who, found), next_cursor=following, total=total, total_exact=exact)


@console.get("/hand-overs/waiting", response={200: WaitingList, **refusals(Forbidden)}, **needs(HAND_OVER))
def list_waiting(request: HttpRequest) -> WaitingList:
    """List members who left and still own something."""
    return WaitingList(
        items=[
            WaitingAnswer(
                member=_named(one.member),
                departments=[room.name for room in one.member.departments.all()],
                kinds=[
                    WaitingKind(kind=key, label=belongings[key].label.here(), count=count)
                    for key, count in one.counts.items()
                ],
            )
            for one in queries.handovers.waiting(actor(request))
        ]
    )


@console.post(
    "/members/{member_id}/deactivate",
    response={
        200: MemberStateAnswer,
        **refusals(Forbidden, NotFound, NotYourself, LastAdministrator, MemberAbove, OwnersAccount),
    },
    **needs(DEACTIVATE_MEMBER),
)
def deactivate(request: HttpRequest, member_id: int) -> MemberStateAnswer:
    """Let a member in no more; his sessions end at once."""
    return _state(deactivate_member(actor(request), member_id=member_id))


@console.post(
    "/members/{member_id}/reactivate",
    response={200: MemberStateAnswer, **refusals(Forbidden, NotFound, MemberAbove, OwnersAccount)},
    **needs(DEACTIVATE_MEMBER),
)
def reactivate(request: HttpRequest, member_id: int) -> MemberStateAnswer:
    """Let a member in again."""
    return _state(reactivate_member(actor(request), member_id=member_id))


def _shares(successors: Sequence[Successor]) -> dict[int, int]:
    shares = {one.member_id: one.share for one in successors}
    if len(shares) < len(successors):
        raise InvalidInput(fields={"successors": _TWICE})
    return shares


def _reach(member: Member, successor: Member) -> ReachAnswer:
    before = {room.name for room in member.departments.all()}
    after = {room.name for room in successor.departments.all()}
    return ReachAnswer(member=_named(successor), gain=sorted(after - before), lose=sorted(before - after))


def _answers(who: Actor, rows: Sequence[ChangeSet]) -> list[HandOverAnswer]:
    wanted = {key for row in rows for key in (row.about_id, row.made_by, row.undone_by) if key}
    wanted |= {key for row in rows for key in queries.handovers.shares_of(row.arguments)}
    members = queries.members.members_by_id(who, wanted)
    return [_answer(who, row, members) for row in rows]


def _answer(who: Actor, row: ChangeSet, members: dict[int, Member]) -> HandOverAnswer:
    shares = queries.handovers.shares_of(row.arguments)
    kinds = [belongings.get(key) for key in row.arguments["kinds"]]
    return HandOverAnswer(
        id=row.id,
        member=_named(members[row.about_id or 0]),
        successors=[PortionAnswer(member=_named(members[key]), count=share) for key, share in shares.items()],
        kinds=[kind.label.here() for kind in kinds if kind],
        why=row.arguments.get("why", ""),
        made_by=_named(members[row.made_by]) if row.made_by else None,
        undone_by=_named(members[row.undone_by]) if row.undone_by else None,
        undone_at=row.undone_at,
        change=change_set_answer(who, row),
    )


def _named(member: Member) -> NamedId:
    return NamedId(id=member.id, name=member.name)


def _state(member: Member) -> MemberStateAnswer:
    return MemberStateAnswer(id=member.id, name=member.name, active=member.active)

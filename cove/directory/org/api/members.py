"""Console: members, to look after and to choose from."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.joining import join_members
from cove.directory.org.commands.members import MemberEdit, Place, change_member, create_member, move_members
from cove.directory.org.errors import (
    AlreadyJoined,
    EmailTaken,
    KeptByWecom,
    MemberAbove,
    NotYourself,
    OwnersAccount,
    TwoSecondFactors,
)
from cove.directory.org.models import Member
from cove.directory.org.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from cove.directory.org.queries.members import MemberFilter
from cove.directory.org.schemas.members import (
    MemberAnswer,
    MemberChange,
    MembersAsked,
    MembersJoin,
    MembersMove,
    MembersMoved,
    NewMember,
    PlaceAnswer,
    PlaceWanted,
    TwinAnswer,
    TwinsAnswer,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import Page, bounded_count, slice_after

console = Router(tags=["members"])


@console.get("/members", response={200: Page[MemberAnswer], **refusals(Forbidden)}, **needs(SEE_MEMBERS))
def list_members(request: HttpRequest, asked: Query[MembersAsked]) -> Page[MemberAnswer]:
    """List members, by name or by when they came."""
    wanted = MemberFilter(asked.search.strip(), asked.department, asked.below, asked.role, asked.activity)
    rows = queries.members.members(actor(request), wanted)
    found, following = slice_after(rows, sort=asked.sort, cursor=asked.cursor, limit=asked.limit)
    total, exact = bounded_count(rows)
    return Page(items=[member_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/members",
    response={201: MemberAnswer, **refusals(Forbidden, EmailTaken, NotFound, KeptByWecom)},
    **needs(MANAGE_MEMBERS),
)
def add_member(request: HttpRequest, payload: NewMember) -> Status[MemberAnswer]:
    """Make a member by hand."""
    who = actor(request)
    made = create_member(
        who,
        name=payload.name,
        email=payload.email,
        phone=payload.phone,
        job_title=payload.job_title,
        places=_places(payload.places),
    )
    return Status(201, member_answer(queries.members.member(who, made.id)))


@console.post(
    "/members/move",
    response={200: MembersMoved, **refusals(Forbidden, NotFound, KeptByWecom)},
    **needs(MANAGE_MEMBERS),
)
def put_into_department(request: HttpRequest, payload: MembersMove) -> MembersMoved:
    """Put several members into one department."""
    moved = move_members(actor(request), member_ids=payload.member_ids, department_id=payload.department_id)
    return MembersMoved(moved=moved)


@console.get("/members/twins", response={200: TwinsAnswer, **refusals(Forbidden)}, **needs(MANAGE_MEMBERS))
def list_twins(request: HttpRequest) -> TwinsAnswer:
    """List hand-made members and members of WeCom who are probably one person."""
    pairs = queries.members.twins(actor(request))
    return TwinsAnswer(
        items=[
            TwinAnswer(
                member=NamedId(id=mine.id, name=mine.name),
                wecom_member=NamedId(id=theirs.id, name=theirs.name),
                by_email=bool(mine.email) and mine.email == theirs.directory_email,
                by_phone=bool(mine.phone) and mine.phone == theirs.phone,
            )
            for mine, theirs in pairs
        ]
    )


@console.post(
    "/members/join",
    response={
        200: MemberAnswer,
        **refusals(Forbidden, NotFound, AlreadyJoined, TwoSecondFactors, MemberAbove, OwnersAccount),
    },
    **needs(MANAGE_MEMBERS),
)
def join(request: HttpRequest, payload: MembersJoin) -> MemberAnswer:
    """Make a hand-made member and one of WeCom one person."""
    who = actor(request)
    kept = join_members(who, member_id=payload.member_id, wecom_member_id=payload.wecom_member_id)
    return member_answer(queries.members.member(who, kept.id))


@console.get(
    "/members/{member_id}", response={200: MemberAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_MEMBERS)
)
def read_member(request: HttpRequest, member_id: int) -> MemberAnswer:
    """Show one member."""
    return member_answer(queries.members.member(actor(request), member_id))


@console.patch(
    "/members/{member_id}",
    response={
        200: MemberAnswer,
        **refusals(Forbidden, NotFound, EmailTaken, KeptByWecom, MemberAbove, OwnersAccount, NotYourself),
    },
    **needs(MANAGE_MEMBERS),
)
def edit_member(request: HttpRequest, member_id: int, payload: MemberChange) -> MemberAnswer:
    """Change a member, deactivate him or let him come back."""
    who = actor(request)
    edit = MemberEdit(
        name=payload.name,
        email=payload.email,
        phone=payload.phone,
        job_title=payload.job_title,
        active=payload.active,
        places=None if payload.places is None else _places(payload.places),
    )
    change_member(who, member_id=member_id, edit=edit)
    return member_answer(queries.members.member(who, member_id))


def _places(wanted: list[PlaceWanted]) -> list[Place]:
    return [Place(one.department_id, one.main, one.leads) for one in wanted]


def member_answer(row: Member) -> MemberAnswer:
    """Return a member as lists show him; departments must be prefetched."""
    places = sorted(row.memberships.all(), key=lambda place: (not place.main, place.id))
    return MemberAnswer(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        job_title=row.job_title,
        departments=[place.department.name for place in places],
        places=[
            PlaceAnswer(
                id=place.department_id,
                name=place.department.name,
                main=place.main,
                leads=place.leads,
                from_wecom=place.department.wecom_id is not None,
            )
            for place in places
        ],
        roles=[NamedId(id=role.id, name=role.name) for role in row.roles.all()],
        active=row.active,
        wecom_userid=row.wecom_userid,
        from_wecom=row.wecom_userid is not None,
    )

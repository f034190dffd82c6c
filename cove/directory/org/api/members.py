"""Console: members to choose from."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from cove.directory.org import queries
from cove.directory.org.models import Member
from cove.directory.org.permissions import SEE_MEMBERS
from cove.directory.org.schemas.members import MemberAnswer
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["members"])


@console.get("/members", response={200: Page[MemberAnswer], **refusals(Forbidden)}, **needs(SEE_MEMBERS))
def list_members(
    request: HttpRequest, search: str = "", cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MemberAnswer]:
    """List members by name."""
    rows = queries.members.members(actor(request), search=search)
    found, following = slice_after(rows, sort="name", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[member_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


def member_answer(row: Member) -> MemberAnswer:
    """Return a member as lists show him; departments must be prefetched."""
    return MemberAnswer(
        id=row.id,
        name=row.name,
        email=row.email,
        departments=[department.name for department in row.departments.all()],
        active=row.active,
        wecom_userid=row.wecom_userid,
    )

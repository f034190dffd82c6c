"""Console: customer groups and who is in them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.people import facade as people
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.models import WecomGroup
from cove.engine.channels.wecom.permissions import SEE_GROUPS
from cove.engine.channels.wecom.schemas.channels import CustomerGroup, CustomerGroupPerson
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["channels"])


@console.get("/customer-groups", response={200: Page[CustomerGroup], **refusals(Forbidden)}, **needs(SEE_GROUPS))
def list_customer_groups(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=60)] = "",
    dismissed: bool = False,  # noqa: FBT001, FBT002 -- a query parameter
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[CustomerGroup]:
    """List customer groups, newest first: those that live, or with `dismissed` those that ended."""
    rows = queries.customer_groups(actor(request), search=search, living=not dismissed)
    if dismissed:
        rows = rows.filter(dismissed_at__isnull=False)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_shown(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/customer-groups/{customer_group_id}",
    response={200: CustomerGroup, **refusals(Forbidden, NotFound)},
    **needs(SEE_GROUPS),
)
def read_customer_group(request: HttpRequest, customer_group_id: int) -> CustomerGroup:
    """Show one customer group."""
    return _shown(queries.customer_group(actor(request), customer_group_id))


@console.get(
    "/customer-groups/{customer_group_id}/persons",
    response={200: Page[CustomerGroupPerson], **refusals(Forbidden, NotFound)},
    **needs(SEE_GROUPS),
)
def list_customer_group_persons(
    request: HttpRequest, customer_group_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[CustomerGroupPerson]:
    """List who is or was in a group, the newest first. `contact_id` is told of those whom the reader may open."""
    who = actor(request)
    rows = queries.group_persons(who, customer_group_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    known = people.contacts_by_id(who, [row.contact_id for row in found if row.contact_id])
    ways = queries.way_names(who, {row.state for row in found})
    items = [
        CustomerGroupPerson(
            id=row.id,
            name=row.name,
            member=row.member,
            contact_id=row.contact_id if row.contact_id in known else None,
            friend=row.contact_id is not None,
            way=row.way,
            way_name=ways.get(row.state, ""),
            joined_at=row.joined_at,
            left_at=row.left_at,
        )
        for row in found
    ]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


def _shown(row: WecomGroup) -> CustomerGroup:
    return CustomerGroup(
        id=row.id,
        name=row.name,
        owner=NamedId(id=row.owner.id, name=row.owner.name) if row.owner else None,
        notice=row.notice,
        people=row.people,
        customers=row.customers,
        made_at=row.made_at,
        dismissed_at=row.dismissed_at,
    )

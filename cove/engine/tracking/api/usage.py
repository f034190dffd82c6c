"""Console: who uses the company's products."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from cove.directory.people import facade as people
from cove.engine.tracking import queries
from cove.engine.tracking.contracts import AccountFigures, AccountPerson, UsageReport
from cove.engine.tracking.models import Account
from cove.engine.tracking.permissions import SEE_USAGE
from cove.engine.tracking.schemas.usage import (
    ProductAccountAnswer,
    ProductAccountDetailAnswer,
    ProductAccountPersonAnswer,
    ProductTraitAnswer,
    UsageDayAnswer,
    UsageFeatureAnswer,
    UsageReportAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.masking import text_shown_to
from cove.kernel.http.times import Day
from cove.kernel.paging import DEFAULT_LIMIT, Page, count_beside, slice_after

console = Router(tags=["tracking"])

FirstDay = Annotated[Day, Query(alias="from")]
LastDay = Annotated[Day, Query(alias="to")]


@console.get(
    "/tracking/usage",
    response={200: UsageReportAnswer, **refusals(Forbidden, InvalidInput, ClickHouseAway)},
    **needs(SEE_USAGE),
)
def read_usage(
    request: HttpRequest, first: FirstDay, last: LastDay, *, exclude_suspicious: bool = True
) -> UsageReportAnswer:
    """Read how accounts used the company's products in a period: days of the tenant's calendar, both included."""
    return _usage(
        queries.usage.usage_report(actor(request), first=first, last=last, exclude_suspicious=exclude_suspicious)
    )


@console.get(
    "/tracking/accounts",
    response={200: Page[ProductAccountAnswer], **refusals(Forbidden, InvalidInput, ClickHouseAway)},
    **needs(SEE_USAGE),
)
def list_accounts(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    silent_days: Annotated[int, Query(ge=0, le=3650)] = 0,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[ProductAccountAnswer]:
    """List accounts, the last seen first; `silent_days` finds those of whom nothing came for so long."""
    who = actor(request)
    rows = queries.usage.accounts(who, search=search.strip(), silent_days=silent_days)
    found, following = slice_after(rows, sort="-last_seen_at", cursor=cursor, limit=limit)
    total, exact = count_beside(rows, found, cursor=cursor, following=following)
    figures = queries.usage.figures_of(who, found)
    items = [_account(row, figures[row.key]) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get(
    "/tracking/accounts/{account_id}",
    response={200: ProductAccountDetailAnswer, **refusals(Forbidden, NotFound, InvalidInput, ClickHouseAway)},
    **needs(SEE_USAGE),
)
def read_account(
    request: HttpRequest, account_id: int, first: FirstDay, last: LastDay, *, exclude_suspicious: bool = True
) -> ProductAccountDetailAnswer:
    """Read an account with a period's usage and its people."""
    who = actor(request)
    row = queries.usage.account(who, account_id)
    asked: dict[str, Any] = {"first": first, "last": last, "exclude_suspicious": exclude_suspicious}
    return ProductAccountDetailAnswer(
        account=_account(row, queries.usage.figures_of(who, [row])[row.key]),
        traits=_traits(who, row),
        usage=_usage(queries.usage.usage_report(who, account=row, **asked)),
        people=_people(who, queries.usage.people_of(who, account=row, **asked)),
    )


def _usage(report: UsageReport) -> UsageReportAnswer:
    return UsageReportAnswer(
        **asdict(report.whole),
        pql=report.pql,
        days=[UsageDayAnswer(day=day, **asdict(row)) for day, row in report.days.items()],
        features=[UsageFeatureAnswer(event=event, **asdict(row)) for event, row in report.features.items()],
    )


def _account(row: Account, figures: AccountFigures) -> ProductAccountAnswer:
    return ProductAccountAnswer(
        id=row.id,
        key=row.key,
        name=row.name,
        name_verified=row.name_verified,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        users=figures.users,
        users_before=figures.users_before,
        events=figures.events,
        trend=list(figures.trend),
    )


def _traits(who: Actor, row: Account) -> list[ProductTraitAnswer]:
    claims = {name: value for name, value in row.claims.items() if row.traits.get(name) != value}
    told = [(name, True, value) for name, value in row.traits.items()]
    told += [(name, False, value) for name, value in claims.items()]
    return [
        ProductTraitAnswer(name=name, value=_trait(who, value), verified=verified)
        for name, verified, value in sorted(told, key=lambda one: (one[0], not one[1]))
    ]


def _trait(who: Actor, value: object) -> str:
    return text_shown_to(who, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _people(who: Actor, found: list[AccountPerson]) -> list[ProductAccountPersonAnswer]:
    cards = people.contacts_by_id(who, [one.contact_id for one in found if one.contact_id is not None])
    known = [
        ProductAccountPersonAnswer(
            contact_id=one.contact_id,
            name=cards[one.contact_id].name,
            verified=one.verified,
            people=1,
            events=one.events,
            last_at=one.last_at,
        )
        for one in found
        if one.contact_id is not None
    ]
    others = [
        [one for one in found if one.contact_id is None and one.verified is verified] for verified in (True, False)
    ]
    return [*known, *(_others(some) for some in others if some)]


def _others(found: list[AccountPerson]) -> ProductAccountPersonAnswer:
    return ProductAccountPersonAnswer(
        contact_id=None,
        name="",
        verified=found[0].verified,
        people=len(found),
        events=sum(one.events for one in found),
        last_at=max(one.last_at for one in found),
    )

"""Records of what a company's product tells about its users, for the walk over every route."""

from __future__ import annotations

from itertools import count

from cove.engine.tracking.commands.plan import Draft, add_event, publish_plan
from cove.engine.tracking.commands.sources import create_source
from cove.engine.tracking.commands.traffic import mark_fine
from cove.engine.tracking.models import Account
from cove.kernel import clock
from tests.security.companies import Company

_numbers = count(1)


def traffic_mark(company: Company) -> int:
    """A device that was marked as normal traffic."""
    return mark_fine(company.actor, title=f"{company.canary}device", visitor_id=next(_numbers)).id


def account(company: Company) -> int:
    """An account of the company's product."""
    now = clock.now()
    return Account.objects.create(
        key=f"{company.canary}account-{next(_numbers)}",
        name=f"{company.canary}account",
        traits={"plan": f"{company.canary}plan"},
        claims={"plan": f"{company.canary}claimed"},
        first_seen_at=now,
        last_seen_at=now,
    ).id


def source(company: Company) -> int:
    """A tracking source."""
    return create_source(company.actor, name=f"{company.canary}source-{next(_numbers)}", allowed_origins=[]).id


def planned_event(company: Company) -> int:
    """An event of the tracking plan."""
    draft = Draft(f"{company.canary}event-{next(_numbers)}", note=f"{company.canary}note")
    return add_event(company.actor, draft=draft).id


def plan_version(company: Company) -> int:
    """A version of the tracking plan."""
    draft = Draft(f"{company.canary}event-{next(_numbers)}", status="live")
    add_event(company.actor, draft=draft)
    return publish_plan(company.actor, note=f"{company.canary}version").id

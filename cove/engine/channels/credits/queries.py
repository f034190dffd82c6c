from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cove.directory.org import facade as org
from cove.engine.channels.credits.contracts import CreditState, Terms
from cove.engine.channels.credits.models import CreditAccount, CreditMeter, CreditMovement
from cove.engine.channels.credits.permissions import SEE_CREDITS
from cove.engine.channels.delivery.contracts import Tariff, tariffs
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def tariff_of(key: str) -> Tariff:
    """Return a tariff that some channel declared. Raises NotFound."""
    found = tariffs.get(key)
    if found is None:
        raise NotFound
    return found


def terms_of(row: CreditAccount) -> Terms:
    """Return the terms of an account."""
    return Terms(row.opened, row.warn_below, row.most_a_day)


def today(actor: Actor, at: datetime | None = None) -> date:
    """Return the company's day."""
    return (at or clock.now()).astimezone(zone_of(actor)).date()


def zone_of(actor: Actor) -> ZoneInfo:
    """Return the zone of the company's days."""
    return ZoneInfo(org.tenant(actor).timezone)


def states(actor: Actor) -> list[CreditState]:
    """Return how the actor's company stands with every tariff that channels declare. Raises Forbidden."""
    meters = CreditMeter.objects.select_related("account").filter(account__in=CreditAccount.visible_to(actor))
    known, day = {row.account.tariff: row for row in meters}, today(actor)
    return [_state(one, known.get(one.key), day) for one in tariffs]


def movements(actor: Actor, tariff: str) -> QuerySet[CreditMovement]:
    """Return what went into the company's account of a tariff and out of it. Raises Forbidden, NotFound."""
    actor.require(SEE_CREDITS)
    return CreditMovement.objects.filter(tenant_id=actor.tenant_id, account__tariff=tariff_of(tariff).key)


def _state(tariff: Tariff, meter: CreditMeter | None, day: date) -> CreditState:
    if meter is None:
        return CreditState(tariff, Terms(opened=False), 0, 0)
    account = meter.account
    spent_today = meter.spent_today if meter.day == day else 0
    return CreditState(tariff, terms_of(account), account.granted - meter.spent, spent_today)

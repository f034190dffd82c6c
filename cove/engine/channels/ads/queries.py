from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Count, Max, Q, QuerySet

from cove.directory.people import facade as people
from cove.engine.channels.ads.contracts.leads import Credentials, Platform
from cove.engine.channels.ads.errors import NotConfigured
from cove.engine.channels.ads.models import AdAccount, AdLead
from cove.engine.channels.ads.permissions import SEE_ADS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import every_tenant, tenant_scope

PULL_EACH = timedelta(minutes=5)
OVERLAP = timedelta(minutes=30)
"""Asked for again each time: some fields of a lead come ten minutes late (facts D1), and clocks differ."""
FIRST_PULL = timedelta(days=7)
LONGEST_SPAN = timedelta(days=1)
"""Of one piece: Feiyu gives at most seven days at once, but a large advertiser's week takes longer than an act may."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Leads of an account in the last thirty days, how many of them are contacts, and when the last came."""

    leads: int
    contacts: int
    last_at: datetime | None


def accounts(actor: Actor) -> list[AdAccount]:
    """Return the tenant's accounts, the oldest first. Raises Forbidden."""
    actor.require(SEE_ADS)
    return list(AdAccount.visible_to(actor).order_by("created_at", "id"))


def account(actor: Actor, account_id: int) -> AdAccount:
    """Return one account. Raises Forbidden, NotFound."""
    actor.require(SEE_ADS)
    found = AdAccount.visible_to(actor).filter(id=account_id).first()
    if found is None:
        raise NotFound
    return found


def figures(actor: Actor) -> dict[int, Figures]:
    """Return the figures of the last thirty days by account. Raises Forbidden."""
    rows = AdLead.visible_to(actor).filter(taken_at__gte=clock.now() - timedelta(days=30)).values("account_id")
    counted = rows.annotate(n=Count("id"), known=Count("id", filter=Q(contact__isnull=False)), last=Max("at"))
    return {row["account_id"]: Figures(row["n"], row["known"], row["last"]) for row in counted}


def leads(actor: Actor, *, account_id: int | None = None) -> QuerySet[AdLead]:
    """Return the leads, of one account where it is given. Raises Forbidden."""
    rows = AdLead.visible_to(actor).select_related("account")
    return rows.filter(account_id=account_id) if account_id else rows


def credentials(actor: Actor, account_id: int) -> Credentials:
    """Return what is needed to call the platform of an account. Raises NotConfigured."""
    with tenant_scope(actor.tenant_id):
        row = AdAccount.visible_to(actor).filter(id=account_id).first()
    if row is None or not row.token:
        raise NotConfigured
    platform = cast("Platform", row.platform)
    return Credentials(row.tenant_id, row.id, platform, row.base_url, row.outer_id, row.token, row.secret)


@dataclass(frozen=True, slots=True)
class Span:
    """The time for which leads are to be asked, in pieces that can be had within one act."""

    since: datetime
    until: datetime

    def pieces(self) -> Iterable[Span]:
        """Return the pieces, the oldest first."""
        begin = self.since
        while begin < self.until:
            end = min(begin + LONGEST_SPAN, self.until)
            yield Span(begin, end)
            begin = end


def span_to_pull(actor: Actor, account_id: int) -> Span:
    """Return the time since the last pull, and a little more."""
    now = clock.now()
    with tenant_scope(actor.tenant_id):
        row = AdAccount.visible_to(actor).filter(id=account_id).first()
    last = row.pulled_until if row else None
    return Span(max(last - OVERLAP, now - timedelta(days=30)) if last else now - FIRST_PULL, now)


@dataclass(frozen=True, slots=True)
class Due:
    """An account that is due."""

    tenant_id: int
    account_id: int


def due_for_pull(now: datetime) -> list[Due]:
    """Return the accounts, of all tenants, that have not been asked for leads for some minutes."""
    with every_tenant("advertising accounts that are due are found"):
        rested = Q(pulled_at__isnull=True) | Q(pulled_at__lt=now - PULL_EACH)
        rows = AdAccount.unsealed.filter(rested, off=False).values_list("tenant_id", "id")
        return [Due(tenant_id, row_id) for tenant_id, row_id in rows]


def leads_of_contact(actor: Actor, contact_id: int) -> list[AdLead]:
    """Return the leads by which a contact came, also those of contacts who were merged into him, the newest first."""
    family = people.family_of(actor, contact_id)
    return list(AdLead.visible_to(actor).filter(contact_id__in=family).select_related("account").order_by("-at"))


def reporting_accounts(actor: Actor) -> list[AdAccount]:
    """Return the accounts to which conversions are reported."""
    return [row for row in AdAccount.visible_to(actor).filter(off=False).order_by("id") if any(row.codes.values())]


def platform_of(actor: Actor, account_id: int) -> Platform | None:
    """Return the platform of an account that is switched on, None if there is no such account."""
    row = AdAccount.visible_to(actor).filter(id=account_id, off=False).first()
    return cast("Platform", row.platform) if row else None

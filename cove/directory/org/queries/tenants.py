from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Max, Q

from cove.directory.org.contracts import CompanyCard
from cove.directory.org.models import Member, Session, Tenant
from cove.directory.org.permissions import MANAGE_INSTALLATION
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import every_tenant, tenant_scope


def tenant(actor: Actor) -> Tenant:
    """Return the actor's tenant."""
    with tenant_scope(actor.tenant_id):
        return Tenant.objects.get(id=actor.tenant_id)


def tenant_by_slug(slug: str) -> Tenant | None:
    """Return the tenant with this sign-in address, or None."""
    with every_tenant("a sign-in address names a company before anybody is known"):
        return Tenant.objects.filter(slug=slug.strip().lower()).first()


def only_tenant() -> Tenant | None:
    """Return the installation's tenant where there is just one, so that nobody has to name it; else None."""
    with every_tenant("a sign-in address names a company before anybody is known"):
        found = list(Tenant.objects.order_by("id")[:2])
    return found[0] if len(found) == 1 else None


def members_by_email(email: str) -> list[tuple[Tenant, Member]]:
    """Return the active members with this e-mail, each with his company."""
    with every_tenant("the command line finds a member by his e-mail"):
        found = list(Member.unsealed.filter(email=email.strip().lower(), active=True).order_by("id"))
        rows = Tenant.objects.in_bulk({member.tenant_id for member in found})
    return [(rows[member.tenant_id], member) for member in found]


def companies(actor: Actor, *, search: str = "", after: int = 0, limit: int = 50) -> tuple[list[CompanyCard], bool]:
    """Return companies by their number, beginning after the id `after`, and whether there are more. Raises Forbidden."""
    actor.require(MANAGE_INSTALLATION)
    with every_tenant("the installation's owner looks after its companies"):
        rows = Tenant.objects.filter(id__gt=after)
        if search.strip():
            rows = rows.filter(Q(name__icontains=search.strip()) | Q(slug__icontains=search.strip()))
        found = list(rows.order_by("id")[: limit + 1])
        return _cards(found[:limit]), len(found) > limit


def company(actor: Actor, tenant_id: int) -> CompanyCard:
    """Return one company. Raises Forbidden, NotFound."""
    actor.require(MANAGE_INSTALLATION)
    with every_tenant("the installation's owner looks after its companies"):
        cards = _cards(list(Tenant.objects.filter(id=tenant_id)))
    if not cards:
        raise NotFound
    # Sessions are for their own company's eyes: their newest moment is asked for inside it.
    with tenant_scope(tenant_id):
        seen = Session.objects.aggregate(at=Max("last_used_at"))["at"]
    return replace(cards[0], last_active_at=seen)


def _cards(rows: list[Tenant]) -> list[CompanyCard]:
    ids = [row.id for row in rows]
    active = Member.unsealed.filter(tenant_id__in=ids, active=True)
    members = dict(active.order_by().values_list("tenant_id").annotate(Count("id")))
    return [
        CompanyCard(
            row.id,
            row.name,
            row.slug,
            row.timezone,
            row.created_at,
            row.suspended_at,
            members.get(row.id, 0),
        )
        for row in rows
    ]


def tenant_ids() -> list[int]:
    """Return the ids of all tenants, for the rounds of the night."""
    with every_tenant("the rounds of the night go to every tenant"):
        return list(Tenant.objects.order_by("id").values_list("id", flat=True))

from __future__ import annotations

from cove.directory.org.models import Tenant
from cove.kernel.actor import Actor
from cove.kernel.scope import every_tenant, tenant_scope


def tenant(actor: Actor) -> Tenant:
    """Return the actor's tenant."""
    with tenant_scope(actor.tenant_id):
        return Tenant.objects.get(id=actor.tenant_id)


def tenant_ids() -> list[int]:
    """Return the ids of all tenants, for the rounds of the night."""
    with every_tenant("the rounds of the night go to every tenant"):
        return list(Tenant.objects.order_by("id").values_list("id", flat=True))

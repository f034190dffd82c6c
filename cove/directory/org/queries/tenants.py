from __future__ import annotations

from cove.directory.org.models import Tenant
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def tenant(actor: Actor) -> Tenant:
    """Return the actor's tenant."""
    with tenant_scope(actor.tenant_id):
        return Tenant.objects.get(id=actor.tenant_id)

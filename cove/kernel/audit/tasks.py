"""Each night the audit log loses what is older than its tenant keeps (procrastinate looks for a module of this name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cove.kernel.actor import Actor
from cove.kernel.audit.commands import AT_ONCE, expire_audit
from cove.kernel.records import kind_flagged, models_by_kind
from cove.kernel.scope import every_tenant


@app.periodic(cron="17 19 * * *")
@app.task(name="audit.expire", queue="jobs", pass_context=False)
def expire(timestamp: int) -> int:  # noqa: ARG001 -- procrastinate tells when it was due
    """Drop old entries of every tenant, piece by piece; return how many."""
    tenant = models_by_kind()[kind_flagged("is_the_tenant")]
    with every_tenant("each tenant's audit log is kept as long as it says"):
        ids = list(tenant._default_manager.values_list("pk", flat=True))  # noqa: SLF001 -- Django's documented API
    return sum(_expire_all(Actor.system(tenant_id)) for tenant_id in ids)


def _expire_all(actor: Actor) -> int:
    gone = 0
    while dropped := expire_audit(actor):
        gone += dropped
        if dropped < AT_ONCE:
            break
    return gone

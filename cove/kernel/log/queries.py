"""What the console shows of the log."""

from __future__ import annotations

from django.db.models import QuerySet

from cove.kernel.actor import Actor
from cove.kernel.log.models import SetAside
from cove.kernel.log.permissions import SEE_FAILURES


def failures(actor: Actor) -> QuerySet[SetAside]:
    """Return the facts that were set aside in the actor's tenant, newest first; raises Forbidden without the right."""
    actor.require(SEE_FAILURES)
    return SetAside.objects.order_by("-failed_at", "-id")

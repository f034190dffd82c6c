from __future__ import annotations

from django.db.models import QuerySet

from cove.engine.tracking.models.sources import Source
from cove.engine.tracking.permissions import SEE_SOURCES
from cove.kernel.actor import Actor


def sources(actor: Actor) -> QuerySet[Source]:
    """Return the sources the actor may see, newest first."""
    actor.require(SEE_SOURCES)
    return Source.visible_to(actor).order_by("-created_at", "-id")

"""What the live debugger shows."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from cove.engine.tracking.contracts import WATCHED
from cove.engine.tracking.models import Sighting, Source
from cove.engine.tracking.permissions import WATCH_SOURCES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import every_tenant
from cove.kernel.signposts.models import Signpost

MOST_SHOWN = 200
_SETTLED = timedelta(seconds=3)
"""Rows of several web processes become visible out of order for so long."""


def sightings(actor: Actor, *, source_id: int, after: int) -> list[Sighting]:
    """Return what was seen of a source after the sighting `after`, newest first, and once more what has only just come. Raises NotFound."""
    actor.require(WATCH_SOURCES)
    if not Source.visible_to(actor).filter(id=source_id).exists():
        raise NotFound
    fresh = Q(id__gt=after) | Q(noted_at__gt=clock.now() - _SETTLED)
    return list(Sighting.visible_to(actor).filter(fresh, source_id=source_id).order_by("-id")[:MOST_SHOWN])


def is_watched(actor: Actor, source_id: int) -> bool:
    """Tell whether somebody looks at a source."""
    post = Signpost.objects.filter(kind=WATCHED, key=str(source_id), tenant_id=actor.tenant_id).first()
    return post is not None and bool(post.document["until"] > clock.now().timestamp())


def tenants_with_old(before_minutes: int) -> list[int]:
    """Return the tenants that have sightings older than so many minutes."""
    with every_tenant("what the live debugger showed is forgotten within minutes"):
        rows = Sighting.unsealed.filter(noted_at__lt=clock.now() - timedelta(minutes=before_minutes))
        return list(rows.order_by().values_list("tenant_id", flat=True).distinct())

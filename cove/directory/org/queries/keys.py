from __future__ import annotations

from django.db.models import QuerySet

from cove.directory.org.models import ApiKey
from cove.directory.org.permissions import MANAGE_API_KEYS, MANAGE_MEMBERS
from cove.kernel.actor import Actor


def keys(actor: Actor) -> QuerySet[ApiKey]:
    """Return the actor's own keys that are not revoked; every member's for who manages members. Raises Forbidden."""
    actor.require(MANAGE_API_KEYS)
    rows = ApiKey.objects.filter(revoked_at=None).select_related("member")
    return rows if actor.may(MANAGE_MEMBERS) else rows.filter(member_id=actor.member_id or 0)

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from cove.directory.org.errors import BeyondOwnRights
from cove.directory.org.models import Invitation, Role
from cove.directory.org.permissions import INVITE_MEMBERS
from cove.directory.org.queries.roles import beyond
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

_NO_ROLE = Words("角色不存在", "There is no such role")


def invitations(actor: Actor, *, state: str = "") -> QuerySet[Invitation]:
    """Return the tenant's invitations, those that are open, or all. Raises Forbidden."""
    actor.require(INVITE_MEMBERS)
    rows = Invitation.visible_to(actor).select_related("invited_by")
    return rows.filter(accepted_at=None, revoked_at=None) if state == "open" else rows


def state_of(row: Invitation) -> str:
    """Return accepted, revoked, expired or open."""
    if row.accepted_at:
        return "accepted"
    if row.revoked_at:
        return "revoked"
    return "open" if row.expires_at > clock.now() else "expired"


def givable_roles(actor: Actor, ids: Iterable[int]) -> list[Role]:
    """Return these roles. Raises InvalidInput for an unknown one, BeyondOwnRights for one that holds more than the actor does."""
    wanted = set(ids)
    found = list(Role.objects.filter(id__in=wanted))
    if len(found) != len(wanted):
        raise InvalidInput(fields={"role_ids": _NO_ROLE})
    over = [words for role in found for words in beyond(actor, role)]
    if over:
        raise BeyondOwnRights(names="、".join(dict.fromkeys(over)))
    return found

"""Whose account is whose to change."""

from __future__ import annotations

from cove.directory.org import queries
from cove.directory.org.errors import MemberAbove, OwnersAccount
from cove.directory.org.models import Member, Role
from cove.kernel.actor import Actor


def refuse_above(actor: Actor, member: Member) -> None:
    """Raise MemberAbove for a member who holds a right that the actor lacks: his account is not the actor's to change.

    Raises OwnersAccount for an owner of the installation, whom nobody else changes.
    """
    if actor.kind == "system" or actor.member_id == member.id:
        return
    if member.installation_owner:
        raise OwnersAccount(name=member.name)
    rights = queries.actors.added_up(Role.objects.filter(grants__member=member))
    if not set(rights) <= set(actor.rights):
        raise MemberAbove(name=member.name)

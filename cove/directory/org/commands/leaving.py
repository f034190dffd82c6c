"""Members who leave, and those who come back."""

from __future__ import annotations

from cove.directory.org.commands.activity import end_membership
from cove.directory.org.commands.standing import refuse_above
from cove.directory.org.errors import LastAdministrator, NotYourself
from cove.directory.org.models import Member, Role
from cove.directory.org.permissions import DEACTIVATE_MEMBER
from cove.directory.org.queries.handovers import member_within_reach
from cove.facts.org import MemberJoined
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(DEACTIVATE_MEMBER)
def deactivate_member(actor: Actor, *, member_id: int) -> Member:
    """Let a member in no more: his sessions end, what he owns stays until it is handed over, what he did keeps his name.

    Raises NotFound, NotYourself, LastAdministrator, MemberAbove, OwnersAccount.
    """
    member = member_within_reach(actor, member_id, DEACTIVATE_MEMBER)
    if member.id == actor.member_id:
        raise NotYourself
    refuse_above(actor, member)
    _leave_an_administrator(member)
    if member.active or member.left_directory:
        was_active, member.active, member.left_directory = member.active, False, False
        member.save(update_fields=["active", "left_directory"])
        if was_active:
            end_membership([(member.id, member.name)], source="console")
    return member


@command(DEACTIVATE_MEMBER)
def reactivate_member(actor: Actor, *, member_id: int) -> Member:
    """Let a member in again, with the roles he had. Raises NotFound, MemberAbove, OwnersAccount."""
    member = member_within_reach(actor, member_id, DEACTIVATE_MEMBER)
    refuse_above(actor, member)
    if not member.active:
        member.active, member.left_directory = True, False
        member.save(update_fields=["active", "left_directory"])
        publish(MemberJoined(member_id=member.id, member_name=member.name, source="console", returned=True))
    return member


def _leave_an_administrator(member: Member) -> None:
    # Both rows are held, so that two administrators cannot remove each other at once.
    rulers = Role.objects.select_for_update().filter(everything=True)
    active = Member.objects.filter(grants__role__in=list(rulers), active=True).values_list("id", flat=True)
    if set(active) == {member.id}:
        raise LastAdministrator

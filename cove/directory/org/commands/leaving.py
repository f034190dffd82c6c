"""Members who leave, and those who come back."""

from __future__ import annotations

from cove.directory.org.errors import LastAdministrator, NotYourself
from cove.directory.org.models import Member, Role, Session
from cove.directory.org.permissions import DEACTIVATE_MEMBER, KEEP_SESSIONS
from cove.directory.org.queries.handovers import member_within_reach
from cove.facts.org import MemberDeactivated, MemberReactivated
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(DEACTIVATE_MEMBER)
def deactivate_member(actor: Actor, *, member_id: int) -> Member:
    """Let a member in no more: his sessions end, what he owns stays until it is handed over, what he did keeps his name.

    Raises NotFound, NotYourself, LastAdministrator.
    """
    member = member_within_reach(actor, member_id, DEACTIVATE_MEMBER)
    if member.id == actor.member_id:
        raise NotYourself
    _leave_an_administrator(member)
    if member.active or member.barred_at is None:
        was_active, member.active, member.barred_at = member.active, False, clock.now()
        member.save(update_fields=["active", "barred_at"])
        if was_active:
            publish(MemberDeactivated(member_id=member.id, member_name=member.name, by="console"))
    Session.objects.filter(member=member).delete()
    return member


@command(DEACTIVATE_MEMBER)
def reactivate_member(actor: Actor, *, member_id: int) -> Member:
    """Let a member in again, with the roles he had. Raises NotFound."""
    member = member_within_reach(actor, member_id, DEACTIVATE_MEMBER)
    if not member.active:
        member.active, member.barred_at = True, None
        member.save(update_fields=["active", "barred_at"])
        publish(MemberReactivated(member_id=member.id, member_name=member.name, by="console"))
    return member


@command(KEEP_SESSIONS)
def end_sessions(actor: Actor, *, member_id: int) -> None:
    """End every session of a member who left."""
    Session.objects.filter(member_id=member_id, member__active=False).delete()


def _leave_an_administrator(member: Member) -> None:
    # Both rows are held, so that two administrators cannot remove each other at once.
    rulers = Role.objects.select_for_update().filter(everything=True)
    active = Member.objects.filter(grants__role__in=list(rulers), active=True).values_list("id", flat=True)
    if set(active) == {member.id}:
        raise LastAdministrator

"""Signing in by the word of WeCom. Whoever calls has made sure that WeCom said it, to this browser, for this company."""

from __future__ import annotations

from cove.directory.org.commands.sessions import Door, Opened, open_session
from cove.directory.org.errors import NotAMember, Suspended
from cove.directory.org.models import Member, Tenant
from cove.directory.org.permissions import SIGN_IN
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(SIGN_IN)
def sign_in_wecom_member(actor: Actor, *, userid: str, door: Door) -> Opened:
    """Open a session for the member with this WeCom userid; raises NotAMember, Suspended.

    The platform compares userids without case (document 90195).
    """
    if Tenant.objects.filter(id=actor.tenant_id, suspended_at__isnull=False).exists():
        raise Suspended
    member = Member.visible_to(actor).filter(wecom_userid__iexact=userid, active=True).first()
    if member is None:
        raise NotAMember
    return open_session(member, door, way="wecom")

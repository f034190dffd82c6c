"""Tickets between the two steps of signing in: signed, for ten minutes, dead with the password they were given for."""

from __future__ import annotations

import hashlib

from django.core import signing

from cove.directory.org.errors import TicketExpired
from cove.directory.org.models import Member
from cove.kernel.scope import tenant_scope

_SALT = "cove.sign-in.ticket"
_SECONDS = 600


def write_ticket(member: Member) -> str:
    """Return the proof that the member's password was given."""
    return signing.dumps([member.tenant_id, member.id, _print(member)], salt=_SALT)


def read_ticket(ticket: str) -> Member:
    """Return whose ticket it is. Raises TicketExpired for any that does not count any more, or never did."""
    try:
        tenant_id, member_id, mark = signing.loads(ticket, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature as error:
        raise TicketExpired from error
    with tenant_scope(tenant_id):
        member = Member.objects.filter(id=member_id, active=True).first()
    if member is None or _print(member) != mark:
        raise TicketExpired
    return member


def _print(member: Member) -> str:
    return hashlib.sha256(member.password.encode()).hexdigest()[:16]

"""Console: asking people to join."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.api.session import signed_in_answer
from cove.directory.org.commands import invitations
from cove.directory.org.commands.invitations import Invited
from cove.directory.org.errors import (
    BeyondOwnRights,
    InvitationClosed,
    LinkExpired,
    MemberAbove,
    NothingToInvite,
    OwnersAccount,
    SecondFactorOn,
    WeakPassword,
)
from cove.directory.org.models import Invitation
from cove.directory.org.permissions import INVITE_MEMBERS
from cove.directory.org.schemas.account import LinkToken
from cove.directory.org.schemas.cookies import door_of
from cove.directory.org.schemas.invitations import (
    InvitationAcceptance,
    InvitationAnswer,
    InvitationSent,
    InvitationShown,
    InvitationState,
    NewInvitation,
)
from cove.directory.org.schemas.session import SecondFactorAsked, SessionAnswer
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor, address
from cove.kernel.http.gates import anybody, needs
from cove.kernel.mail.commands import mail_is_set_up
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.throttle.errors import TooManyTries

console = Router(tags=["invitations"])


@console.get("/invitations", response={200: Page[InvitationAnswer], **refusals(Forbidden)}, **needs(INVITE_MEMBERS))
def list_invitations(
    request: HttpRequest, state: str = "", cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[InvitationAnswer]:
    """List invitations, newest first; `state=open` leaves out what was accepted or revoked."""
    rows = queries.invitations.invitations(actor(request), state=state)
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/invitations",
    response={
        201: InvitationSent,
        **refusals(Forbidden, NothingToInvite, BeyondOwnRights, MemberAbove, OwnersAccount, InvalidInput, TooManyTries),
    },
    **needs(INVITE_MEMBERS),
)
def invite(request: HttpRequest, payload: NewInvitation) -> Status[InvitationSent]:
    """Invite somebody, by mail and by a link to copy."""
    return Status(201, _sent(invitations.invite_member(actor(request), **payload.model_dump())))


@console.post(
    "/invitations/{invitation_id}/resend",
    response={
        200: InvitationSent,
        **refusals(Forbidden, NotFound, InvitationClosed, BeyondOwnRights, InvalidInput, TooManyTries),
    },
    **needs(INVITE_MEMBERS),
)
def resend(request: HttpRequest, invitation_id: int) -> InvitationSent:
    """Send an invitation again, with a new link."""
    return _sent(invitations.resend_invitation(actor(request), invitation_id=invitation_id))


# Before what takes any last part of the address for a number.
@console.post("/invitations/read", response={200: InvitationShown, **refusals(LinkExpired, TooManyTries)}, **anybody())
def read_invitation(request: HttpRequest, payload: LinkToken) -> InvitationShown:
    """Tell to what one is invited."""
    offer = invitations.read_invitation(token=payload.token, address=address(request))
    return InvitationShown(company=offer.company, inviter=offer.inviter, name=offer.name, email=offer.email)


@console.post(
    "/invitations/accept",
    response={
        200: SessionAnswer,
        202: SecondFactorAsked,
        **refusals(LinkExpired, NothingToInvite, WeakPassword, TooManyTries, Forbidden, NotFound, SecondFactorOn),
    },
    **anybody(),
)
def accept(
    request: HttpRequest, response: HttpResponse, payload: InvitationAcceptance
) -> Status[SessionAnswer | SecondFactorAsked]:
    """Join by an invitation and sign in. 202 asks to set up the second factor first."""
    return signed_in_answer(
        request, response, invitations.accept_invitation(**payload.model_dump(), door=door_of(request))
    )


@console.delete(
    "/invitations/{invitation_id}",
    response={204: None, **refusals(Forbidden, NotFound, InvitationClosed)},
    **needs(INVITE_MEMBERS),
)
def revoke(request: HttpRequest, invitation_id: int) -> Status[None]:
    """Take an invitation back."""
    invitations.revoke_invitation(actor(request), invitation_id=invitation_id)
    return Status(204, None)


def _answer(row: Invitation) -> InvitationAnswer:
    return InvitationAnswer(
        id=row.id,
        email=row.email,
        name=row.name,
        invited_by=row.invited_by.name if row.invited_by else "",
        state=cast("InvitationState", queries.invitations.state_of(row)),
        created_at=row.created_at,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
    )


def _sent(invited: Invited) -> InvitationSent:
    return InvitationSent(**_answer(invited.invitation).model_dump(), link=invited.link, mailed=mail_is_set_up())

"""Console: who is signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.api.pictures import enrolment_answer
from cove.directory.org.commands.members import choose_language
from cove.directory.org.commands.sessions import SESSION_COOKIE as SESSION_COOKIE  # noqa: PLC0414 -- what doors look for
from cove.directory.org.commands.sessions import Opened, SecondStep, pass_second_factor, sign_in, sign_out
from cove.directory.org.errors import (
    SecondFactorOff,
    SecondFactorOn,
    Suspended,
    TicketExpired,
    WrongCode,
    WrongCredentials,
)
from cove.directory.org.permissions import MANAGE_INSTALLATION
from cove.directory.org.schemas.cookies import door_of, drop_session, keep_opened, session_token
from cove.directory.org.schemas.session import (
    Credentials,
    Locale,
    SecondFactorAsked,
    SecondFactorProof,
    SessionAnswer,
    SessionChange,
    SessionMember,
    SessionTenant,
    SignedInAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import anybody, signed_in
from cove.kernel.http.masking import read_as
from cove.kernel.scope import bind_tenant
from cove.kernel.throttle.errors import TooManyTries

console = Router(tags=["org"])


@console.post(
    "/session",
    response={
        200: SessionAnswer,
        202: SecondFactorAsked,
        **refusals(WrongCredentials, TooManyTries, Suspended, Forbidden, NotFound, SecondFactorOn),
    },
    **anybody(),
)
def open_session(
    request: HttpRequest, response: HttpResponse, payload: Credentials
) -> Status[SessionAnswer | SecondFactorAsked]:
    """Sign in with e-mail and password; the session is kept in a cookie. 202 asks for the second factor."""
    return signed_in_answer(
        request, response, sign_in(email=payload.email, password=payload.password, door=door_of(request))
    )


@console.post(
    "/session/second-factor",
    response={
        200: SignedInAnswer,
        **refusals(TicketExpired, WrongCode, TooManyTries, Forbidden, NotFound, SecondFactorOn, SecondFactorOff),
    },
    **anybody(),
)
def prove_second_factor(request: HttpRequest, response: HttpResponse, payload: SecondFactorProof) -> SignedInAnswer:
    """Take the second step of signing in, with a code or a recovery code."""
    opened = pass_second_factor(**payload.model_dump(), door=door_of(request))
    session = opened_answer(request, response, opened)
    return SignedInAnswer(**session.model_dump(), recovery_codes=list(opened.recovery_codes))


@console.get("/session", response={200: SessionAnswer, **refusals()}, **signed_in())
def read_session(request: HttpRequest) -> SessionAnswer:
    """Tell who is signed in."""
    return _session(request, actor(request))


@console.patch("/session", response={200: SessionAnswer, **refusals(Forbidden)}, **signed_in())
def change_session(request: HttpRequest, payload: SessionChange) -> SessionAnswer:
    """Choose the language one reads."""
    who = actor(request)
    choose_language(who, locale=payload.locale)
    return _session(request, who)


@console.delete("/session", response={204: None}, **anybody())
def close_session(request: HttpRequest, response: HttpResponse) -> Status[None]:
    """Sign out."""
    sign_out(token=session_token(request))
    drop_session(request, response)
    return Status(204, None)


def signed_in_answer(
    request: HttpRequest, response: HttpResponse, result: Opened | SecondStep
) -> Status[SessionAnswer | SecondFactorAsked]:
    """Answer what a way of signing in led to: the session with its cookies, or the wish for a second factor."""
    if isinstance(result, Opened):
        return Status(200, opened_answer(request, response, result))
    enrolment = enrolment_answer(result.enrolment) if result.enrolment else None
    return Status(202, SecondFactorAsked(ticket=result.ticket, enrolment=enrolment))


def opened_answer(request: HttpRequest, response: HttpResponse, opened: Opened) -> SessionAnswer:
    """Answer a new session, and give it to the browser."""
    keep_opened(request, response, opened)
    bind_tenant(opened.session.tenant_id)
    who = queries.actors.actor_of_member(opened.session.member)
    read_as(who)
    return _session(request, who)


def _session(request: HttpRequest, who: Actor) -> SessionAnswer:
    member = queries.members.members_by_id(who, [who.member_id or 0])[who.member_id or 0]
    tenant = queries.tenants.tenant(who)
    return SessionAnswer(
        member=SessionMember(
            id=member.id, name=member.name, email=member.email, locale=cast("Locale", member.locale or None)
        ),
        tenant=SessionTenant(id=tenant.id, name=tenant.name, timezone=tenant.timezone, watermark=tenant.watermark),
        operations=sorted({*who.rights, *([MANAGE_INSTALLATION.key] if who.may(MANAGE_INSTALLATION) else [])}),
        csrf_token=get_token(request),
    )

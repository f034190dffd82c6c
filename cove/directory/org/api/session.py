"""Console: who is signed in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.members import choose_language
from cove.directory.org.commands.sessions import SESSION_COOKIE, SESSION_DAYS, sign_in, sign_out
from cove.directory.org.errors import Suspended, TooManyTries, WrongCredentials
from cove.directory.org.permissions import MANAGE_INSTALLATION
from cove.directory.org.schemas.session import (
    Credentials,
    Locale,
    SessionAnswer,
    SessionChange,
    SessionMember,
    SessionTenant,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor, address
from cove.kernel.http.gates import anybody, signed_in
from cove.kernel.scope import bind_tenant

console = Router(tags=["org"])


@console.post(
    "/session", response={200: SessionAnswer, **refusals(WrongCredentials, TooManyTries, Suspended)}, **anybody()
)
def open_session(request: HttpRequest, response: HttpResponse, payload: Credentials) -> SessionAnswer:
    """Sign in with e-mail and password; the session is kept in a cookie."""
    agent = request.headers.get("User-Agent", "")
    token, session = sign_in(email=payload.email, password=payload.password, address=address(request), agent=agent)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    bind_tenant(session.tenant_id)
    return _session(request, queries.actors.actor_of_member(session.member))


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
    sign_out(token=request.COOKIES.get(SESSION_COOKIE, ""))
    response.delete_cookie(SESSION_COOKIE)
    return Status(204, None)


def _session(request: HttpRequest, who: Actor) -> SessionAnswer:
    member = queries.members.members_by_id(who, [who.member_id or 0])[who.member_id or 0]
    tenant = queries.tenants.tenant(who)
    return SessionAnswer(
        member=SessionMember(
            id=member.id, name=member.name, email=member.email, locale=cast("Locale", member.locale or None)
        ),
        tenant=SessionTenant(id=tenant.id, name=tenant.name, timezone=tenant.timezone),
        operations=sorted({*who.rights, *([MANAGE_INSTALLATION.key] if who.may(MANAGE_INSTALLATION) else [])}),
        csrf_token=get_token(request),
    )

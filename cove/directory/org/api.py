"""Console: who is signed in, and members to choose from."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands.directory import set_locale
from cove.directory.org.commands.sessions import SESSION_DAYS, sign_in, sign_out
from cove.directory.org.errors import TooManyTries, WrongCredentials
from cove.directory.org.models import Member
from cove.directory.org.schemas import (
    Credentials,
    Locale,
    MemberAnswer,
    SessionAnswer,
    SessionChange,
    SessionMember,
    SessionTenant,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor, address
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.scope import bind_tenant

SESSION_COOKIE = "cove_session"

console = Router(tags=["org"])


@console.post("/session", auth=None, response={200: SessionAnswer, **refusals(WrongCredentials, TooManyTries)})
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
    return _session(request, queries.actor_of(session))


@console.get("/session", response={200: SessionAnswer, **refusals()})
def read_session(request: HttpRequest) -> SessionAnswer:
    """Tell who is signed in."""
    return _session(request, actor(request))


@console.patch("/session", response={200: SessionAnswer, **refusals()})
def change_session(request: HttpRequest, payload: SessionChange) -> SessionAnswer:
    """Choose the language one reads."""
    who = actor(request)
    set_locale(Actor.system(who.tenant_id), member_id=who.member_id or 0, locale=payload.locale)
    return _session(request, who)


@console.delete("/session", auth=None, response={204: None})
def close_session(request: HttpRequest, response: HttpResponse) -> Status[None]:
    """Sign out."""
    sign_out(token=request.COOKIES.get(SESSION_COOKIE, ""))
    response.delete_cookie(SESSION_COOKIE)
    return Status(204, None)


@console.get("/members", response={200: Page[MemberAnswer], **refusals(Forbidden)})
def list_members(
    request: HttpRequest, search: str = "", cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MemberAnswer]:
    """List members by name."""
    rows = queries.members(actor(request), search=search)
    found, following = slice_after(rows, sort="name", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_member(row) for row in found], next_cursor=following, total=total, total_exact=exact)


def _member(row: Member) -> MemberAnswer:
    return MemberAnswer(
        id=row.id,
        name=row.name,
        email=row.email,
        departments=[department.name for department in row.departments.all()],
        active=row.active,
        wecom_userid=row.wecom_userid,
    )


def _session(request: HttpRequest, who: Actor) -> SessionAnswer:
    member = queries.members_by_id(who, [who.member_id or 0])[who.member_id or 0]
    tenant = queries.tenant(who)
    return SessionAnswer(
        member=SessionMember(
            id=member.id, name=member.name, email=member.email, locale=cast("Locale", member.locale or None)
        ),
        tenant=SessionTenant(id=tenant.id, name=tenant.name, timezone=tenant.timezone),
        operations=sorted(who.operations),
        csrf_token=get_token(request),
    )

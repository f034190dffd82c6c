"""Signing in by WeCom: away to the platform, and back with its code. The words and the shape are in `screens`."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET

from cove.directory.org import facade as org
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.sign_in import COMPANY_COOKIE, in_app_url, scan_url, who_signed_in
from cove.engine.channels.wecom.commands.sign_in import spend_state
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import CodeRefused, NoAnswer, Outsider, SignInOff
from cove.engine.channels.wecom.pages import screens, tickets
from cove.kernel.actor import Actor
from cove.kernel.errors import CoveError
from cove.kernel.http.doors import address
from cove.kernel.words import current_language

COMPANY_SECONDS = 365 * 86_400
PATIENCE_SECONDS = 8.0
MOST_CODE = 512

log = structlog.get_logger(__name__)


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to WeCom: inside WeCom silently, elsewhere to the page with the QR code.

    `company` is a sign-in address; without one the browser's last, then the installation's only company, else it is asked for.
    `next` is the page that was wanted.
    """
    wanted = tickets.own_path(request.GET.get("next", "/"))
    named = request.GET.get("company", "").strip()[:60]
    tenant = org.tenant_by_slug(named or request.COOKIES.get(COMPANY_COOKIE, "")[:60])
    if tenant is None and not named:
        return screens.ask_company(wanted)
    try:
        # A suspended company sounds as one that is not there: who asks is nobody yet.
        if tenant is None or tenant.suspended:
            raise SignInOff
        credentials = queries.sign_in_credentials(Actor.system(tenant.id))
    except CoveError as error:
        return screens.refused(error, wanted, named)
    ticket = tickets.new_ticket(credentials.tenant_id, wanted)
    chinese = current_language() == "zh-CN"
    away = (
        in_app_url(credentials, ticket.state)
        if _in_wecom(request)
        else scan_url(credentials, ticket.state, chinese=chinese)
    )
    response = HttpResponseRedirect(away)
    response.headers["Cache-Control"] = "no-store"
    tickets.hand_out(request, response, ticket)
    return response


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Take the code that WeCom gave this browser, open a session, and show the page that was wanted."""
    try:
        ticket = tickets.presented(request, request.GET.get("state", "")[:200])
        opened = _signed_in(request, ticket)
    except CoveError as error:
        log.info("wecom sign-in refused", reason=error.code)
        response = screens.refused(error, tickets.own_path(request.GET.get("next", "/")), "")
        tickets.take_back(response)
        return response
    response = HttpResponseRedirect(ticket.wanted)
    response.headers["Cache-Control"] = "no-store"
    org.keep_session(request, response, opened)
    tickets.take_back(response)
    slug = org.tenant(Actor.system(ticket.tenant_id)).slug
    response.set_cookie(
        COMPANY_COOKIE, slug, max_age=COMPANY_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


def _signed_in(request: HttpRequest, ticket: tickets.Ticket) -> Any:
    who = Actor.system(ticket.tenant_id)
    credentials = queries.sign_in_credentials(who)
    spend_state(who, state=ticket.state)
    code = request.GET.get("code", "")
    if not code or len(code) > MOST_CODE or request.GET.get("appid", credentials.corp_id) != credentials.corp_id:
        raise CodeRefused
    # No transaction is open here: an answer that takes its time holds nothing.
    signed = asyncio.run(_asked(credentials, code))
    if not signed:
        raise Outsider
    agent = request.headers.get("User-Agent", "")
    device = org.device_token(request)
    return org.sign_in_as_wecom_member(who, userid=signed, address=address(request), agent=agent, device=device)


async def _asked(credentials: Credentials, code: str) -> str:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), httpx.AsyncClient() as http:
            return (await who_signed_in(Line(credentials, http), code)).userid
    except TimeoutError as error:
        raise NoAnswer from error


def _in_wecom(request: HttpRequest) -> bool:
    # WeCom's browsers say MicroMessenger too; WeChat's do not say wxwork.
    return "wxwork" in request.headers.get("User-Agent", "").lower()

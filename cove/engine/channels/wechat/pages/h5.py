"""``/wechat/page/…``: a page opened in WeChat learns who opens it, and may use WeChat's own functions (fact sheet C8, B13).

A page of the company sends its visitor to `start?account=…&to=…`; WeChat is asked, silently unless `ask=1`, and the visitor is back at `to`
with ``cove_wechat=known``, ``unknown`` (WeChat did not say) or ``outside`` (this is no WeChat). Nobody is ever kept from his page.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from cove.engine.channels.wechat import facade, queries
from cove.engine.channels.wechat.client.pages import authorise_url
from cove.engine.channels.wechat.commands.accounts import FILE_SIGNPOST
from cove.engine.channels.wechat.contracts.origins import MOST_ADDRESS
from cove.engine.channels.wechat.errors import CodeRefused, PageNotListed, PageStateLost
from cove.engine.channels.wechat.models import WechatAccount
from cove.engine.channels.wechat.pages import tickets
from cove.engine.channels.wechat.pages.accounts import Door, door_of, patiently, refusal
from cove.kernel.errors import CoveError
from cove.kernel.ids import new_uuid
from cove.kernel.signposts.queries import stands
from cove.kernel.visitors import VISITOR_COOKIE, VISITOR_LINK, VISITOR_SECONDS, is_visitor
from cove.kernel.words import Words, current_language

MOST_CODE, MOST_FILE = 512, 64
TOLD = "cove_wechat"
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
_TITLE = Words("无法打开页面", "The page cannot be opened")

log = structlog.get_logger(__name__)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send a visitor of the page `to` to WeChat, which sends him back to `come_back`. The page must be on the account's list."""
    try:
        door = door_of(request, WechatAccount.Kind.OFFICIAL)
        wanted = _wanted(request, door)
    except CoveError as error:
        return _refused(error)
    if not _in_wechat(request):
        return _away(_marked(wanted, "outside"))
    anonymous_id, linked = _visitor(request, door)
    ticket = tickets.Ticket(
        tickets.new_state(), request.GET["account"], wanted, anonymous_id, request.GET.get("ask") == "1"
    )
    credentials = queries.credentials(door.actor, door.account_id)
    back = f"{settings.PUBLIC_URL}/wechat/page/return?{urlencode({'account': ticket.account})}"
    response = _away(authorise_url(credentials, redirect=back, state=ticket.state, asking=ticket.asking))
    tickets.hand_out(request, response, ticket)
    if not linked:
        _keep_visitor(request, response, anonymous_id)
    return response


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Take the code that WeChat gave this browser, note who it is, and show the page that was wanted."""
    try:
        door = door_of(request, WechatAccount.Kind.OFFICIAL)
        ticket = tickets.presented(request, request.GET.get("state", "")[:200])
        # The list may have changed meanwhile, and a ticket of another account says nothing of this one.
        if ticket.account != request.GET["account"]:
            raise PageStateLost
        door.require_listed(ticket.wanted, "to")
    except CoveError as error:
        response = _refused(error)
        tickets.take_back(response)
        return response
    response = _away(_marked(ticket.wanted, "known" if _known(request, door, ticket) else "unknown"))
    tickets.take_back(response)
    return response


@require_GET
def signature(request: HttpRequest) -> JsonResponse:
    """Answer what the page `url` gives to ``wx.config``; only pages on the account's list, and only from there."""
    origin = request.headers.get("Origin", "")[:300]
    try:
        door = door_of(request, WechatAccount.Kind.OFFICIAL)
        url = request.GET.get("url", "")
        door.require_listed(url, "url")
        if origin:
            door.require_listed(origin, "url")
    except CoveError as error:
        return refusal(request, error)
    try:
        signed = patiently(facade.page_signature(door.actor, account_id=door.account_id, url=url))
        response = JsonResponse(
            {
                "app_id": signed.app_id,
                "timestamp": signed.timestamp,
                "nonce": signed.nonce,
                "signature": signed.signature,
            },
            headers={"Cache-Control": "no-store"},
        )
    except CoveError as error:
        response = refusal(request, error)
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


@require_GET
def domain_file(_request: HttpRequest, code: str) -> HttpResponse:
    """Show WeChat the file by which it sees that this server is the company's; only one that an account names."""
    if len(code) > MOST_FILE or not code.isalnum() or not stands(FILE_SIGNPOST, f"MP_verify_{code}.txt:"):
        raise Http404
    return HttpResponse(code, content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})


def _wanted(request: HttpRequest, door: Door) -> str:
    to = request.GET.get("to", "")
    if to.startswith("/") and not to.startswith(("//", "/\\")):
        to = settings.PUBLIC_URL + to
    if len(to) > MOST_ADDRESS:
        raise PageNotListed(fields={"to": PageNotListed.words})
    door.require_listed(to, "to")
    return to


def _visitor(request: HttpRequest, door: Door) -> tuple[str, bool]:
    """Return the browser's number and whether it needs no cookie of ours.

    What a page names counts only where the browser says that it came from a page of the list: a link elsewhere could name anybody.
    """
    named = request.GET.get(VISITOR_LINK, "").lower()
    if is_visitor(named) and door.lists(request.headers.get("Referer", "")):
        return named, True
    kept = request.COOKIES.get(VISITOR_COOKIE, "")
    return (kept, True) if is_visitor(kept) else (new_uuid(), False)


def _keep_visitor(request: HttpRequest, response: HttpResponse, anonymous_id: str) -> None:
    response.set_cookie(
        VISITOR_COOKIE,
        anonymous_id,
        max_age=VISITOR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _known(request: HttpRequest, door: Door, ticket: tickets.Ticket) -> bool:
    code = request.GET.get("code", "")
    try:
        if not code or len(code) > MOST_CODE:
            raise CodeRefused
        patiently(
            facade.page_visitor(
                door.actor,
                account_id=door.account_id,
                code=code,
                anonymous_id=ticket.anonymous_id,
                asking=ticket.asking,
            )
        )
    except CoveError as error:
        # WeChat's trouble is no reason to keep somebody from his page.
        log.info("wechat page visitor not known", reason=error.code, account=door.account_id)
        return False
    return True


def _marked(wanted: str, told: str) -> str:
    parts = urlsplit(wanted)
    # What the page wrote into its address stays as it wrote it, letter by letter.
    kept = [one for one in parts.query.split("&") if one and one.partition("=")[0] != TOLD]
    return urlunsplit(parts._replace(query="&".join([*kept, f"{TOLD}={told}"])))


def _away(to: str) -> HttpResponse:
    response = HttpResponseRedirect(to)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _refused(error: CoveError) -> HttpResponse:
    said = {"title": _TITLE.here(), "reason": error.message(), "language": current_language()}
    response = HttpResponse(render_to_string("wechat/refused.html", said), status=error.status)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _in_wechat(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    # WeCom's browsers say MicroMessenger too; who is asked for there is a member, not a visitor.
    return "micromessenger" in agent and "wxwork" not in agent

"""What a browser keeps while WeChat is asked who it is, and what a mini-program keeps of its sign-in."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse

from cove.engine.channels.wechat.errors import PageStateLost, SessionOver
from cove.kernel import clock

TICKET_COOKIE = "cove_wechat_page"
TICKET_PATH = "/wechat/page"
TICKET_LIFETIME = timedelta(minutes=10)
SESSION_LIFETIME = timedelta(days=7)
MOST_TOKEN = 1000
_PAGE, _MINI = "cove.wechat.page", "cove.wechat.mini"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A page that waits to learn who opens it: its state, the account, the address it came from, the browser's own number."""

    state: str
    account: str
    wanted: str
    anonymous_id: str
    asking: bool


@dataclass(frozen=True, slots=True)
class MiniTicket:
    """Whom a mini-program signed in."""

    tenant_id: int
    account_id: int
    openid: str


def new_state() -> str:
    """Return a state of 256 random bits, letters and digits only, as the platform wants it (at most 128)."""
    return secrets.token_hex(32)


def hand_out(request: HttpRequest, response: HttpResponse, ticket: Ticket) -> None:
    """Give the ticket to the browser, signed, for ten minutes."""
    ends = int((clock.now() + TICKET_LIFETIME).timestamp())
    said = [ticket.state, ticket.account, ticket.wanted, ticket.anonymous_id, ticket.asking, ends]
    response.set_cookie(
        TICKET_COOKIE,
        signing.dumps(said, salt=_PAGE),
        max_age=int(TICKET_LIFETIME.total_seconds()),
        path=TICKET_PATH,
        httponly=True,
        # The way back is a link from the platform's site, which Lax lets pass and Strict would not.
        samesite="Lax",
        secure=request.is_secure(),
    )


def presented(request: HttpRequest, state: str) -> Ticket:
    """Return this browser's ticket, if `state` is its own; raises PageStateLost."""
    try:
        known, account, wanted, anonymous_id, asking, ends = signing.loads(
            request.COOKIES.get(TICKET_COOKIE, ""), salt=_PAGE
        )
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise PageStateLost from error
    if not hmac.compare_digest(known.encode(), state.encode()) or clock.now().timestamp() > ends:
        raise PageStateLost
    return Ticket(known, account, wanted, anonymous_id, asking)


def take_back(response: HttpResponse) -> None:
    """Make the browser forget its ticket."""
    response.delete_cookie(TICKET_COOKIE, path=TICKET_PATH, samesite="Lax")


def mini_token(ticket: MiniTicket) -> tuple[str, int]:
    """Return a token for a mini-program that was signed in, and for how many seconds it is good."""
    ends = int((clock.now() + SESSION_LIFETIME).timestamp())
    said = [ticket.tenant_id, ticket.account_id, ticket.openid, ends]
    return signing.dumps(said, salt=_MINI), int(SESSION_LIFETIME.total_seconds())


def read_mini_token(request: HttpRequest) -> MiniTicket:
    """Return who sent ``Authorization: Bearer`` with a token of ours. Raises SessionOver."""
    scheme, _, token = request.headers.get("Authorization", "")[: MOST_TOKEN + 10].partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise SessionOver
        tenant_id, account_id, openid, ends = signing.loads(token.strip(), salt=_MINI)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise SessionOver from error
    if clock.now().timestamp() > ends:
        raise SessionOver
    return MiniTicket(tenant_id, account_id, openid)

"""What a browser keeps between the two halves of a sign-in, and where it may be sent afterwards."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

from cove.engine.channels.wecom.commands.sign_in import STATE_LIFETIME
from cove.engine.channels.wecom.errors import StateLost
from cove.kernel import clock

TICKET_COOKIE = "cove_wecom_sign_in"
TICKET_PATH = "/signin/wecom"
MOST_PATH = 500
_SALT = "cove.wecom.sign_in"
# A path of ours: one slash, then anything but what browsers read as a second one, or as the end of a header.
_OWN_PATH = re.compile(r"^/(?![/\\])[^\\\x00-\x20\x7f]*$")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A sign-in under way: its state, the company it is for, and the page that was wanted."""

    state: str
    tenant_id: int
    wanted: str


def own_path(path: str) -> str:
    """Return `path` if it is a page of this installation, else the first page: nobody is sent anywhere else."""
    good = len(path) <= MOST_PATH and _OWN_PATH.match(path) and not path.startswith(("/signin/", "/api/"))
    return path if good else "/"


def new_ticket(tenant_id: int, wanted: str) -> Ticket:
    """Return a ticket with a state of 256 random bits, letters and digits only as the platform wants it (at most 128)."""
    return Ticket(secrets.token_hex(32), tenant_id, own_path(wanted))


def hand_out(request: HttpRequest, response: HttpResponse, ticket: Ticket) -> None:
    """Give the ticket to the browser, signed, for ten minutes."""
    ends = int((clock.now() + STATE_LIFETIME).timestamp())
    text = signing.dumps([ticket.state, ticket.tenant_id, ticket.wanted, ends], salt=_SALT)
    response.set_cookie(
        TICKET_COOKIE,
        text,
        max_age=int(STATE_LIFETIME.total_seconds()),
        path=TICKET_PATH,
        httponly=True,
        # The way back is a link from the platform's site, which Lax lets pass and Strict would not.
        samesite="Lax",
        secure=request.is_secure(),
    )


def presented(request: HttpRequest, state: str) -> Ticket:
    """Return this browser's ticket, if `state` is its own; raises StateLost."""
    try:
        known, tenant_id, wanted, ends = signing.loads(request.COOKIES.get(TICKET_COOKIE, ""), salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise StateLost from error
    if not hmac.compare_digest(known.encode(), state.encode()) or clock.now().timestamp() > ends:
        raise StateLost
    return Ticket(known, tenant_id, own_path(wanted))


def take_back(response: HttpResponse) -> None:
    """Make the browser forget its ticket."""
    response.delete_cookie(TICKET_COOKIE, path=TICKET_PATH, samesite="Lax")

"""Signatures for pages inside WeCom (documents 90506, 94325)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import parse_qs

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.media import keep_ticket
from cove.engine.channels.wecom.errors import NoAnswer
from cove.kernel import clock
from cove.kernel.actor import Actor

TicketKind = Literal["corp", "agent_config"]
MARGIN = timedelta(minutes=5)
SIDEBAR = "/sidebar"
"""The one page of ours that calls the JS-SDK, and so the only one that is signed."""
_PAGE = re.compile(r"/sidebar(?:\?([^\x00-\x20\x7f\\#]*))?(?:#.*)?")


async def fetch_ticket(line: Line, kind: TicketKind) -> tuple[str, datetime]:
    """Return a ticket and when it ends; 400 an hour for a corp, 100 for an application."""
    if kind == "corp":
        document = await line.get("get_jsapi_ticket")
    else:
        document = await line.get("ticket/get", type=kind)
    ticket = str(document.get("ticket") or "")
    if not ticket:
        raise NoAnswer(reason="no ticket in the answer")
    return ticket, clock.now() + timedelta(seconds=int(document.get("expires_in", 7200)))


async def shared_ticket(line: Line, kind: TicketKind) -> str:
    """Return a ticket that all processes share, fetched when the last one nears its end."""
    who, channel_id = Actor.system(line.credentials.tenant_id), line.credentials.channel_id
    until = clock.now() + MARGIN
    known = await off_loop(queries.ticket, who, channel_id=channel_id, kind=kind, until=until)
    if known:
        return known
    ticket, expires_at = await fetch_ticket(line, kind)
    await off_loop(keep_ticket, who, channel_id=channel_id, kind=kind, ticket=ticket, expires_at=expires_at)
    return ticket


def signed(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the signature of a page: SHA-1 over these four in this order, raw values, the address without its fragment."""
    page = url.split("#", maxsplit=1)[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def company_of_page(path: str) -> str | None:
    """Return the company (sign-in address) that a page of ours names in its query, empty where none; None for a page that is not signed."""
    found = _PAGE.fullmatch(path)
    return parse_qs(found[1] or "").get("company", [""])[0] if found else None

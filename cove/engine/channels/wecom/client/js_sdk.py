"""Signatures for pages inside WeCom (documents 90506, 94325)."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Literal

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.errors import NoAnswer
from cove.kernel import clock

TicketKind = Literal["corp", "agent_config"]


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


def signed(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the signature of a page: SHA-1 over these four in this order, raw values, the address without its fragment."""
    page = url.split("#", maxsplit=1)[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

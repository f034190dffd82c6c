"""Tickets for pages inside WeCom. Source: WeCom document 90506."""

import secrets
from typing import Any

from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call

LIFETIME_SECONDS = 7200
HOUR_SECONDS = 3600
MOST_A_CORP, MOST_AN_APP = 400, 100


def get_corp_ticket(call: Call) -> dict[str, Any]:
    """GET get_jsapi_ticket: the ticket for wx.config."""
    return _ticket(call, "corp")


def get_app_ticket(call: Call) -> dict[str, Any]:
    """GET ticket/get?type=agent_config: the ticket for wx.agentConfig; 91040 for another type."""
    if call.parameter("type") != "agent_config":
        raise PlatformError(91040)
    return _ticket(call, "agent_config")


def _ticket(call: Call, kind: str) -> dict[str, Any]:
    now = call.world.now()
    hour = "SELECT count(*) FROM ticket_calls WHERE corp_id=? AND at>?"
    of_corp = call.storage.value(hour, call.corp_id, now - HOUR_SECONDS)
    of_app = call.storage.value(f"{hour} AND agent_id=?", call.corp_id, now - HOUR_SECONDS, call.app["agent_id"])
    if of_corp >= MOST_A_CORP or of_app >= MOST_AN_APP:
        raise PlatformError(45009)
    call.storage.insert("ticket_calls", corp_id=call.corp_id, agent_id=call.app["agent_id"], at=now)
    found = call.storage.row(
        "SELECT * FROM tickets WHERE corp_id=? AND agent_id=? AND kind=? AND expires_at>?",
        call.corp_id,
        call.app["agent_id"],
        kind,
        now,
    )
    if found is None:
        found = {
            "ticket": secrets.token_urlsafe(60),
            "corp_id": call.corp_id,
            "agent_id": call.app["agent_id"],
            "kind": kind,
            "expires_at": now + LIFETIME_SECONDS,
        }
        call.storage.insert("tickets", **found)
    return {"ticket": found["ticket"], "expires_in": found["expires_at"] - now}

"""Access tokens. Source: WeCom document 91039."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

LIFETIME_SECONDS = 7200
# Shortly before its end a token is no longer handed out again; a new one is made beside it.
RENEWAL_SECONDS = 300


def get_token(call: Call) -> dict[str, Any]:
    """GET gettoken: the living token of this corp and secret, else a new one."""
    corp_id, secret = call.query.get("corpid", ""), call.query.get("corpsecret", "")
    if not corp_id:
        raise PlatformError(41002)
    if not secret:
        raise PlatformError(41004)
    if not call.storage.row("SELECT 1 FROM corps WHERE corp_id=?", corp_id):
        raise PlatformError(40013)
    app = call.storage.row("SELECT * FROM apps WHERE corp_id=? AND secret=?", corp_id, secret)
    if app is None:
        raise PlatformError(40001)
    call.app = app
    return {
        "access_token": (found := _living(call, app))["token"],
        "expires_in": found["expires_at"] - call.world.now(),
    }


def _living(call: Call, app: Row) -> Row:
    now = call.world.now()
    found = call.storage.row(
        "SELECT * FROM tokens WHERE corp_id=? AND agent_id=? AND expired=0 AND expires_at>? ORDER BY expires_at DESC",
        app["corp_id"],
        app["agent_id"],
        now + RENEWAL_SECONDS,
    )
    if found:
        return found
    made: Row = {
        "token": secrets.token_urlsafe(160),
        "corp_id": app["corp_id"],
        "agent_id": app["agent_id"],
        "expires_at": now + LIFETIME_SECONDS,
    }
    call.storage.insert("tokens", **made)
    return made


def check_token(world: World, token: str) -> Row:
    """Return the app behind a token; 41001 without one, 40014 for an unknown, 42001 for an ended one."""
    if not token:
        raise PlatformError(41001)
    found = world.storage.row("SELECT * FROM tokens WHERE token=?", token)
    if found is None:
        raise PlatformError(40014)
    if found["expired"] or found["expires_at"] <= world.now():
        raise PlatformError(42001)
    app = world.storage.row("SELECT * FROM apps WHERE corp_id=? AND agent_id=?", found["corp_id"], found["agent_id"])
    if app is None:
        raise PlatformError(40014)
    return app


def expire_tokens(world: World, corp_id: str | None = None) -> int:
    """End all living tokens (of one corp); later calls with them get 42001. Answers how many."""
    if corp_id:
        return world.storage.change("UPDATE tokens SET expired=1 WHERE expired=0 AND corp_id=?", corp_id)
    return world.storage.change("UPDATE tokens SET expired=1 WHERE expired=0")

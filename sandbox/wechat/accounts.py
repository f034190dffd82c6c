"""Accounts and their access tokens (C1): `token` and `stable_token` live side by side."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wechat.errors import WeixinError
from sandbox.wechat.requests import Call
from sandbox.world import World

LIFETIME = 7200
OVERLAP = 300
FORCED_A_DAY, FORCED_APART, DAY = 20, 30, 86400


def account(world: World, app_id: str) -> Row | None:
    """Return an account, or None."""
    return world.storage.row("SELECT * FROM wx_apps WHERE app_id=?", app_id)


def create_account(world: World, *, kind: str, name: str, app_id: str, original_id: str, secret: str) -> Row:
    """Make an account."""
    world.storage.insert("wx_apps", app_id=app_id, kind=kind, name=name, original_id=original_id, secret=secret)
    found = account(world, app_id)
    assert found is not None
    return found


def get_token(call: Call) -> dict[str, Any]:
    """GET cgi-bin/token: a new token; the one before goes on for five minutes."""
    app = _known(call, call.query)
    soon = call.world.now() + OVERLAP
    call.storage.run(
        "UPDATE wx_tokens SET expires_at=min(expires_at, ?) WHERE app_id=? AND stable=0", soon, app["app_id"]
    )
    return _made(call, app, stable=False)


def get_stable_token(call: Call) -> dict[str, Any]:
    """POST cgi-bin/stable_token: the same token until five minutes before its end, another one if forced."""
    app = _known(call, {name: str(value) for name, value in call.body.items()})
    if call.body.get("force_refresh") is True:
        _note_forced(call, app)
        soon = call.world.now() + OVERLAP
        call.storage.run(
            "UPDATE wx_tokens SET expires_at=min(expires_at, ?) WHERE app_id=? AND stable=1", soon, app["app_id"]
        )
        return _made(call, app, stable=True)
    living = call.storage.row(
        "SELECT * FROM wx_tokens WHERE app_id=? AND stable=1 AND expires_at>? ORDER BY expires_at DESC",
        app["app_id"],
        call.world.now() + OVERLAP,
    )
    if living:
        return {"access_token": living["token"], "expires_in": living["expires_at"] - call.world.now()}
    return _made(call, app, stable=True)


def check_token(world: World, token: str) -> Row:
    """Return the account behind a token; 41001 without one, 40001 for an unknown, 42001 for an ended one."""
    if not token:
        raise WeixinError(41001)
    found = world.storage.row("SELECT * FROM wx_tokens WHERE token=?", token)
    app = account(world, found["app_id"]) if found else None
    if found is None or app is None:
        raise WeixinError(40001)
    if found["expires_at"] <= world.now():
        raise WeixinError(42001)
    return app


def expire_tokens(world: World, app_id: str) -> int:
    """End an account's tokens now: who asks again gets the same number as for an ended one."""
    return world.storage.change("UPDATE wx_tokens SET expires_at=? WHERE app_id=?", world.now(), app_id)


def _known(call: Call, given: dict[str, str]) -> Row:
    if given.get("grant_type") != "client_credential":
        raise WeixinError(40097, "grant_type")
    if not given.get("appid"):
        raise WeixinError(41002)
    if not given.get("secret"):
        raise WeixinError(41004)
    app = account(call.world, given["appid"])
    if app is None:
        raise WeixinError(40013)
    if app["secret"] != given["secret"]:
        raise WeixinError(40125)
    call.app = app
    return app


def _note_forced(call: Call, app: Row) -> None:
    now = call.world.now()
    forced = [at for at in json.loads(app["forced"]) if now - at < DAY]
    if len(forced) >= FORCED_A_DAY or (forced and now - forced[-1] < FORCED_APART):
        raise WeixinError(45009 if len(forced) >= FORCED_A_DAY else 45011)
    call.storage.run("UPDATE wx_apps SET forced=? WHERE app_id=?", json.dumps([*forced, now]), app["app_id"])


def _made(call: Call, app: Row, *, stable: bool) -> dict[str, Any]:
    token = secrets.token_urlsafe(100)
    call.storage.insert(
        "wx_tokens", token=token, app_id=app["app_id"], stable=stable, expires_at=call.world.now() + LIFETIME
    )
    return {"access_token": token, "expires_in": LIFETIME}

"""What WeCom's client answers a page that calls it: the signature is looked at, then the right to each call.

Sources: WeCom documents 90506 (signatures), 94325 (agentConfig, getContext), 94330 and 94345 (the customer or group of the chat);
the names of the native calls are those of the npm package @wecom/jssdk.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.browser.places import GROUP_CHAT, PROFILE, SINGLE_CHAT, place_of
from sandbox.browser.viewers import Viewer
from sandbox.wecom.customers import external_id
from sandbox.wecom.sign_in import web_of
from sandbox.world import World

JS_PATH = "/__wechat__/js"
MOST_BYTES = 64 * 1024
# Once more than these loads of one web view are known, the oldest are forgotten.
MOST_GRANTS = 50
Arguments = dict[str, Any]


class CallError(Exception):
    """A call came to nothing; `code` is the number the client gives."""

    def __init__(self, words: str, code: int = -1) -> None:
        self.words, self.code = words, code
        super().__init__(words)


async def answer_page(request: Request, viewer: Viewer) -> Response:
    """Answer POST /__wechat__/js {name, arguments, page, path} as `WeixinJSBridge.invoke` hands it on."""
    world: World = request.app.state.world
    asked = _asked(await request.body())
    if asked is None:
        return JSONResponse({"err_msg": "system:fail invalid arguments"}, 400)
    name, page, path, given = asked
    try:
        found = _called(world, viewer, Load(viewer.label, page, path), name, given)
    except CallError as error:
        return JSONResponse({"err_msg": f"{name}:fail {error.words}", "err_code": error.code})
    return JSONResponse({"err_msg": f"{name}:ok", **found})


def _asked(raw: bytes) -> tuple[str, str, str, Arguments] | None:
    try:
        body = json.loads(raw) if len(raw) <= MOST_BYTES else None
    except ValueError:
        return None
    if not isinstance(body, dict) or not isinstance(body.get("arguments") or {}, dict):
        return None
    name, page, path = (body.get(word) for word in ("name", "page", "path"))
    if not isinstance(name, str) or not isinstance(page, str) or not isinstance(path, str):
        return None
    return name, page, path, body.get("arguments") or {}


class Load:
    """One load of a page in a web view: only that load has what it was allowed."""

    def __init__(self, view: str, page: str, path: str) -> None:
        self.view, self.page, self.path = view, page, path

    def grant(self, world: World, kind: str, agent_id: int | None, apis: list[str]) -> None:
        """Allow this load calls."""
        world.storage.run(
            "INSERT OR REPLACE INTO js_grants (view, page, kind, agent_id, apis) VALUES (?, ?, ?, ?, ?)",
            self.view,
            self.page,
            kind,
            agent_id,
            json.dumps(apis),
        )
        world.storage.run(
            "DELETE FROM js_grants WHERE view=? AND rowid NOT IN"
            " (SELECT rowid FROM js_grants WHERE view=? ORDER BY rowid DESC LIMIT ?)",
            self.view,
            self.view,
            MOST_GRANTS,
        )

    def require(self, world: World, name: str) -> None:
        """Raise CallError unless agentConfig allowed the call to this load."""
        found = "SELECT apis FROM js_grants WHERE view=? AND page=? AND kind='agent_config'"
        if name not in json.loads(world.storage.value(found, self.view, self.page) or "[]"):
            raise CallError("no permission")


def _called(world: World, viewer: Viewer, load: Load, name: str, given: Arguments) -> Arguments:
    if name == "agentConfig":
        return _agent_config(world, viewer, load, given)
    if name == "preVerifyJSAPI":
        return _config(world, viewer, load, given)
    if name not in ANSWERS:
        raise CallError("function not exist")
    load.require(world, name)
    return ANSWERS[name](world, viewer)


def _agent_config(world: World, viewer: Viewer, load: Load, given: Arguments) -> Arguments:
    if given.get("corpid") != viewer.corp_id:
        raise CallError("invalid corpid", 40013)
    number = str(given.get("agentid", ""))
    app = world.storage.row(
        "SELECT * FROM apps WHERE corp_id=? AND agent_id=? AND kind='app'",
        viewer.corp_id,
        int(number) if number.isdecimal() else -1,
    )
    if app is None:
        raise CallError("invalid agentid", 40056)
    agent_id = int(app["agent_id"])
    _own_domain(viewer, [web_of(world, viewer.corp_id, agent_id)["trusted_domain"]])
    tickets = "SELECT ticket FROM tickets WHERE corp_id=? AND agent_id=? AND kind='agent_config' AND expires_at>?"
    rows = world.storage.rows(tickets, viewer.corp_id, agent_id, world.now())
    words = (given.get("nonceStr"), given.get("timestamp"), given.get("signature"))
    _signed([row["ticket"] for row in rows], viewer, load, words)
    load.grant(world, "agent_config", agent_id, _wanted(given.get("jsApiList")))
    return {}


def _config(world: World, viewer: Viewer, load: Load, given: Arguments) -> Arguments:
    if given.get("verifyAppId") != viewer.corp_id:
        raise CallError("invalid appid", 40013)
    domains = world.storage.rows("SELECT trusted_domain FROM app_web WHERE corp_id=?", viewer.corp_id)
    _own_domain(viewer, [row["trusted_domain"] for row in domains])
    tickets = "SELECT ticket FROM tickets WHERE corp_id=? AND kind='corp' AND expires_at>?"
    rows = world.storage.rows(tickets, viewer.corp_id, world.now())
    words = (given.get("verifyNonceStr"), given.get("verifyTimestamp"), given.get("verifySignature"))
    _signed([row["ticket"] for row in rows], viewer, load, words)
    load.grant(world, "config", None, _wanted(given.get("verifyJsApiList")))
    return {}


def _own_domain(viewer: Viewer, trusted: list[str]) -> None:
    if urlsplit(viewer.origin).netloc.lower() not in {domain.lower() for domain in trusted if domain}:
        raise CallError("invalid url domain", 50001)


def _signed(tickets: list[str], viewer: Viewer, load: Load, words: tuple[Any, Any, Any]) -> None:
    nonce, timestamp, signature = (str(word or "") for word in words)
    url = viewer.origin + load.path.split("#", maxsplit=1)[0]
    for ticket in tickets:
        text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
        right = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
        if hmac.compare_digest(right.encode(), signature.encode()):
            return
    raise CallError("invalid signature", 40093)


def _wanted(names: Any) -> list[str]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CallError("invalid jsApiList", 40058)
    return names


def _context(world: World, viewer: Viewer) -> Arguments:
    return {"entry": place_of(world, viewer.label)["entry"]}


def _customer(world: World, viewer: Viewer) -> Arguments:
    place = place_of(world, viewer.label)
    known = external_id(world, viewer.corp_id, place["person_id"]) if place["person_id"] else ""
    if place["entry"] not in (SINGLE_CHAT, PROFILE) or not known:
        raise CallError("without context of external contact")
    return {"userId": known}


def _group(world: World, viewer: Viewer) -> Arguments:
    place = place_of(world, viewer.label)
    if place["entry"] != GROUP_CHAT:
        raise CallError("without context of external chat")
    return {"chatId": place["chat_id"]}


ANSWERS: dict[str, Callable[[World, Viewer], Arguments]] = {
    "getContext": _context,
    "getCurExternalContact": _customer,
    "getCurExternalChat": _group,
}

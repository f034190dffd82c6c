"""What members do with their phones: scan a sign-in, confirm or refuse it, open an application."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.browser.places import WORKBENCH, stand_at
from sandbox.browser.targets import open_page
from sandbox.browser.viewers import member_view
from sandbox.control.bodies import body_of, text, world_of
from sandbox.control.corps import app_of
from sandbox.control.toolbar import toolbar_of
from sandbox.people.errors import RefusedError, missing
from sandbox.staff import phones
from sandbox.storage import Row
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.sign_in import issue_code, web_of
from sandbox.wecom.sign_in_pages import scan_of, status_of
from sandbox.world import World

WEB_FIELDS = ("trusted_domain", "login_domain", "home_url")


async def set_web(request: Request) -> Response:
    """PUT corps/{corp_id}/apps/{agent_id}/web {trusted_domain?, login_domain?, home_url?}: GET shows it."""
    world, app = world_of(request), app_of(world_of(request), request)
    kept = {name: web_of(world, app["corp_id"], app["agent_id"])[name] for name in WEB_FIELDS}
    if request.method == "PUT":
        body = await body_of(request)
        kept = {name: text(body, name, kept[name]).strip() for name in WEB_FIELDS}
        world.storage.run(
            "INSERT INTO app_web (corp_id, agent_id, trusted_domain, login_domain, home_url) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (corp_id, agent_id) DO UPDATE SET trusted_domain=excluded.trusted_domain,"
            " login_domain=excluded.login_domain, home_url=excluded.home_url",
            app["corp_id"],
            app["agent_id"],
            *kept.values(),
        )
    return JSONResponse(kept)


async def member_phone(request: Request) -> Response:
    """GET corps/{corp_id}/members/{userid}/phone: conversations, customers, workbench, toolbar of chats, QR codes on screens."""
    world = world_of(request)
    member = _member(world, request)
    apps = world.storage.rows("SELECT * FROM apps WHERE corp_id=? AND kind='app' ORDER BY agent_id", member["corp_id"])
    scans = world.storage.rows("SELECT * FROM login_scans ORDER BY rowid DESC LIMIT 20")
    return JSONResponse(
        phones.state(world, member)
        | {
            "apps": [
                {
                    "agent_id": app["agent_id"],
                    "name": app["name"],
                    "home_url": web_of(world, app["corp_id"], app["agent_id"])["home_url"],
                }
                for app in apps
            ],
            "toolbar": toolbar_of(world, member["corp_id"]),
            "screens": [_shown_scan(world, row) for row in scans if status_of(world, row) in ("waiting", "scanned")],
        }
    )


async def scan_login(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/scan {key} or {url}: what the phone asks then."""
    world, body = world_of(request), await body_of(request)
    member = _member(world, request)
    key = text(body, "key", "") or text(body, "url", "").rsplit("/", 1)[-1]
    row = _open_scan(world, member, key)
    world.storage.run("UPDATE login_scans SET status='scanned', userid=? WHERE key=?", member["userid"], row["key"])
    return JSONResponse(_shown_scan(world, row | {"status": "scanned"}))


async def settle_login(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/scan/{key}/{confirm|refuse}."""
    world = world_of(request)
    member = _member(world, request)
    row = _open_scan(world, member, request.path_params["key"])
    if row["status"] != "scanned" or row["userid"] != member["userid"]:
        raise RefusedError("not_scanned", "This member has not scanned the code.", 409)
    code, status = "", "refused"
    if request.path_params["answer"] == "confirm":
        app: Row = {"corp_id": row["corp_id"], "agent_id": row["agent_id"]}
        try:
            code, status = issue_code(world, app, "snsapi_base", userid=member["userid"]), "confirmed"
        except PlatformError as error:
            raise RefusedError("not_active", "This member is not active.", 409) from error
    world.storage.run("UPDATE login_scans SET status=?, code=? WHERE key=?", status, code, row["key"])
    return JSONResponse({"status": status})


async def open_app(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/open {url}: where the member's web view finds it."""
    world, body = world_of(request), await body_of(request)
    url, view = text(body, "url"), member_view(world, _member(world, request))
    stand_at(world, view, WORKBENCH)
    return JSONResponse({"url": url, "src": open_page(world, view, url)})


def _member(world: World, request: Request) -> Row:
    found = member_of(world, request.path_params["corp_id"], request.path_params["userid"])
    if found is None:
        raise missing("member")
    return found


def _open_scan(world: World, member: Row, key: str) -> Row:
    row = scan_of(world, key)
    if status_of(world, row) not in ("waiting", "scanned"):
        raise RefusedError("over", "This code is no longer waiting.", 410)
    if row["corp_id"] != member["corp_id"] or member["status"] != ACTIVE:
        raise RefusedError("wrong_corp", "This member cannot sign in there.", 409)
    return row


def _shown_scan(world: World, row: Row) -> dict[str, Any]:
    app = "SELECT name FROM apps WHERE corp_id=? AND agent_id=?"
    return {
        "key": row["key"],
        "status": status_of(world, row),
        "corp_id": row["corp_id"],
        "corp": world.storage.value("SELECT name FROM corps WHERE corp_id=?", row["corp_id"]),
        "app": world.storage.value(app, row["corp_id"], row["agent_id"]),
        "at": row["created_at"],
    }


_ONE = "/corps/{corp_id}/members/{userid}"
routes = [
    Route("/corps/{corp_id}/apps/{agent_id:int}/web", set_web, methods=["GET", "PUT"]),
    Route(_ONE + "/phone", member_phone, methods=["GET"]),
    Route(_ONE + "/scan", scan_login, methods=["POST"]),
    Route(_ONE + "/scan/{key}/{answer:str}", settle_login, methods=["POST"]),
    Route(_ONE + "/open", open_app, methods=["POST"]),
]

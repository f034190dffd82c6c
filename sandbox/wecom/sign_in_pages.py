"""The platform's pages for signing in: the silent one of its own browsers, and the one with the QR code."""

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.browser.viewers import VIEWER_HEADER, Viewer, viewer_of
from sandbox.control.bodies import world_of
from sandbox.people.errors import missing
from sandbox.phones.templating import templates
from sandbox.pictures import qr_png
from sandbox.storage import Row
from sandbox.wecom.errors import TEXTS, PlatformError
from sandbox.wecom.sign_in import CODE_SECONDS, SCOPES, asked_app, issue_code, with_code
from sandbox.world import World


async def authorize(request: Request) -> Response:
    """GET /connect/oauth2/authorize: in WeCom's or WeChat's browser, back at once with a code; elsewhere a page that says so."""
    world, query = world_of(request), dict(request.query_params)
    viewer = viewer_of(world, request.headers.get(VIEWER_HEADER, ""))
    try:
        code = _silent_code(world, query, viewer)
    except PlatformError as error:
        return _refused(request, error)
    if not code:
        return _shown(request, "outside.html", 200)
    return RedirectResponse(with_code(query["redirect_uri"], code=code, state=query.get("state", "")), 302)


def _silent_code(world: World, query: dict[str, str], viewer: Viewer | None) -> str:
    app = asked_app(world, query, domain="trusted_domain")
    if query.get("response_type") != "code" or query.get("scope") not in SCOPES:
        raise PlatformError(40058)
    if viewer is None:
        return ""
    mine = viewer.userid if viewer.corp_id == app["corp_id"] else ""
    if viewer.corp_id and not mine:
        raise PlatformError(50002)
    return issue_code(world, app, query["scope"], userid=mine, person_id=viewer.person_id)


async def login(request: Request) -> Response:
    """GET /wwlogin/sso/login, and the older /wwopen/sso/qrConnect: a QR code to scan with WeCom."""
    world, query = world_of(request), dict(request.query_params)
    try:
        app = _scanned_app(request, query)
    except PlatformError as error:
        return _refused(request, error)
    key = secrets.token_urlsafe(24)
    world.storage.insert(
        "login_scans",
        key=key,
        corp_id=app["corp_id"],
        agent_id=app["agent_id"],
        redirect_uri=query["redirect_uri"],
        state=query.get("state", ""),
        created_at=world.now(),
    )
    corp = world.storage.value("SELECT name FROM corps WHERE corp_id=?", app["corp_id"])
    response = _shown(request, "scan.html", 200, key=key, corp=corp, app=app["name"])
    response.headers["cache-control"] = "no-store"
    return response


def _scanned_app(request: Request, query: dict[str, str]) -> Row:
    if request.url.path.startswith("/wwlogin") and query.get("login_type") != "CorpApp":
        raise PlatformError(40058)
    return asked_app(world_of(request), query, domain="login_domain")


async def picture(request: Request) -> Response:
    """GET /wwlogin/qr/{key}.png."""
    key = request.path_params["key"]
    scan_of(world_of(request), key)
    text = f"{world_of(request).settings.base_url}/wwlogin/confirm/{key}"
    return Response(qr_png(text), media_type="image/png", headers={"cache-control": "no-store"})


async def poll(request: Request) -> Response:
    """GET /wwlogin/poll/{key}: waiting, scanned, refused, expired, or confirmed with the address to go to."""
    world = world_of(request)
    row = scan_of(world, request.path_params["key"])
    answer = {"status": status_of(world, row)}
    if row["status"] == "confirmed":
        values = {"code": row["code"], "state": row["state"], "appid": row["corp_id"]}
        answer["location"] = with_code(row["redirect_uri"], **values)
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def scan_of(world: World, key: str) -> Row:
    """Return a QR code that is or was on a screen; RefusedError not_found."""
    row = world.storage.row("SELECT * FROM login_scans WHERE key=?", key)
    if row is None:
        raise missing("QR code")
    return row


def status_of(world: World, row: Row) -> str:
    """Return a QR code's status; it ends five minutes after it was shown."""
    waits = row["status"] in ("waiting", "scanned")
    return "expired" if waits and world.now() - row["created_at"] >= CODE_SECONDS else str(row["status"])


def _refused(request: Request, error: PlatformError) -> Response:
    return _shown(request, "refused.html", 200, errcode=error.errcode, errmsg=TEXTS.get(error.errcode, ""))


def _shown(request: Request, template: str, status: int, **context: object) -> Response:
    return templates.TemplateResponse(request, f"signin/{template}", context, status_code=status)


routes = [
    Route("/connect/oauth2/authorize", authorize),
    Route("/wwlogin/sso/login", login),
    Route("/wwopen/sso/qrConnect", login),
    Route("/wwlogin/qr/{key}.png", picture),
    Route("/wwlogin/poll/{key}", poll),
]

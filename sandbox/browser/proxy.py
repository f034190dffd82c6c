"""Passing a web view's requests on to the site the phone has opened."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from sandbox.browser.js_api import JS_PATH, answer_page
from sandbox.browser.rewriting import (
    BRIDGE_PATH,
    DROPPED_HEADERS,
    bare_cookie,
    relax_policy,
    rewrite_links,
    with_bridge,
)
from sandbox.browser.targets import open_page, origin_of
from sandbox.browser.viewers import VIEWER_HEADER, WECHAT_AGENT, Viewer, viewer_of
from sandbox.people.codes import PHONE_LINK, is_own
from sandbox.people.errors import RefusedError
from sandbox.phones.templating import templates
from sandbox.world import World

BRIDGE = Path(__file__).with_name("bridge.js")
MOST_PAGE_BYTES = 5 * 1024 * 1024
MOST_FILE_BYTES = 50 * 1024 * 1024
MOST_BODY_BYTES = 20 * 1024 * 1024
SECONDS = 30
KEPT_OUT = frozenset(
    {"host", "connection", "content-length", "accept-encoding", "user-agent", "x-forwarded-for", VIEWER_HEADER}
)
REDIRECTS = (301, 302, 303, 307, 308)
KEEPS_METHOD = (307, 308)


async def browse(request: Request, label: str) -> Response:
    """Answer one request of a phone's web view."""
    world: World = request.app.state.world
    viewer = viewer_of(world, label)
    if request.url.path == BRIDGE_PATH:
        agent = viewer.agent if viewer else WECHAT_AGENT
        script = BRIDGE.read_text(encoding="utf-8").replace("__USER_AGENT__", agent)
        return Response(script, media_type="text/javascript", headers={"cache-control": "no-cache"})
    if viewer is None or not viewer.origin:
        return _trouble(request, "blank" if viewer else "no_phone", "", 404)
    if viewer.userid and request.url.path == JS_PATH and request.method == "POST":
        return await answer_page(request, viewer)
    target = viewer.origin + request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if PHONE_LINK.match(request.url.path) and is_own(world, urlsplit(target)):
        return _friend_link(request, target)
    body = await request.body()
    if len(body) > MOST_BODY_BYTES:
        return _trouble(request, "too_large", target, 413)
    return await _pass_on(request, viewer, target, body)


async def _pass_on(request: Request, viewer: Viewer, target: str, body: bytes) -> Response:
    world: World = request.app.state.world
    origin = origin_of(urlsplit(target))
    asked = world.client.build_request(
        request.method,
        target,
        headers=_headers(request, world, viewer, origin),
        content=body,
        timeout=SECONDS,
    )
    try:
        found = await world.client.send(asked, stream=True)
    except (httpx.HTTPError, httpx.InvalidURL):
        return _trouble(request, "unreachable", target, 502)
    try:
        if found.status_code in REDIRECTS and "location" in found.headers:
            await found.aclose()
            return _redirected(request, viewer, found, target)
        if is_navigation(request) and found.headers.get("content-type", "").startswith("image/"):
            await found.aclose()
            return _picture(request)
        if found.headers.get("content-type", "").startswith(("text/html", "application/xhtml")):
            return await _page(request, found, origin)
    except httpx.HTTPError:
        await found.aclose()
        return _trouble(request, "unreachable", target, 502)
    return _stream(request, found, origin)


def own_origin(request: Request) -> str:
    """Return the origin of the phone's host as the browser sees it."""
    return f"http://{request.headers['host']}"


def is_navigation(request: Request) -> bool:
    """Whether the request opens a page (and does not load a part of one)."""
    purpose = request.headers.get("sec-fetch-dest")
    if purpose:
        return purpose in ("document", "iframe", "frame")
    return "text/html" in request.headers.get("accept", "")


def _headers(request: Request, world: World, viewer: Viewer, origin: str) -> list[tuple[str, str]]:
    own = own_origin(request)
    headers = [
        ("user-agent", viewer.agent),
        ("accept-encoding", "identity"),
        ("x-requested-with", "com.tencent.wework" if viewer.userid else "com.tencent.mm"),
    ]
    if is_own(world, urlsplit(origin)):
        headers.append((VIEWER_HEADER, viewer.label))
    for name, value in request.headers.items():
        if name in KEPT_OUT or name.startswith("sec-ch-"):
            continue
        # The phones page around the web view is no referrer, and the phone's host is the site to the site.
        if name == "referer" and not value.startswith(own):
            continue
        headers.append((name, value.replace(own, origin, 1) if name in ("origin", "referer") else value))
    if world.settings.made_up_addresses:
        # 203.0.113.0/24 is set aside for documentation (RFC 5737).
        headers.append(("x-forwarded-for", f"203.0.113.{viewer.number % 254 + 1}"))
    return headers


def _kept_headers(request: Request, found: httpx.Response, origin: str, nonce: str) -> list[tuple[bytes, bytes]]:
    kept = []
    for name, value in found.headers.multi_items():
        if name == "set-cookie":
            kept.append((name, bare_cookie(value)))
        elif name in ("content-security-policy", "content-security-policy-report-only"):
            kept.append((name, relax_policy(value, origin, own_origin(request), nonce)))
        elif name not in DROPPED_HEADERS:
            kept.append((name, value))
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in kept]


def _redirected(request: Request, viewer: Viewer, found: httpx.Response, target: str) -> Response:
    world: World = request.app.state.world
    location = urljoin(target, found.headers["location"])
    parts = urlsplit(location)
    status = found.status_code
    if PHONE_LINK.match(parts.path) and is_own(world, parts):
        answer = _friend_link(request, location)
    elif origin_of(parts) == origin_of(urlsplit(target)):
        answer = RedirectResponse(location.replace(origin_of(parts), own_origin(request), 1), status)
    elif not is_navigation(request):
        answer = RedirectResponse(location, status)
    else:
        answer = _to_other_site(request, viewer, location, status)
    cookies = [(b"set-cookie", bare_cookie(one).encode("latin-1")) for one in found.headers.get_list("set-cookie")]
    answer.raw_headers.extend(cookies)
    return answer


def _to_other_site(request: Request, viewer: Viewer, location: str, status: int) -> Response:
    try:
        moved = urlsplit(open_page(request.app.state.world, viewer.label, location))
    except RefusedError as refusal:
        return _trouble(request, refusal.code, location, 403)
    # The host stays the phone's, with the port under which the browser knows it.
    here = moved._replace(netloc=request.headers["host"]).geturl()
    return RedirectResponse(here, status if status in KEEPS_METHOD else 302)


def _friend_link(request: Request, link: str) -> Response:
    return _shown(request, "friend_link.html", {"link": link}, 200)


def _picture(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return _shown(request, "picture.html", {"picture": request.url.path + query}, 200)


def _trouble(request: Request, reason: str, target: str, status: int) -> Response:
    return _shown(request, "trouble.html", {"reason": reason, "target": target}, status)


def _shown(request: Request, template: str, context: dict[str, str], status: int) -> Response:
    return templates.TemplateResponse(request, f"browser/{template}", context, status_code=status)


async def _page(request: Request, found: httpx.Response, origin: str) -> Response:
    raw = b""
    async for piece in found.aiter_bytes():
        raw += piece
        if len(raw) > MOST_PAGE_BYTES:
            await found.aclose()
            return _trouble(request, "too_large", str(found.url), 502)
    await found.aclose()
    html = raw.decode(found.charset_encoding or "utf-8", errors="replace")
    nonce = secrets.token_urlsafe(16)
    answer = HTMLResponse(with_bridge(rewrite_links(html, origin, own_origin(request)), nonce), found.status_code)
    length = [header for header in answer.raw_headers if header[0] == b"content-length"]
    kept = [header for header in _kept_headers(request, found, origin, nonce) if header[0] != b"content-type"]
    answer.raw_headers = [*kept, *length, (b"content-type", b"text/html; charset=utf-8")]
    return answer


def _stream(request: Request, found: httpx.Response, origin: str) -> Response:
    answer = StreamingResponse(_pieces(found), found.status_code)
    kept = _kept_headers(request, found, origin, "")
    if "content-encoding" in found.headers:
        kept.append((b"content-encoding", found.headers["content-encoding"].encode("latin-1")))
    answer.raw_headers = kept
    return answer


async def _pieces(found: httpx.Response) -> AsyncIterator[bytes]:
    sent = 0
    try:
        async for piece in found.aiter_raw():
            sent += len(piece)
            if sent > MOST_FILE_BYTES:
                return
            yield piece
    except httpx.HTTPError:
        return
    finally:
        await found.aclose()

"""Pages and live notes."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.browser.targets import SITE
from sandbox.control.bodies import world_of
from sandbox.phones.templating import remember_language, templates

# Under these names a browser would count a phone's host as another site and keep its cookies back.
PLAIN_HOST = re.compile(r"^(127\.0\.0\.1|localhost)(:\d+)?$")


async def phones(request: Request) -> Response:
    """GET /: the phones on the table."""
    host = request.headers.get("host", "")
    found = PLAIN_HOST.match(host)
    if found:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"http://{SITE}{found[2] or ''}/{query}")
    return remember_language(request, templates.TemplateResponse(request, "phones.html"))


async def platform(request: Request) -> Response:
    """GET /admin: the settings of companies and their applications, and the logs."""
    return remember_language(request, templates.TemplateResponse(request, "platform.html"))


async def members(request: Request) -> Response:
    """GET /members: where members' phones once lay alone; they are on the table now."""
    return RedirectResponse(f"/?member={quote(request.query_params.get('member', ''))}")


async def friend_link(request: Request) -> Response:
    """GET /ca/{slug}: what a friend link shows outside WeChat, and tells a web view to do."""
    return templates.TemplateResponse(request, "browser/friend_link.html", {"link": str(request.url)})


async def phone_link(request: Request) -> Response:
    """GET /gm/…, /kf/…, /weixin/q/… and /weixin/mini/…: as a friend link, for groups, customer service and accounts."""
    return await friend_link(request)


async def stream(request: Request) -> Response:
    """GET /phones/stream: server-sent ids of persons whose phones changed."""
    headers = {"cache-control": "no-store"}
    return StreamingResponse(world_of(request).streams.listen(), media_type="text/event-stream", headers=headers)


routes = [
    Route("/", phones),
    Route("/admin", platform),
    Route("/members", members),
    Route("/ca/{slug}", friend_link),
    Route("/gm/{slug}", phone_link),
    Route("/kf/{open_kfid}", phone_link),
    Route("/weixin/q/{slug}", phone_link),
    Route("/weixin/mini/{path:path}", phone_link),
    Route("/phones/stream", stream),
]

"""The sandbox as one ASGI application."""

import http.cookiejar
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.ads import doors as ads
from sandbox.browser.proxy import browse
from sandbox.browser.targets import phone_of_host
from sandbox.control import ads as ads_control
from sandbox.control import corps, directory, doings, mails, members, persons, stories, tags, toolbar, wechat, workings
from sandbox.control import inboxes as inbox_control
from sandbox.control import phones as phones_control
from sandbox.control import sms as sms_control
from sandbox.control import staff as staff_control
from sandbox.control.bodies import show_refusal
from sandbox.mail import names, sink
from sandbox.people.errors import RefusedError
from sandbox.phones import mail, pages, pictures
from sandbox.phones import sms as sms_pages
from sandbox.seed import seed
from sandbox.sms import aliyun, tencent
from sandbox.sms.pushing import Carrier
from sandbox.storage import Storage
from sandbox.wechat import routes as wechat_platform
from sandbox.wecom import gate, sign_in_pages
from sandbox.wecom.callbacks import Pusher
from sandbox.world import Settings, World


def outgoing_client() -> httpx.AsyncClient:
    """Return the client for callbacks and web views: keeps no cookies, since those belong to the phones."""
    jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(cookies=jar, trust_env=False, headers={"user-agent": "Mozilla/4.0"})


class WebViewHosts:
    """Leads requests for a phone's own host to its web view, all others to the sandbox itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at the Host header."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            label = phone_of_host(request.headers.get("host", ""))
            if label is not None:
                response = await browse(request, label)
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)


async def healthz(request: Request) -> Response:
    """Say that the sandbox works, its file included."""
    world: World = request.app.state.world
    return JSONResponse({"ok": True, "corps": world.storage.value("SELECT count(*) FROM corps")})


_SCRIPTING = [
    *corps.routes,
    *directory.routes,
    *tags.routes,
    *members.routes,
    *toolbar.routes,
    *staff_control.routes,
    *persons.routes,
    *phones_control.routes,
    *doings.routes,
    *stories.routes,
    *workings.routes,
    *mails.routes,
    *inbox_control.routes,
    *sms_control.routes,
    *ads_control.routes,
    *wechat.routes,
]


def _routes(methods: list[str]) -> list[BaseRoute]:
    """Return what is answered, by path."""
    return [
        Route("/healthz", healthz),
        Route("/cgi-bin/{path:path}", gate.answer, methods=methods),
        Mount(
            "/sandbox/api",
            routes=_SCRIPTING,
        ),
        *sign_in_pages.routes,
        *pictures.routes,
        *pages.routes,
        *ads.routes,
        *aliyun.routes,
        *tencent.routes,
        *mail.routes,
        *sms_pages.routes,
        *wechat_platform.routes,
        Mount("/static", StaticFiles(packages=[("sandbox.phones", "static")])),
    ]


def make_app(settings: Settings) -> Starlette:
    """Return the application, with its storage opened at start and closed at the end."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        storage = Storage(settings.data / "sandbox.sqlite3")
        async with outgoing_client() as client:
            world = World(settings, storage, client)
            app.state.world, app.state.pusher = world, Pusher(world)
            app.state.carrier = Carrier(world)
            seed(world)
            app.state.pusher.resume()
            servers = (await sink.serve(world), await names.serve(world))
            try:
                yield
            finally:
                for server in servers:
                    if server is not None:
                        server.close()
                await app.state.carrier.stop()
                await app.state.pusher.stop()
                storage.close()

    methods = ["GET", "POST", "PUT", "DELETE", "PATCH"]
    app = Starlette(
        lifespan=lifespan,
        exception_handlers={RefusedError: show_refusal},
        routes=_routes(methods),
    )
    app.add_middleware(WebViewHosts)
    return app

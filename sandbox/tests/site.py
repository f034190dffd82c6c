"""A small web site, as a phone's web view would open it."""

import http.server
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.tests.running import Server

HTML = "text/html; charset=utf-8"


@dataclass
class Page:
    """What a path answers."""

    body: str | bytes = ""
    status: int = 200
    kind: str = HTML
    headers: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Asked:
    """What came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """Answers with `pages` by path, and keeps what it was asked."""

    pages: dict[str, Page | Callable[[Asked], Page]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer(self, asked: Asked) -> Page:
        self.asked.append(asked)
        page = self.pages.get(urlsplit(asked.path).path, Page("nothing here", 404))
        return page(asked) if callable(page) else page

    def last(self, path: str) -> Asked:
        return next(one for one in reversed(self.asked) if urlsplit(one.path).path == path)


def _handler(site: Site) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def _any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            page = site.answer(Asked(self.command, self.path, headers, body))
            raw = page.body.encode() if isinstance(page.body, str) else page.body
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(raw)))
            for name, value in page.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def do_GET(self) -> None:
            self._any()

        def do_POST(self) -> None:
            self._any()

        def log_message(self, *args) -> None:
            pass

    return Handler

"""A company's website that uses the SDK, and a gate before the collector where one sees what passes and may make it fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import psycopg

from tests.journeys.house import House

HOP = {"host", "connection", "transfer-encoding", "content-encoding", "content-length", "date", "server"}


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Serve every request by `answer` on a free port; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_OPTIONS = do_GET  # noqa: N815 -- as http.server calls them

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@dataclass
class Gate:
    """Passes all on to the real collector. `script` answers the next batches itself, one entry each:

    ("refuse", status, headers): the collector never sees it. ("lose",): the collector takes it, the sender never hears of it.
    """

    collector: str
    script: list[tuple[Any, ...]] = field(default_factory=list)
    batches: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        rule: tuple[Any, ...] = ()
        if handler.path == "/collect/batch" and handler.command == "POST":
            self.batches.append(json.loads(body))
            rule = self.script.pop(0) if self.script else ()
        if rule[:1] == ("refuse",):
            cors = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "retry-after"}
            reply(handler, rule[1], {**cors, **rule[2]}, b"{}")
            return
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in HOP}
        heard = httpx.request(handler.command, self.collector + handler.path, headers=headers, content=body, timeout=60)
        if rule == ("lose",):
            assert heard.status_code == 200, heard.text
            handler.close_connection = True
            return
        kept = {name: value for name, value in heard.headers.items() if name not in HOP}
        reply(handler, heard.status_code, kept, heard.content)

    @property
    def sent(self) -> list[dict[str, Any]]:
        """All events that were sent here, in order, those sent again as often as they were."""
        return [event for batch in self.batches for event in batch["batch"]]


PAGES = {
    "/": "<h1>云岫家居</h1><a id=cases href=/cases>案例</a><a id=away href='http://localhost:9/partner'>合作伙伴</a>",
    "/cases": "<h1>案例</h1><div style='height:6000px'></div>",
    "/app": "<main style='height:80vh;overflow:auto'><div style='height:2000px'></div></main>",
    "/form": """
        <form id=booking action=/done onsubmit='event.preventDefault()'>
          <input name=phone value=13800000000><input type=password value=hidden-word><button>预约量房</button>
        </form>
        <button data-cove=立即咨询 onclick='1'>拨打 138 0000 0000</button>
        <button class=chosen>报价</button><button id=plain>其他</button>
        <div data-cove-ignore><button class=chosen id=quiet>不看</button></div>
        <a id=file href='/brochure.pdf' download>下载画册</a>
    """,
}


@dataclass
class Site:
    """The website: `head` stands in each page's head."""

    url: str = ""
    head: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path.partition("?")[0]
        page = PAGES.get(path)
        title = {"/": "首页", "/cases": "实景案例"}.get(path, path)
        text = f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{self.head}</head><body>{page}"
        reply(handler, 200 if page else 404, {"Content-Type": "text/html; charset=utf-8"}, text.encode())


@dataclass(frozen=True)
class Source:
    """A source of behaviour of the demo company, and what the log holds of it."""

    house: House
    source_id: int
    write_key: str

    def facts(self) -> list[dict[str, Any]]:
        """Return what the log holds, in the order in which it happened: the payloads, with `kind`."""
        with psycopg.connect(superuser_url(self.house)) as looking:
            rows = looking.execute(
                "SELECT kind, payload FROM log_fact WHERE payload->>'source_id' = %s ORDER BY at, position",
                [str(self.source_id)],
            )
            return [{**payload, "kind": kind.partition(".")[2]} for kind, payload in rows]

    def wait_for(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        """Wait until the log holds `count` facts, and a moment longer for one too many; return them."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(self.facts()) < count:
            time.sleep(0.1)
        time.sleep(0.5)
        found = self.facts()
        assert len(found) == count, [(one["kind"], one["url"], one.get("event")) for one in found]
        return found


def superuser_url(house: House) -> str:
    """Return the address at which the embedded PostgreSQL shows everything."""
    from cove.launch.env import read_environment

    return read_environment({"COVE_DATA": str(house.data)}).embedded_postgres_url("postgres")


def started(page, address: str):
    """Open a page and wait until the SDK is there."""
    page.goto(address)
    page.wait_for_function("window.cove && !Array.isArray(window.cove)")
    return page


def kinds(facts) -> list[str]:
    return [fact["kind"] for fact in facts]


def told(page, gate, site, path, times=1):
    """Wait until the page at `path` was told of so often."""
    end = time.monotonic() + 60
    while [event.get("url") for event in gate.sent if event["type"] == "page"].count(site.url + path) < times:
        assert time.monotonic() < end, gate.sent
        page.wait_for_timeout(50)

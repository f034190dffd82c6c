"""The collector itself on a port of its own, and a gate before it that breaks connections as networks do."""

from __future__ import annotations

import asyncio
import http.client
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest
import uvicorn
from django.conf import settings

from cove.engine.tracking.commands.sources import create_source
from cove.engine.tracking.contracts import SERVER_KEY, PostedSource, server_key_name
from cove.kernel.signposts.commands import put_signpost

SERVER_SECRET = "sk_sdk-test-{}"


@pytest.fixture
def collector(key, tmp_path, monkeypatch):
    """Run the edge over TCP, which knows the key from its start; gives its port. What was sent lies in the log a moment later."""
    from cove.edge.hot import edge_only

    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    config = uvicorn.Config(edge_only, host="127.0.0.1", port=0, lifespan="on", ws="none", log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    for _ in range(2400):
        if server.started or not thread.is_alive():
            break
        time.sleep(0.05)
    assert server.started
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(60)


@pytest.fixture
def key(actor):
    """The server key of a source, known to the edge before it starts."""
    source = create_source(actor, name="服务端", allowed_origins=[])
    secret = SERVER_SECRET.format(actor.tenant_id)
    put_signpost(SERVER_KEY, server_key_name(secret), PostedSource(source.id, frozenset(), kind="server").document())
    return secret


@pytest.fixture
def logged(actor):
    """Wait until the log holds so many facts of the tenant; gives them as (kind, payload)."""

    def wait(count, seconds=60.0):
        end = time.monotonic() + seconds
        while True:
            with psycopg.connect(settings.DATABASE_DSN) as looking:
                looking.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(actor.tenant_id)])
                sql = "SELECT kind, payload FROM log_fact WHERE kind LIKE 'tracking.%%' ORDER BY xid, position"
                found = looking.execute(sql.replace("%%", "%")).fetchall()
            if len(found) >= count or time.monotonic() > end:
                assert len(found) == count, found
                return found
            time.sleep(0.05)

    return wait


class Gate(ThreadingHTTPServer):
    """Passes requests on to the collector, unless its `script` has something else in store for the next one."""

    daemon_threads = True

    def __init__(self, behind):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = behind
        self.script = deque()
        self.bodies = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.bodies.append(body)
        step = self.server.script.popleft() if self.server.script else "pass"
        if step == "break":
            self.connection.close()
            return
        if isinstance(step, tuple):
            self._answer(step[0], step[2] if len(step) > 2 else b"{}", step[1])
            return
        status, answer = self._pass_on(body)
        if step == "lose the answer":
            self.connection.close()
            return
        self._answer(status, answer, {})

    def _pass_on(self, body):
        behind = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        behind.request("POST", self.path, body, headers)
        answer = behind.getresponse()
        found = answer.status, answer.read()
        behind.close()
        return found

    def _answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def gate(collector):
    server = Gate(collector)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(60)


@pytest.fixture
def host(gate):
    return f"http://127.0.0.1:{gate.server_address[1]}"

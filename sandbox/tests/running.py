"""The sandbox and a callback receiver, run for a test in threads of their own."""

import http.cookiejar
import http.server
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import httpx

from sandbox import seed
from sandbox.__main__ import make_server
from sandbox.wecom.crypto import aes_key, decrypt, signature
from sandbox.world import Settings
from tests.ports import free_port

TOKEN = "QDG6eK"
KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
PATIENCE = 60


def wait_until(check: Callable[[], object]) -> object:
    end = time.monotonic() + PATIENCE
    while not (found := check()):
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.01)
    return found


class Sandbox:
    """A running sandbox with its default company."""

    corp_id = seed.CORP_ID

    def __init__(self, data: Path, **settings) -> None:
        self.settings = Settings(data=data, port=free_port(), **{"callback_pause": 0.01} | settings)
        self.url = f"http://127.0.0.1:{self.settings.port}"
        jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False, cookies=jar)
        self.start()

    def start(self) -> None:
        self.server = make_server(self.settings)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        wait_until(lambda: self.server.started)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join()

    def close(self) -> None:
        self.http.close()
        self.stop()

    def token(self, secret: str = seed.APP_SECRET, corp_id: str = seed.CORP_ID) -> str:
        query = {"corpid": corp_id, "corpsecret": secret}
        return self.http.get("/cgi-bin/gettoken", params=query).json()["access_token"]

    def get(self, path: str, token: str | None = None, **query) -> dict:
        query["access_token"] = self.token() if token is None else token
        response = self.http.get(f"/cgi-bin/{path}", params=query)
        assert response.status_code == 200
        return response.json()

    def post(self, path: str, body: object = None, token: str | None = None) -> dict:
        query = {"access_token": self.token() if token is None else token}
        response = self.http.post(f"/cgi-bin/externalcontact/{path}", params=query, json=body or {})
        assert response.status_code == 200
        return response.json()

    def code(self, path: str, body: object = None) -> int:
        return self.post(path, body)["errcode"]

    def api(self, method: str, path: str, body: object = None) -> dict:
        response = self.http.request(method, f"/sandbox/api{path}", json=body)
        assert response.is_success, response.text
        return response.json()

    def refused(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        response = self.http.request(method, f"/sandbox/api{path}", json=body)
        return response.status_code, response.json()["error"]["code"]

    def way(self, *userids: str, **fields) -> dict:
        kind = 1 if len(userids) == 1 else 2
        return self.post("add_contact_way", {"type": kind, "scene": 2, "user": list(userids), **fields})

    def befriend(self, person: int = 1, userid: str = "WangFang", **fields) -> str:
        """Make friends by a new contact way; answers the external_userid."""
        config_id = self.way(userid, **fields)["config_id"]
        return self.api("POST", f"/persons/{person}/friends", {"config_id": config_id})["external_userid"]

    def messages(self, person: int = 1) -> list[dict]:
        return [
            message for chat in self.api("GET", f"/persons/{person}/phone")["chats"] for message in chat["messages"]
        ]

    def listen(self, receiver: "Receiver") -> None:
        body = {"url": receiver.url, "token": TOKEN, "aes_key": KEY}
        self.api("PUT", f"/corps/{self.corp_id}/apps/{seed.APP_AGENT_ID}/callback", body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64


@dataclass
class Received:
    """One callback as it came in: `event` is None when it was refused, and `refusal` says why."""

    event: dict[str, str] | None
    refusal: str = ""
    body: bytes = b""


@dataclass
class Receiver:
    """A callback address that verifies and decrypts; `answers` are the HTTP statuses to give, then 200."""

    answers: list[int] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    echo: bytes | None = None
    silent: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.silent.set()
        self.server = Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}/callbacks/wecom?tenant=1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.silent.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def events(self) -> list[dict[str, str]]:
        return [one.event for one in self.received if one.event is not None]

    def wait_for(self, change: str) -> dict[str, str]:
        def found() -> dict[str, str] | None:
            return next((event for event in self.events if event.get("ChangeType") == change), None)

        return wait_until(found)

    def judge(self, query: dict[str, str], body: bytes) -> Received:
        try:
            encrypted = ET.fromstring(body).findtext("Encrypt") or ""
        except ET.ParseError:
            return Received(None, "no xml", body)
        if signature(TOKEN, query["timestamp"], query["nonce"], encrypted) != query["msg_signature"]:
            return Received(None, "signature", body)
        message, receiver = decrypt(aes_key(KEY), encrypted)
        if receiver != seed.CORP_ID:
            return Received(None, "receiver", body)
        return Received({one.tag: one.text or "" for one in ET.fromstring(message)}, "", body)


def _handler(receiver: Receiver) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def _query(self) -> dict[str, str]:
            return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

        def _answer(self, status: int, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            query = self._query()
            assert signature(TOKEN, query["timestamp"], query["nonce"], query["echostr"]) == query["msg_signature"]
            plain, _ = decrypt(aes_key(KEY), query["echostr"])
            receiver.silent.wait(PATIENCE)
            self._answer(200, plain if receiver.echo is None else receiver.echo)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(receiver.judge(self._query(), body))
            receiver.silent.wait(PATIENCE)
            self._answer(receiver.answers.pop(0) if receiver.answers else 200)

        def log_message(self, *args) -> None:
            pass

    return Handler

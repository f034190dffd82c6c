"""The stand-in of the platform as a test sees it: a corp of the test's own, people who act, calls that were made."""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.ports import free_port

AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
TOKEN = "QDG6eK"
PATIENCE = 120.0
"""Seconds: the machine may be very busy."""


@contextmanager
def running_sandbox(data: Path, *more: str) -> Iterator[str]:
    """Run the sandbox as its own program, with `more` on its command line; give its address."""
    port = free_port()
    arguments = ["--port", str(port), "--data", str(data), "--callback-pause", "0.1", "--verify-seconds", "60", *more]
    process = subprocess.Popen([sys.executable, "-m", "sandbox", *arguments])
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                httpx.get(f"{url}/healthz", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Platform:
    """One corp on the sandbox with two members, ChenYuqing and WangFang."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=f"{url}/sandbox/api", timeout=PATIENCE)
        self.corp_id = "ww" + secrets.token_hex(8)
        self.secret = secrets.token_hex(20)
        self.ask("POST", "corps", name="云岫家居", corp_id=self.corp_id, secret=self.secret, agent_id=1000002)
        self.ask("POST", f"corps/{self.corp_id}/members", userid="ChenYuqing", name="陈雨晴")
        self.ask("POST", f"corps/{self.corp_id}/members", userid="WangFang", name="王芳")
        self.ask("DELETE", "faults")

    def ask(self, method: str, path: str, **body: Any) -> Any:
        response = self._http.request(method, path, json=body or None)
        assert response.is_success, response.text
        return response.json()

    def calls(self, path: str) -> list[dict[str, Any]]:
        query = {"path": f"/cgi-bin/{path}", "limit": "1000"}
        rows = self._http.get("calls", params=query).json()["items"]
        # A refused token is not known to belong to the corp, so its secret in a token call is looked for too.
        mine = [row for row in rows if row["corp_id"] == self.corp_id or row["query"].get("corpid") == self.corp_id]
        return mine[::-1]

    def fault(self, pattern: str, kind: str, **parameters: Any) -> None:
        target = parameters.pop("target", "call")
        name = f"/cgi-bin/{pattern}" if target == "call" else pattern
        self.ask("POST", "faults", target=target, pattern=name, kind=kind, **parameters)

    def person(self, name: str = "林晓雨") -> int:
        return int(self.ask("POST", "persons", name=name, gender=2)["id"])

    def befriend(self, person: int, userid: str = "ChenYuqing", **more: Any) -> str:
        made = self.ask("POST", f"persons/{person}/friends", corp_id=self.corp_id, userid=userid, **more)
        if made["stage"] == "requested":
            made = self.ask("POST", f"persons/{person}/friends/{self.corp_id}/{userid}/accept")
        return str(made["external_userid"])

    def part(self, person: int, userid: str = "ChenYuqing", *, by: str = "") -> None:
        self.ask("DELETE", f"persons/{person}/friends/{self.corp_id}/{userid}" + (f"?by={by}" if by else ""))

    def edit(self, person: int, userid: str = "ChenYuqing", **fields: Any) -> None:
        self.ask("PATCH", f"persons/{person}/friends/{self.corp_id}/{userid}", **fields)

    def messages(self, person: int) -> list[str]:
        phone = self.ask("GET", f"persons/{person}/phone")
        return [
            message["body"]["content"]
            for chat in phone["chats"]
            for message in chat["messages"]
            if message["sender"] == "member" and message["kind"] == "text"
        ]

    def callbacks_to(self, url: str) -> None:
        path = f"corps/{self.corp_id}/apps/1000002/callback"
        self.ask("PUT", path, url=url, token=TOKEN, aes_key=AES_KEY)

    def drained(self) -> None:
        self.ask("POST", "callbacks/drain")

    def close(self) -> None:
        self._http.close()


def add_tags(actor: Any, group: str, names: list[str]) -> Any:
    """Make tags on the platform as another application would: no callback, nothing known here."""
    import asyncio

    from cove.engine.channels.wecom.client import tags
    from cove.engine.channels.wecom.outbound.performing import open_line

    async def make() -> Any:
        async with httpx.AsyncClient(timeout=60) as http:
            return await tags.add_tags(await open_line(actor.tenant_id, http), group_name=group, names=names)

    return asyncio.run(make())

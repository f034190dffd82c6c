"""Pushing events to an app's callback address. Source: WeCom documents 90930, 90968."""

import asyncio
import secrets
import time
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import httpx

from sandbox import faults
from sandbox.storage import Row
from sandbox.wechat import sealing
from sandbox.wechat.accounts import account
from sandbox.wecom.crypto import CryptoError, aes_key, encrypt, signature
from sandbox.world import World

ATTEMPTS = 3
HTTP_OK = 200
OTHER_CORP = "ww0000000000000000"
WEIXIN_KINDS = frozenset({"official", "mini"})
OVERSIZE_BYTES = 3 * 1024 * 1024
KEPT_ANSWER = 500


class NotVerifiedError(Exception):
    """The callback address did not prove itself.

    code: bad_aes_key, not_answered (in time), not_reached, bad_status or bad_echo.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Envelope:
    """A signed and encrypted request, ready to go out."""

    query: str
    body: str


def seal(app: Row, receiver: str, xml: str, at: int) -> Envelope:
    """Sign and encrypt an event's XML for an app; an account of WeChat has a way of its own."""
    if app["kind"] in WEIXIN_KINDS:
        return Envelope(*sealing.seal(app, xml, at, receiver))
    encrypted = encrypt(aes_key(app["callback_aes_key"]), xml.encode(), receiver)
    nonce, timestamp = str(secrets.randbelow(10**10)), str(at)
    query = urlencode(
        {
            "msg_signature": signature(app["callback_token"], timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }
    )
    body = (
        f"<xml><ToUserName><![CDATA[{receiver}]]></ToUserName><AgentID><![CDATA[{app['agent_id']}]]></AgentID>"
        f"<Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    )
    return Envelope(query, body)


def address(url: str, query: str) -> str:
    """Return the callback address with the signature's query behind it."""
    return url + ("&" if "?" in url else "?") + query


async def verify(world: World, app: Row) -> None:
    """Ask the address for the decrypted echo, as 「保存」 does on the real page; raises NotVerifiedError."""
    echo = str(secrets.randbelow(10**19))
    try:
        encrypted = encrypt(aes_key(app["callback_aes_key"]), echo.encode(), app["corp_id"])
    except CryptoError as error:
        raise NotVerifiedError("bad_aes_key", f"has no usable key: {error}") from error
    timestamp, nonce = str(world.now()), str(secrets.randbelow(10**10))
    query = urlencode(
        {
            "msg_signature": signature(app["callback_token"], timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
            "echostr": encrypted,
        }
    )
    limit = world.settings.verify_timeout
    try:
        async with asyncio.timeout(limit):
            response = await world.client.get(address(app["callback_url"], query))
    except TimeoutError as error:
        raise NotVerifiedError("not_answered", f"did not answer within {limit:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NotVerifiedError("not_reached", f"cannot be reached: {error}") from error
    if response.status_code != HTTP_OK:
        raise NotVerifiedError("bad_status", f"answered HTTP {response.status_code}")
    if response.content != echo.encode():
        said = response.text[:80]
        raise NotVerifiedError("bad_echo", f"answered {said!r} instead of the decrypted echostr")


class Pusher:
    """Delivers noted events: in order for one customer, at the same time for different ones."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._last: dict[tuple[str, int, str], asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[tuple[Row, asyncio.Event]] = []

    def resume(self) -> None:
        """Take up what was waiting when the sandbox was last stopped."""
        self.push(self.world.storage.rows("SELECT * FROM callbacks WHERE state='waiting' ORDER BY id"))

    def push(self, notes: list[Row]) -> None:
        """Deliver these notes in the background."""
        for note in notes:
            fault = faults.take(self.world, "callback", note["change_type"] or note["event"])
            reordered = fault is not None and fault.kind == "reorder"
            line = (note["corp_id"], note["agent_id"], note["customer"] or str(note["id"]))
            task = asyncio.get_running_loop().create_task(
                self._deliver(note, fault, None if reordered else self._last.get(line))
            )
            if not reordered:
                self._last[line] = task
            self._tasks.add(task)
            task.add_done_callback(lambda done, line=line: self._forget(line, done))  # type: ignore[misc]

    def _forget(self, line: tuple[str, int, str], task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._last.get(line) is task:
            del self._last[line]

    async def stop(self) -> None:
        """Stop delivering; what was not delivered waits for the next start."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def drain(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def _deliver(self, note: Row, fault: faults.Fault | None, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        app = self._app(note)
        if app is None or not app["callback_url"]:
            self._settle(note, "failed")
            return
        if fault and fault.kind == "reorder":
            await self._hold(note, fault)
        if fault and fault.kind == "late":
            await asyncio.sleep(fault.number("seconds", 5))
        if fault and fault.kind == "lose":
            self._settle(note, "failed")
            return
        genuine = seal(app, note["corp_id"], note["xml"], self.world.now())
        self._keep(note, genuine)
        envelope = self._spoiled(app, note, genuine, fault.kind if fault else "")
        if fault and fault.kind == "duplicate":
            count = int(fault.number("count", 2))
            answers = await asyncio.gather(*(self.send(app, note["id"], envelope, fault.kind) for _ in range(count)))
            self._settle(note, "delivered" if any(answers) else "failed")
        else:
            await self._attempts(app, note, envelope, fault.kind if fault else "")
        self._release()

    def _app(self, note: Row) -> Row | None:
        return self.world.storage.row(
            "SELECT * FROM apps WHERE corp_id=? AND agent_id=?", note["corp_id"], note["agent_id"]
        ) or account(self.world, note["corp_id"])

    async def _hold(self, note: Row, fault: faults.Fault) -> None:
        """Wait until a later event has been delivered, at most `seconds`."""
        gone = asyncio.Event()
        self._held.append((note, gone))
        try:
            await asyncio.wait_for(gone.wait(), fault.number("seconds", 10))
        except TimeoutError:
            return
        finally:
            self._held.remove((note, gone))

    def _release(self) -> None:
        for _, gone in self._held:
            gone.set()

    async def _attempts(self, app: Row, note: Row, envelope: Envelope, kind: str) -> None:
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(self.world.settings.callback_pause)
            if await self.send(app, note["id"], envelope, kind):
                self._settle(note, "delivered")
                return
        self._settle(note, "failed")

    async def send(self, app: Row, callback_id: int, envelope: Envelope, kind: str) -> bool:
        """One attempt with 5 seconds of patience; noted in the log. True when the answer was HTTP 200."""
        started, at = time.perf_counter(), time.time() + self.world.clock_offset
        status, answer, error = None, "", ""
        try:
            async with asyncio.timeout(self.world.settings.callback_timeout):
                response = await self.world.client.post(
                    address(app["callback_url"], envelope.query),
                    content=envelope.body.encode(),
                    headers={"content-type": "text/xml"},
                )
            status, answer = response.status_code, response.text[:KEPT_ANSWER]
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as problem:
            error = f"{type(problem).__name__} {problem}".strip()
        self.world.storage.insert(
            "callback_attempts",
            callback_id=callback_id,
            at=at,
            fault=kind,
            status=status,
            answer=answer,
            error=error,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )
        return status == HTTP_OK

    def _settle(self, note: Row, state: str) -> None:
        self.world.storage.run("UPDATE callbacks SET state=? WHERE id=?", state, note["id"])

    def _keep(self, note: Row, envelope: Envelope) -> None:
        self.world.storage.run(
            "UPDATE callbacks SET sent_query=?, sent_body=? WHERE id=?",
            envelope.query,
            envelope.body,
            note["id"],
        )

    def _spoiled(self, app: Row, note: Row, genuine: Envelope, kind: str) -> Envelope:
        if kind == "wrong_corp":
            return seal(app, OTHER_CORP, note["xml"].replace(note["corp_id"], OTHER_CORP), self.world.now())
        return spoil(genuine, kind)

    async def repeat(self, note: Row, kind: str, count: int) -> list[Any]:
        """Send a callback once more, byte for byte or spoiled, `count` times at once."""
        app = self._app(note)
        if app is None or not note["sent_body"]:
            return []
        envelope = self._spoiled(app, note, Envelope(note["sent_query"], note["sent_body"]), kind)
        mark = kind or "replay"
        return list(await asyncio.gather(*(self.send(app, note["id"], envelope, mark) for _ in range(count))))


def spoil(envelope: Envelope, kind: str) -> Envelope:
    """Return the same request with a forged signature, cut short, or far too long."""
    if kind == "forge":
        forged = "msg_signature=" + secrets.token_hex(20)
        return replace(envelope, query=forged + envelope.query[len(forged) :])
    if kind == "truncate":
        return replace(envelope, body=envelope.body[: len(envelope.body) // 2])
    if kind == "oversize":
        return replace(envelope, body=envelope.body.replace("<xml>", "<xml>" + " " * OVERSIZE_BYTES, 1))
    return envelope

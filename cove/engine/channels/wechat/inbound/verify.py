"""Is this callback from WeChat for our account, and is it new? Source: fact sheet C2; the seal is that of WeCom (A4)."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cove.engine.channels.seal.crypto import BadCipher, open_message, signature_fits
from cove.engine.channels.seal.xml import BadXml, parse, text_of
from cove.kernel import clock
from cove.kernel.documents import NotJson, read_json

FRESH_SECONDS = 300
MAX_BODY = 256 * 1024
EARLIEST, AHEAD = datetime(2010, 1, 1, tzinfo=UTC), timedelta(days=1)
"""When an event can have happened: since there is the platform, and clocks that differ."""
KEPT = 20_000
_EVENT_KEYS = ("FromUserName", "CreateTime", "Event", "EventKey", "MsgID", "MenuId", "Ticket")


class Refusal(Exception):
    """The callback is not taken; `reason` is for log and metric, `status` for the answer."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Address:
    """What a callback's address stands for: the opened signpost."""

    account_id: int
    app_id: str
    original_id: str
    sealed_only: bool
    token: str = field(repr=False)
    aes_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A callback that is what it says: its document, when it happened, and the key under which it counts once."""

    event: dict[str, Any]
    at: datetime
    key: str


def answer_echo(address: Address, query: Mapping[str, str]) -> bytes:
    """Return what the platform wants to see when it verifies the address: the echo as it came. Raises Refusal."""
    _check_query(address, query)
    return query.get("echostr", "").encode()


def accept(address: Address, query: Mapping[str, str], body: bytes) -> Accepted:
    """Return the event or message inside a callback. Raises Refusal for what is stale, forged, damaged or meant for another account.

    A body with `Encrypt` (safe and compatible mode) is believed for what is sealed in it alone: the three-part signature of the plain
    mode says nothing about the body.
    """
    _check_query(address, query)
    outer = _read(body, "bad_body")
    encrypted = text_of(outer, "Encrypt")
    if encrypted:
        event = _read(_opened(address, query, encrypted), "bad_event")
    elif address.sealed_only:
        raise Refusal("not_encrypted", 403)
    else:
        event = outer
    if address.original_id and text_of(event, "ToUserName") not in ("", address.original_id):
        raise Refusal("wrong_app", 403)
    if not text_of(event, "FromUserName"):
        raise Refusal("bad_event", 400)
    return Accepted(event, _moment(event, clock.now()), dedupe_key(address.account_id, event))


def dedupe_key(account_id: int, event: Mapping[str, Any]) -> str:
    """Return the key under which it counts once: a message by its MsgId, an event by who, when (a second), what and every id in it."""
    if event.get("MsgType") != "event" and event.get("MsgId"):
        return f"wechat:{account_id}:message:{event['MsgId']}"
    said = [f"{name}={event[name]}" for name in _EVENT_KEYS if event.get(name) not in (None, "")]
    rest = {name: value for name, value in event.items() if not isinstance(value, str)}
    if rest:
        said.append(hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:16])
    return f"wechat:{account_id}:{'|'.join(said)}"


def _check_query(address: Address, query: Mapping[str, str]) -> None:
    given, timestamp, nonce = (query.get(name, "") for name in ("signature", "timestamp", "nonce"))
    if not (given and timestamp.isascii() and timestamp.isdecimal() and nonce):
        raise Refusal("incomplete", 400)
    if not address.token or not hmac.compare_digest(given.encode(), signed(address.token, timestamp, nonce).encode()):
        raise Refusal("bad_signature", 403)
    # Signed, so the time is the platform's; its retries come within seconds.
    if abs(clock.now().timestamp() - int(timestamp[:12])) > FRESH_SECONDS:
        raise Refusal("stale", 403)


def signed(token: str, timestamp: str, nonce: str) -> str:
    """Return the three-part signature: SHA-1 in hex over the three texts, sorted and joined."""
    return hashlib.sha1("".join(sorted((token, timestamp, nonce))).encode(), usedforsecurity=False).hexdigest()


def _opened(address: Address, query: Mapping[str, str], encrypted: str) -> bytes:
    given = query.get("msg_signature", "")
    if not given or not signature_fits(given, address.token, query["timestamp"], query["nonce"], encrypted):
        raise Refusal("bad_signature", 403)
    try:
        opened = open_message(address.aes_key, encrypted)
    except BadCipher as error:
        raise Refusal("bad_cipher", 400) from error
    if opened.receiver != address.app_id:
        raise Refusal("wrong_app", 403)
    return opened.message


def _read(text: bytes, reason: str) -> dict[str, Any]:
    """Return XML, or the JSON that a mini-program may be set to, as a document of texts. Raises Refusal."""
    try:
        if text.lstrip()[:1] != b"{":
            return parse(text)
        found = _texts(read_json(text))
    except (BadXml, NotJson) as error:
        raise Refusal(reason, 400) from error
    if not isinstance(found, dict):
        raise Refusal(reason, 400)
    return found


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _texts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return "" if value is None else str(value)


def _moment(event: dict[str, Any], now: datetime) -> datetime:
    """Return when it happened: within the second that CreateTime names, as late in it as can be."""
    try:
        second = datetime.fromtimestamp(int(text_of(event, "CreateTime")), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refusal("bad_event", 400) from error
    if not EARLIEST <= second <= now + AHEAD:
        raise Refusal("bad_event", 400)
    return max(second, min(now, second.replace(microsecond=999_999)))


class Taken:
    """Keys of callbacks that this process took lately: the platform's second try is answered without being written again.

    What really counts an event once is its key in the log, in all processes and for ever.
    """

    def __init__(self) -> None:
        self._taken: OrderedDict[str, float] = OrderedDict()

    def knows(self, key: str) -> bool:
        """Tell whether a callback with this key was taken within the time in which the platform tries again."""
        at = self._taken.get(key)
        return at is not None and time.monotonic() - at < 2 * FRESH_SECONDS

    def remember(self, key: str) -> None:
        """Note that a callback was taken, once it is durable."""
        self._taken[key] = time.monotonic()
        while len(self._taken) > KEPT:
            self._taken.popitem(last=False)

"""Is this callback from our corp on WeCom, and is it new? Source: WeCom documents 90930 and 90968."""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cove.engine.channels.seal.crypto import BadCipher, Opened, open_message, signature_fits
from cove.engine.channels.seal.xml import BadXml, parse, text_of
from cove.kernel import clock

FRESH_SECONDS = 300
MAX_BODY = 256 * 1024
EARLIEST, AHEAD = datetime(2010, 1, 1, tzinfo=UTC), timedelta(days=1)
"""When an event can have happened: since there is the platform, and clocks that differ."""
KEPT_NONCES = 20_000
_KEY_FIELDS = (
    *(
        "FromUserName",
        "CreateTime",
        "Event",
        "ChangeType",
        "MsgId",
        "UserID",
        "ExternalUserID",
        "ChatId",
        "Id",
        "TagType",
    ),
    *("TagId", "UpdateDetail", "JobId", "WelcomeCode", "LinkId", "OpenKfId", "Token", "EventKey", "TaskId"),
    *("CurMemVer", "MemChangeCnt", "ResponseCode", "ChatKey", "State"),
)
# The same in every event of a channel.
_SHELL = frozenset({"ToUserName", "MsgType", "AgentID"})
_KNOWN = _SHELL.union(_KEY_FIELDS)


class Refusal(Exception):
    """The callback is not taken; `reason` is for log and metric, `status` for the answer."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Address:
    """What a callback's address stands for: the opened signpost."""

    channel_id: int
    corp_id: str
    agent_id: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A callback that is what it says: its document, when it happened, and the key under which it counts once."""

    event: dict[str, Any]
    at: datetime
    key: str


def answer_echo(address: Address, query: Mapping[str, str]) -> bytes:
    """Return the plain text that the platform wants to see when it verifies the address. Raises Refusal."""
    echo = query.get("echostr", "")
    _check_query(address, query, echo, clock.now())
    return _opened(address, echo).message


def accept(address: Address, query: Mapping[str, str], body: bytes) -> Accepted:
    """Return the event inside a callback. Raises Refusal for what is stale, forged, damaged or meant for another corp."""
    now = clock.now()
    try:
        outer = parse(body)
    except BadXml as error:
        raise Refusal("bad_xml", 400) from error
    encrypted = text_of(outer, "Encrypt")
    if not encrypted:
        raise Refusal("not_encrypted", 400)
    _check_query(address, query, encrypted, now)
    try:
        event = parse(_opened(address, encrypted).message)
    except BadXml as error:
        raise Refusal("bad_event", 400) from error
    _check_receiver(address, outer, event)
    return Accepted(event, _moment(event, now), dedupe_key(address.channel_id, event))


def dedupe_key(channel_id: int, event: Mapping[str, Any]) -> str:
    """Return the key under which an event counts once: who, when (a second), what kind, every id it names, and whatever else it says.

    Several events share a second (document 90930), so FromUserName and CreateTime alone would lose some, and even with all ids a second
    change of one member or department; a retried callback repeats all.
    """
    parts = [f"{name}={event[name]}" for name in _KEY_FIELDS if name in event and event[name] not in (None, "")]
    rest = {name: value for name, value in event.items() if name not in _KNOWN}
    if rest:
        parts.append(hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:16])
    return f"wecom:{channel_id}:{'|'.join(parts)}"


def _check_query(address: Address, query: Mapping[str, str], encrypted: str, now: datetime) -> None:
    given, timestamp, nonce = query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", "")
    if not (given and timestamp.isascii() and timestamp.isdecimal() and nonce and encrypted):
        raise Refusal("incomplete", 400)
    if not address.token or not signature_fits(given, address.token, timestamp, nonce, encrypted):
        raise Refusal("bad_signature", 403)
    # Signed, so the time is the platform's; its retries come within seconds, a replay of last week's does not pass.
    if abs(now.timestamp() - int(timestamp[:12])) > FRESH_SECONDS:
        raise Refusal("stale", 403)


def _opened(address: Address, encrypted: str) -> Opened:
    try:
        opened = open_message(address.aes_key, encrypted)
    except BadCipher as error:
        raise Refusal("bad_cipher", 400) from error
    if opened.receiver != address.corp_id:
        raise Refusal("wrong_corp", 403)
    return opened


def _check_receiver(address: Address, outer: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    if any(document.get("ToUserName", address.corp_id) != address.corp_id for document in (outer, event)):
        raise Refusal("wrong_corp", 403)
    agent = outer.get("AgentID", "")
    if agent and address.agent_id and agent != address.agent_id:
        raise Refusal("wrong_agent", 403)


def _moment(event: dict[str, Any], now: datetime) -> datetime:
    """Return when it happened: within the second that CreateTime names, as late in it as can be.

    A friend is added moments after he opened the code; dated by the whole second he would seem to have come before he looked.
    """
    try:
        second = datetime.fromtimestamp(int(text_of(event, "CreateTime")), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refusal("bad_event", 400) from error
    if not EARLIEST <= second <= now + AHEAD:
        raise Refusal("bad_event", 400)
    return max(second, min(now, second.replace(microsecond=999_999)))


class Nonces:
    """Signatures of callbacks that were taken lately by this process.

    It only makes replays visible: what really counts an event once is its key in the log, in all processes and for ever.
    """

    def __init__(self) -> None:
        self._taken: OrderedDict[str, float] = OrderedDict()

    def taken(self, signature: str) -> bool:
        """Tell whether a callback with this signature was taken within the time in which it would still be fresh."""
        taken_at = self._taken.get(signature)
        return taken_at is not None and time.monotonic() - taken_at < 2 * FRESH_SECONDS

    def remember(self, signature: str) -> None:
        """Note that a callback was taken, once it is durable."""
        self._taken[signature] = time.monotonic()
        while len(self._taken) > KEPT_NONCES:
            self._taken.popitem(last=False)

"""``GET/POST /callbacks/wechat/{public_id}``: WeChat verifies the address and tells what happened (fact sheet C2).

As `wecom` beside it: no database, durable in the spool before the answer. The answer is always `success`: what Cove says back goes out
as a customer-service message, so that the platform's five seconds never depend on anything but this disk.
"""

from __future__ import annotations

from functools import partial

import structlog

from cove.edge import mirror, spool
from cove.edge.callbacks.knocks import Addresses, Kept, saved_since, standing, tell_lost, tell_refusal
from cove.edge.callbacks.requests import Knock, Reply, TooLargeError, plain
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.wechat.inbound.verify import MAX_BODY, Accepted, Address, Refusal, Taken, accept, answer_echo
from cove.facts.wechat import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wechat/"
SIGNPOST = "wechat_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_app", "stale", "not_encrypted"})

log = structlog.get_logger(__name__)

_taken = Taken()
_ACCEPTED = CALLBACKS.labels(platform="wechat", verdict="accepted")


async def answer(knock: Knock) -> Reply:
    """Answer one knock of the platform: 200 when it was taken (or is known already), else a refusal that says nothing to a stranger."""
    public_id = knock.path.removeprefix(PREFIX)
    post = None
    try:
        post = await _signpost(knock, public_id)
        return await (_verify if knock.method == "GET" else _take)(knock, post)
    except Refusal as refusal:
        CALLBACKS.labels(platform="wechat", verdict=refusal.reason).inc()
        log.warning("callback refused", platform="wechat", reason=refusal.reason, account=public_id[:32])
        if post is not None and refusal.reason in TOLD:
            account_id = post.document["account_id"]
            fact = CallbackRefused(account_id=account_id, reason=refusal.reason)  # type: ignore[arg-type]  # one of TOLD
            await tell_refusal(post, f"wechat:{account_id}:refused:{refusal.reason}", fact)
        return plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError as error:
        tell_lost("wechat", error)
        return plain(503, b"try again")


def at_once(public_id: str, query: dict[str, str], body: bytes) -> Kept | None:
    """Return a callback that can be taken without another word; None for all that `answer` has something to say about."""
    post = mirror.signpost(SIGNPOST, public_id)
    if post is None:
        return None
    try:
        accepted = accept(_addresses.of(post), query, body)
        frame = frame_of(post, accepted)
    except Refusal:
        return None
    return None if _taken.knows(accepted.key) else Kept("wechat", frame, partial(_note, accepted.key))


async def _verify(knock: Knock, post: Signpost) -> Reply:
    query = knock.query
    try:
        address = _addresses.of(post)
        echo = answer_echo(address, query)
    except Refusal:
        address = _addresses.of(await saved_since(post))
        echo = answer_echo(address, query)
    key = f"wechat:{address.account_id}:verified:{query['timestamp']}:{query['nonce']}"
    await spool.append(Entry.of(post.tenant_id, CallbackVerified(account_id=address.account_id), dedupe_key=key))
    CALLBACKS.labels(platform="wechat", verdict="verified").inc()
    return plain(200, echo)


async def _take(knock: Knock, post: Signpost) -> Reply:
    accepted = accept(_addresses.of(post), knock.query, await _body(knock))
    if _taken.knows(accepted.key):
        CALLBACKS.labels(platform="wechat", verdict="replayed").inc()
        return plain(200, b"success")
    await spool.submit_frame(frame_of(post, accepted))
    _note(accepted.key)
    return plain(200, b"success")


def _note(key: str) -> None:
    _taken.remember(key)
    _ACCEPTED.inc()


def frame_of(post: Signpost, accepted: Accepted) -> bytes:
    """Return a callback as the spool takes it: the fact `CallbackAccepted`, written without the detour over its class."""
    payload = {"source": "official_account", "account_id": post.document["account_id"], "event": accepted.event}
    row = spool.row_of(CallbackAccepted.kind, accepted.at, payload)
    try:
        return spool.frame(post.tenant_id, spool.key_line(accepted.key), row)
    except spool.EntryTooLargeError as error:
        raise Refusal("too_large", 413) from error


async def _signpost(knock: Knock, public_id: str) -> Signpost:
    post = await standing(SIGNPOST, public_id)
    if post is None:
        raise Refusal("unknown_address", 404)
    if knock.method not in ("GET", "POST"):
        raise Refusal("bad_method", 405)
    return post


def _opened(post: Signpost) -> Address:
    document = post.document
    return Address(
        account_id=document["account_id"],
        app_id=document["app_id"],
        original_id=document["original_id"],
        sealed_only=document["sealed_only"],
        token=open_secret(document["token"]),
        aes_key=open_secret(document["aes_key"]),
    )


_addresses = Addresses(_opened)


async def _body(knock: Knock) -> bytes:
    try:
        return await knock.body(MAX_BODY)
    except TooLargeError as error:
        raise Refusal("too_large", 413) from error

"""``GET/POST /callbacks/wecom/{public_id}``: WeCom verifies the address and tells what happened (documents 90930, 90968).

No database here: the address comes from the mirror of signposts, what is accepted goes to the local spool, and the answer is given when it
is durable there. See docs/decisions/0015-wecom-callbacks.md for what is refused, and why a second copy is not.
"""

from __future__ import annotations

from functools import partial

import structlog

from cove.edge import mirror, spool
from cove.edge.callbacks.knocks import Addresses, Kept, saved_since, standing, tell_lost, tell_refusal
from cove.edge.callbacks.requests import Knock, Reply, TooLargeError, plain
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.wecom.inbound.verify import MAX_BODY, Accepted, Address, Nonces, Refusal, accept, answer_echo
from cove.facts.wecom import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wecom/"
SIGNPOST = "wecom_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_corp", "wrong_agent", "stale", "not_encrypted"})

log = structlog.get_logger(__name__)

_nonces = Nonces()
_ACCEPTED = CALLBACKS.labels(platform="wecom", verdict="accepted")


async def answer(knock: Knock) -> Reply:
    """Answer one knock of the platform: 200 when it was taken (or is known already), else a refusal that says nothing to a stranger."""
    public_id = knock.path.removeprefix(PREFIX)
    post = None
    try:
        post = await _signpost(knock, public_id)
        if knock.method == "GET":
            return await _verify(knock, post)
        return await _take(knock, post)
    except Refusal as refusal:
        CALLBACKS.labels(platform="wecom", verdict=refusal.reason).inc()
        log.warning(
            "callback refused",
            platform="wecom",
            reason=refusal.reason,
            address=knock.address,
            channel=public_id[:32],
        )
        if post is not None and refusal.reason in TOLD:
            channel_id = post.document["channel_id"]
            fact = CallbackRefused(channel_id=channel_id, reason=refusal.reason)  # type: ignore[arg-type]  # one of TOLD
            await tell_refusal(post, f"wecom:{channel_id}:refused:{refusal.reason}", fact)
        return plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError as error:
        tell_lost("wecom", error)
        return plain(503, b"try again")


def at_once(public_id: str, query: dict[str, str], body: bytes) -> Kept | None:
    """Return a callback that can be taken without another word; None for all that `answer` has something to say about."""
    post = mirror.signpost(SIGNPOST, public_id)
    if post is None:
        return None
    try:
        frame = frame_of(post, accept(_addresses.of(post), query, body))
    except Refusal:
        return None
    signature = _signature(post, query)
    return None if _nonces.taken(signature) else Kept("wecom", frame, partial(_taken, signature))


async def _verify(knock: Knock, post: Signpost) -> Reply:
    query = knock.query
    try:
        address = _addresses.of(post)
        echo = answer_echo(address, query)
    except Refusal:
        address = _addresses.of(await saved_since(post))
        echo = answer_echo(address, query)
    key = f"wecom:{address.channel_id}:verified:{query['timestamp']}:{query['nonce']}"
    fact = CallbackVerified(channel_id=address.channel_id)
    await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=key))
    CALLBACKS.labels(platform="wecom", verdict="verified").inc()
    return plain(200, echo)


async def _take(knock: Knock, post: Signpost) -> Reply:
    query = knock.query
    accepted = accept(_addresses.of(post), query, await _body(knock))
    signature = _signature(post, query)
    if _nonces.taken(signature):
        # Perhaps the platform did not hear our answer: it must hear it now, or it would try for ever. Nothing is written.
        CALLBACKS.labels(platform="wecom", verdict="replayed").inc()
        log.warning("callback replayed", platform="wecom", channel=post.key, key=accepted.key)
        return plain(200, b"success")
    await spool.submit_frame(frame_of(post, accepted))
    _taken(signature)
    return plain(200, b"success")


def _signature(post: Signpost, query: dict[str, str]) -> str:
    return f"{post.key}:{query['msg_signature']}"


def _taken(signature: str) -> None:
    _nonces.remember(signature)
    _ACCEPTED.inc()


def frame_of(post: Signpost, accepted: Accepted) -> bytes:
    """Return a callback as the spool takes it: the fact `CallbackAccepted`, written without the detour over its class."""
    payload = {"source": "wecom", "channel_id": post.document["channel_id"], "event": accepted.event}
    row = spool.row_of(CallbackAccepted.kind, accepted.at, payload)
    try:
        return spool.frame(post.tenant_id, spool.key_line(accepted.key), row)
    except spool.EntryTooLargeError as error:
        raise Refusal("too_large", 413) from error


async def _signpost(knock: Knock, public_id: str) -> Signpost:
    if not knock.path.startswith(PREFIX):
        raise Refusal("unknown_address", 404)
    post = await standing(SIGNPOST, public_id)
    if post is None:
        raise Refusal("unknown_address", 404)
    if knock.method not in ("GET", "POST"):
        raise Refusal("bad_method", 405)
    return post


def _opened(post: Signpost) -> Address:
    document = post.document
    return Address(
        channel_id=document["channel_id"],
        corp_id=document["corp_id"],
        agent_id=document["agent_id"],
        token=open_secret(document["token"]),
        aes_key=open_secret(document["aes_key"]),
    )


_addresses = Addresses(_opened)


async def _body(knock: Knock) -> bytes:
    try:
        return await knock.body(MAX_BODY)
    except TooLargeError as error:
        raise Refusal("too_large", 413) from error

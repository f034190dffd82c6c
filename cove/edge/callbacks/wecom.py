"""``GET/POST /callbacks/wecom/{public_id}``: WeCom verifies the address and tells what happened (documents 90930, 90968).

No database here: the address comes from the mirror of signposts, what is accepted goes to the local spool, and the answer is given when it
is durable there. See docs/decisions/0015-wecom-callbacks.md for what is refused, and why a second copy is not.
"""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import Response

from cove.edge import mirror, spool
from cove.edge.callbacks.bodies import TooLargeError, body_within
from cove.edge.callbacks.knocks import Addresses, tell_refusal
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.wecom.inbound.verify import MAX_BODY, Address, Nonces, Refusal, accept, answer_echo
from cove.facts.wecom import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wecom/"
SIGNPOST = "wecom_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_corp", "wrong_agent", "stale", "not_encrypted"})

log = structlog.get_logger(__name__)

_nonces = Nonces()


async def answer(request: Request) -> Response:
    """Answer one knock of the platform: 200 when it was taken (or is known already), else a refusal that says nothing to a stranger."""
    public_id = request.url.path.removeprefix(PREFIX)
    post = None
    try:
        post = _signpost(request, public_id)
        if request.method == "GET":
            return await _verify(request, post)
        return await _take(request, post)
    except Refusal as refusal:
        CALLBACKS.labels(platform="wecom", verdict=refusal.reason).inc()
        log.warning(
            "callback refused",
            platform="wecom",
            reason=refusal.reason,
            address=request.client.host if request.client else "",
            channel=public_id[:32],
        )
        if post is not None and refusal.reason in TOLD:
            channel_id = post.document["channel_id"]
            fact = CallbackRefused(channel_id=channel_id, reason=refusal.reason)  # type: ignore[arg-type]  # one of TOLD
            await tell_refusal(post, f"wecom:{channel_id}:refused:{refusal.reason}", fact)
        return _plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError:
        CALLBACKS.labels(platform="wecom", verdict="not_durable").inc()
        log.exception("callback could not be kept; the platform will try again")
        return _plain(503, b"try again")


async def _verify(request: Request, post: Signpost) -> Response:
    address, query = _addresses.of(post), request.query_params
    plain = answer_echo(address, query)
    key = f"wecom:{address.channel_id}:verified:{query['timestamp']}:{query['nonce']}"
    fact = CallbackVerified(channel_id=address.channel_id)
    await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=key))
    CALLBACKS.labels(platform="wecom", verdict="verified").inc()
    return _plain(200, plain)


async def _take(request: Request, post: Signpost) -> Response:
    signature = f"{post.key}:{request.query_params.get('msg_signature', '')}"
    body = await _body(request)
    accepted = accept(_addresses.of(post), request.query_params, body)
    if _nonces.taken(signature):
        # Perhaps the platform did not hear our answer: it must hear it now, or it would try for ever. Nothing is written.
        CALLBACKS.labels(platform="wecom", verdict="replayed").inc()
        log.warning("callback replayed", platform="wecom", channel=post.key, key=accepted.key)
        return _plain(200, b"success")
    fact = CallbackAccepted(channel_id=post.document["channel_id"], event=accepted.event)
    await spool.append(Entry.of(post.tenant_id, fact, at=accepted.at, dedupe_key=accepted.key))
    _nonces.remember(signature)
    CALLBACKS.labels(platform="wecom", verdict="accepted").inc()
    return _plain(200, b"success")


def _signpost(request: Request, public_id: str) -> Signpost:
    if not request.url.path.startswith(PREFIX):
        raise Refusal("unknown_address", 404)
    post = mirror.signpost(SIGNPOST, public_id)
    if post is None:
        raise Refusal("unknown_address", 404)
    if request.method not in ("GET", "POST"):
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


async def _body(request: Request) -> bytes:
    try:
        return await body_within(request, MAX_BODY)
    except TooLargeError as error:
        raise Refusal("too_large", 413) from error


def _plain(status: int, body: bytes) -> Response:
    return Response(body, status, media_type="text/plain")

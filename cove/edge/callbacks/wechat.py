"""``GET/POST /callbacks/wechat/{public_id}``: WeChat verifies the address and tells what happened (fact sheet C2).

As `wecom` beside it: no database, durable in the spool before the answer. The answer is always `success`: what Cove says back goes out
as a customer-service message, so that the platform's five seconds never depend on anything but this disk.
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
from cove.engine.channels.wechat.inbound.verify import MAX_BODY, Address, Refusal, Taken, accept, answer_echo
from cove.facts.wechat import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wechat/"
SIGNPOST = "wechat_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_app", "stale", "not_encrypted"})

log = structlog.get_logger(__name__)

_taken = Taken()


async def answer(request: Request) -> Response:
    """Answer one knock of the platform: 200 when it was taken (or is known already), else a refusal that says nothing to a stranger."""
    public_id = request.url.path.removeprefix(PREFIX)
    post = None
    try:
        post = _signpost(request, public_id)
        return await (_verify if request.method == "GET" else _take)(request, post)
    except Refusal as refusal:
        CALLBACKS.labels(platform="wechat", verdict=refusal.reason).inc()
        log.warning("callback refused", platform="wechat", reason=refusal.reason, account=public_id[:32])
        if post is not None and refusal.reason in TOLD:
            account_id = post.document["account_id"]
            fact = CallbackRefused(account_id=account_id, reason=refusal.reason)  # type: ignore[arg-type]  # one of TOLD
            await tell_refusal(post, f"wechat:{account_id}:refused:{refusal.reason}", fact)
        return _plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError:
        CALLBACKS.labels(platform="wechat", verdict="not_durable").inc()
        log.exception("callback could not be kept; the platform will try again")
        return _plain(503, b"try again")


async def _verify(request: Request, post: Signpost) -> Response:
    address, query = _addresses.of(post), request.query_params
    echo = answer_echo(address, query)
    key = f"wechat:{address.account_id}:verified:{query['timestamp']}:{query['nonce']}"
    await spool.append(Entry.of(post.tenant_id, CallbackVerified(account_id=address.account_id), dedupe_key=key))
    CALLBACKS.labels(platform="wechat", verdict="verified").inc()
    return _plain(200, echo)


async def _take(request: Request, post: Signpost) -> Response:
    accepted = accept(_addresses.of(post), request.query_params, await _body(request))
    if _taken.knows(accepted.key):
        CALLBACKS.labels(platform="wechat", verdict="replayed").inc()
        return _plain(200, b"success")
    fact = CallbackAccepted(account_id=post.document["account_id"], event=accepted.event)
    await spool.append(Entry.of(post.tenant_id, fact, at=accepted.at, dedupe_key=accepted.key))
    _taken.remember(accepted.key)
    CALLBACKS.labels(platform="wechat", verdict="accepted").inc()
    return _plain(200, b"success")


def _signpost(request: Request, public_id: str) -> Signpost:
    post = mirror.signpost(SIGNPOST, public_id)
    if post is None:
        raise Refusal("unknown_address", 404)
    if request.method not in ("GET", "POST"):
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


async def _body(request: Request) -> bytes:
    try:
        return await body_within(request, MAX_BODY)
    except TooLargeError as error:
        raise Refusal("too_large", 413) from error


def _plain(status: int, body: bytes) -> Response:
    # An echo that a stranger chose is text and nothing else, whatever a browser may take it for.
    return Response(body, status, media_type="text/plain", headers={"x-content-type-options": "nosniff"})

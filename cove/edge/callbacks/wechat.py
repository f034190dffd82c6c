"""``GET/POST /callbacks/wechat/{public_id}``: WeChat verifies the address and tells what happened (fact sheet C2).

As `wecom` beside it: no database, durable in the spool before the answer. The answer is always `success`: what Cove says back goes out
as a customer-service message, so that the platform's five seconds never depend on anything but this disk.
"""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import Response

from cove.edge import mirror, spool
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.wechat.inbound.verify import MAX_BODY, Address, Refusal, Taken, accept, answer_echo
from cove.facts.wechat import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel import clock
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wechat/"
SIGNPOST = "wechat_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_app", "stale", "not_encrypted"})
TELL_SECONDS = 600
MOST_TOLD = 10_000

log = structlog.get_logger(__name__)

_taken = Taken()
_told: set[str] = set()
_opened: dict[str, tuple[Signpost, Address]] = {}


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
        await _tell_refusal(post, refusal.reason)
        return _plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError:
        CALLBACKS.labels(platform="wechat", verdict="not_durable").inc()
        log.exception("callback could not be kept; the platform will try again")
        return _plain(503, b"try again")


async def _verify(request: Request, post: Signpost) -> Response:
    address, query = _address(post), request.query_params
    echo = answer_echo(address, query)
    key = f"wechat:{address.account_id}:verified:{query['timestamp']}:{query['nonce']}"
    await spool.append(Entry.of(post.tenant_id, CallbackVerified(account_id=address.account_id), dedupe_key=key))
    CALLBACKS.labels(platform="wechat", verdict="verified").inc()
    return _plain(200, echo)


async def _take(request: Request, post: Signpost) -> Response:
    accepted = accept(_address(post), request.query_params, await _body(request))
    if _taken.knows(accepted.key):
        CALLBACKS.labels(platform="wechat", verdict="replayed").inc()
        return _plain(200, b"success")
    fact = CallbackAccepted(account_id=post.document["account_id"], event=accepted.event)
    await spool.append(Entry.of(post.tenant_id, fact, at=accepted.at, dedupe_key=accepted.key))
    _taken.remember(accepted.key)
    CALLBACKS.labels(platform="wechat", verdict="accepted").inc()
    return _plain(200, b"success")


async def _tell_refusal(post: Signpost | None, reason: str) -> None:
    """Tell of what an administrator can set right, once in ten minutes: a stranger may knock as often as he likes."""
    if post is None or reason not in TOLD:
        return
    account_id = post.document["account_id"]
    name = f"wechat:{account_id}:refused:{reason}:{int(clock.now().timestamp() // TELL_SECONDS)}"
    if name in _told:
        return
    _told.add(name)
    if len(_told) > MOST_TOLD:
        _told.clear()
    fact = CallbackRefused(account_id=account_id, reason=reason)  # type: ignore[arg-type]  # one of TOLD
    try:
        await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=name))
    except spool.SpoolUnavailableError:
        log.warning("a refused callback could not be told", account=post.key)


def _signpost(request: Request, public_id: str) -> Signpost:
    post = mirror.signpost(SIGNPOST, public_id)
    if post is None:
        raise Refusal("unknown_address", 404)
    if request.method not in ("GET", "POST"):
        raise Refusal("bad_method", 405)
    return post


def _address(post: Signpost) -> Address:
    """Open the signpost's secrets, once for each version of it."""
    known = _opened.get(post.key)
    if known is not None and known[0] is post:
        return known[1]
    document = post.document
    opened = Address(
        account_id=document["account_id"],
        app_id=document["app_id"],
        original_id=document["original_id"],
        sealed_only=document["sealed_only"],
        token=open_secret(document["token"]),
        aes_key=open_secret(document["aes_key"]),
    )
    _opened[post.key] = (post, opened)
    return opened


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > MAX_BODY:
        raise Refusal("too_large", 413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise Refusal("too_large", 413)
    return bytes(body)


def _plain(status: int, body: bytes) -> Response:
    # An echo that a stranger chose is text and nothing else, whatever a browser may take it for.
    return Response(body, status, media_type="text/plain", headers={"x-content-type-options": "nosniff"})

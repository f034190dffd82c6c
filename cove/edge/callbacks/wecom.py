"""``GET/POST /callbacks/wecom/{public_id}``: WeCom verifies the address and tells what happened (documents 90930, 90968).

No database here: the address comes from the mirror of signposts, what is accepted goes to the local spool, and the answer is given when it
is durable there. See docs/decisions/0015-wecom-callbacks.md for what is refused, and why a second copy is not.
"""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import Response

from cove.edge import mirror, spool
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.wecom.inbound.verify import MAX_BODY, Address, Nonces, Refusal, accept, answer_echo
from cove.facts.wecom import CallbackAccepted, CallbackRefused, CallbackVerified
from cove.kernel import clock
from cove.kernel.metrics import CALLBACKS
from cove.kernel.secrets import open_secret

PREFIX = "/callbacks/wecom/"
SIGNPOST = "wecom_callback"

TOLD = frozenset({"bad_signature", "bad_cipher", "wrong_corp", "wrong_agent", "stale", "not_encrypted"})
TELL_SECONDS = 600
MOST_TOLD = 10_000

log = structlog.get_logger(__name__)

_nonces = Nonces()
_told: set[str] = set()
_opened: dict[str, tuple[Signpost, Address]] = {}


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
        await _tell_refusal(post, refusal.reason)
        return _plain(refusal.status, b"refused")
    except spool.SpoolUnavailableError:
        CALLBACKS.labels(platform="wecom", verdict="not_durable").inc()
        log.exception("callback could not be kept; the platform will try again")
        return _plain(503, b"try again")


async def _verify(request: Request, post: Signpost) -> Response:
    address, query = _address(post), request.query_params
    plain = answer_echo(address, query)
    key = f"wecom:{address.channel_id}:verified:{query['timestamp']}:{query['nonce']}"
    fact = CallbackVerified(channel_id=address.channel_id)
    await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=key))
    CALLBACKS.labels(platform="wecom", verdict="verified").inc()
    return _plain(200, plain)


async def _take(request: Request, post: Signpost) -> Response:
    signature = f"{post.key}:{request.query_params.get('msg_signature', '')}"
    body = await _body(request)
    accepted = accept(_address(post), request.query_params, body)
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


async def _tell_refusal(post: Signpost | None, reason: str) -> None:
    """Tell of what an administrator can set right, once in ten minutes: a stranger may knock as often as he likes."""
    if post is None or reason not in TOLD:
        return
    span = int(clock.now().timestamp() // TELL_SECONDS)
    name = f"wecom:{post.document['channel_id']}:refused:{reason}:{span}"
    if name in _told:
        return
    _told.add(name)
    if len(_told) > MOST_TOLD:
        _told.clear()
    fact = CallbackRefused(channel_id=post.document["channel_id"], reason=reason)  # type: ignore[arg-type]  # one of TOLD
    try:
        await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=name))
    except spool.SpoolUnavailableError:
        log.warning("a refused callback could not be told", channel=post.key)


def _signpost(request: Request, public_id: str) -> Signpost:
    if not request.url.path.startswith(PREFIX):
        raise Refusal("unknown_address", 404)
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
        channel_id=document["channel_id"],
        corp_id=document["corp_id"],
        agent_id=document["agent_id"],
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
    return Response(body, status, media_type="text/plain")

"""``POST /callbacks/sms/{public_id}/receipts`` and ``/replies``: providers push what became of messages, and what people answered.

Providers sign nothing here, so the address itself is the secret: 32 letters, in the mirror of signposts. What is taken goes to the local
spool and is answered when it is durable there, in the words each provider wants to hear; it pushes again otherwise.
"""

from __future__ import annotations

import hashlib

import structlog

from cove.edge import spool
from cove.edge.callbacks.knocks import standing, tell_refusal
from cove.edge.callbacks.requests import Knock, Reply, TooLargeError, plain, said_in_json
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.sms.inbound.parse import ANSWERS, MAX_BODY, UnreadableError, items_of
from cove.facts.sms import CallbackAccepted, CallbackRefused
from cove.kernel.metrics import CALLBACKS

PREFIX = "/callbacks/sms/"
SIGNPOST = "sms_callback"

log = structlog.get_logger(__name__)


async def answer(knock: Knock) -> Reply:
    """Answer one push: what the provider wants to hear when it was taken, else a refusal that says nothing to a stranger."""
    public_id, _, what = knock.path.removeprefix(PREFIX).partition("/")
    post = await standing(SIGNPOST, public_id)
    if post is None or what not in ("receipts", "replies"):
        return _refused("unknown_address", 404)
    if knock.method != "POST":
        return _refused("bad_method", 405)
    try:
        body = await knock.body(MAX_BODY)
        items = items_of(body)
        # The same push again is the same text; each item is known by its own number further in.
        key = f"sms:{post.document['account_id']}:{what}:{hashlib.sha256(body).hexdigest()}"
        fact = CallbackAccepted(account_id=post.document["account_id"], what=what, items=items)  # type: ignore[arg-type]  # one of two
        await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=key))
    except TooLargeError:
        await _tell(post, "too_large")
        return _refused("too_large", 413)
    except (UnreadableError, spool.EntryTooLargeError):
        await _tell(post, "bad_body")
        return _refused("bad_body", 400)
    except spool.SpoolUnavailableError:
        log.exception("receipts could not be kept; the provider will push again")
        return _refused("not_durable", 503)
    CALLBACKS.labels(platform="sms", verdict="accepted").inc()
    return said_in_json(ANSWERS[post.document["provider"]])


async def _tell(post: Signpost, reason: str) -> None:
    account_id = post.document["account_id"]
    fact = CallbackRefused(account_id=account_id, reason=reason)  # type: ignore[arg-type]  # one of two
    await tell_refusal(post, f"sms:{account_id}:refused:{reason}", fact)


def _refused(verdict: str, status: int) -> Reply:
    CALLBACKS.labels(platform="sms", verdict=verdict).inc()
    return plain(status, b"refused")

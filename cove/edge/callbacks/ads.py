"""``POST /callbacks/ads/{public_id}``: advertising platforms push leads the moment somebody leaves his data.

How they sign is nowhere public (facts G12), so the address itself is the secret: 32 letters, in the mirror of signposts. What is taken goes
to the local spool and is answered when it is durable there. The Douyin open platform asks an address to say its challenge back.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog

from cove.edge import spool
from cove.edge.callbacks.knocks import standing
from cove.edge.callbacks.requests import Knock, Reply, TooLargeError, plain, said_in_json
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.engine.channels.ads.inbound.parse import MAX_BODY, UnreadableError, challenge_of, document_of, items_of
from cove.facts.ads import CallbackAccepted
from cove.kernel.metrics import CALLBACKS

PREFIX = "/callbacks/ads/"
SIGNPOST = "ads_callback"
FINE = {"code": 0, "status": 0, "message": "ok"}

log = structlog.get_logger(__name__)


async def answer(knock: Knock) -> Reply:
    """Answer one push: yes when it was taken, else a refusal that says nothing to a stranger."""
    post = await standing(SIGNPOST, knock.path.removeprefix(PREFIX))
    if post is None or knock.method != "POST":
        return _refused("unknown_address", 404)
    try:
        document = document_of(await knock.body(MAX_BODY))
        challenge = challenge_of(document)
        if challenge is None:
            await _keep(post, document)
    except TooLargeError:
        return _refused("too_large", 413)
    except (UnreadableError, spool.EntryTooLargeError):
        return _refused("bad_body", 400)
    except spool.SpoolUnavailableError:
        log.exception("leads could not be kept; the platform will push again")
        return _refused("not_durable", 503)
    CALLBACKS.labels(platform="ads", verdict="accepted").inc()
    return said_in_json(FINE if challenge is None else {"challenge": challenge})


async def _keep(post: Signpost, document: Any) -> None:
    account_id, items = post.document["account_id"], items_of(document)
    # The same push again is the same text; each lead is known by its own number further in.
    digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    fact = CallbackAccepted(account_id=account_id, items=items)
    await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=f"ads:{account_id}:{digest}"))


def _refused(verdict: str, status: int) -> Reply:
    CALLBACKS.labels(platform="ads", verdict=verdict).inc()
    return plain(status, b"refused")

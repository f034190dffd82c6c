"""Tracked links: ``GET /l/{slug}`` and, made for one contact, ``/l/{slug}/{token}`` note the click and lead to the link's target.

Where it leads is known from the link alone: nothing of the request can lead anywhere else.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from cove.edge import mirror, spool
from cove.edge.collector.fine import fine_traffic
from cove.edge.http import Headers, Scope, Send, answer, answer_page, header
from cove.edge.mirror import Signpost
from cove.edge.visitors import circumstances, keeping, visitor_of
from cove.engine.content.links.contracts import PATH, SIGNPOST, PostedLink, recipient_of
from cove.engine.content.links.pages.screens import busy_page, gone_page
from cove.engine.tracking.facade import judge
from cove.facts.links import LinkClicked
from cove.kernel import clock
from cove.kernel.ids import new_slug, visitor_id
from cove.kernel.words import language_of, speaking

_AHEAD = (b"purpose", b"sec-purpose", b"x-moz", b"x-purpose")
"""Headers by which browsers say that nobody has clicked yet (https://wicg.github.io/nav-speculation/prefetch.html)."""


@dataclass(frozen=True, slots=True)
class Known:
    """A link made ready for answering; `form` is a click's row with its gaps open."""

    post: Signpost
    posted: PostedLink
    location: bytes
    form: str


_links: dict[str, Known] = {}


def link_of(slug: str) -> Known | None:
    """Return the link with this slug, closed ones included, or None."""
    post = mirror.signpost(SIGNPOST, slug)
    if post is None:
        _links.pop(slug, None)
        return None
    known = _links.get(slug)
    if known is not None and known.post is post:
        return known
    posted = PostedLink.read(post.document)
    found = Known(post, posted, posted.location.encode("ascii"), _form(posted))
    _links[slug] = found
    return found


async def follow(scope: Scope, send: Send) -> None:
    """Answer a link: 302 to its target after the click is durable, a friendly page if it leads nowhere, 503 if the disk is away."""
    slug, _, token = scope["path"][len(PATH) :].partition("/")
    if scope["method"] not in ("GET", "HEAD"):
        await answer(send, 405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")])
        return
    link = link_of(slug)
    if link is None and mirror.database_away():
        await _busy(scope, send)  # it may have been made just before the database went away
    elif link is None or "/" in token or not link.posted.open_at(clock.now().timestamp()):
        await _gone(scope, send, link)
    elif scope["method"] == "HEAD" or _only_ahead(scope):
        # Whoever only asks whether the link is alive, or fetches it in case somebody clicks, has not followed it.
        await answer(send, 302, _way(link))
    else:
        await _click(scope, send, link, token)


async def _click(scope: Scope, send: Send, link: Known, token: str) -> None:
    anonymous_id, known = visitor_of(scope)
    tenant_id = link.post.tenant_id
    visitor = visitor_id(tenant_id, anonymous_id)
    told = circumstances(scope)
    score, reasons = judge(
        tenant_id=tenant_id,
        visitor=visitor,
        address=told["address"],
        user_agent=told["user_agent"],
        automation=False,
        now=time.time(),
        page=False,
        headers=frozenset(name.decode("latin-1") for name, _ in scope["headers"]),
        fine=fine_traffic(tenant_id),
    )
    contact_id = recipient_of(token, slug=link.post.key, secret=_secret()) if token else None
    row = link.form % {
        "at": clock.now().isoformat(),
        "contact_id": "null" if contact_id is None else contact_id,
        "visitor_id": visitor,
        "click": f'"{new_slug(16)}"',
        "suspicion": score,
        "suspicion_reasons": json.dumps(reasons),
        **{name: spool.json_text(value) for name, value in told.items()},
    }
    try:
        await spool.submit_frame(spool.frame(tenant_id, "", row.encode()))
    except spool.SpoolUnavailableError:
        await _busy(scope, send)
        return
    await answer(send, 302, _way(link) if known else [*_way(link), keeping(anonymous_id)])


def _form(posted: PostedLink) -> str:
    names = ("contact_id", "visitor_id", "click", "user_agent", "address", "referrer", "suspicion", "suspicion_reasons")
    payload = {
        "source": "link",
        "link_id": posted.link_id,
        "link_name": posted.name,
        "url": posted.location,
        **posted.utm,
        **{name: spool.gap(name) for name in names},
    }
    return spool.row_form(LinkClicked.kind, payload)


def _way(link: Known) -> Headers:
    # A 302 without a lifetime is not kept by caches (RFC 9110, 15.4.3), so each click comes by here.
    return [
        (b"location", link.location),
        (b"content-length", b"0"),
        (b"referrer-policy", b"no-referrer-when-downgrade"),
    ]


def _only_ahead(scope: Scope) -> bool:
    return any(name in _AHEAD and b"prefetch" in value.lower() for name, value in scope["headers"])


@cache
def _secret() -> str:
    # Django's settings are lazy: each look costs as much as the signature.
    return str(settings.SECRET_KEY)


async def _gone(scope: Scope, send: Send, link: Known | None) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        page = gone_page(link.posted.company if link else "")
    await answer_page(send, 404, page, head=scope["method"] == "HEAD")


async def _busy(scope: Scope, send: Send) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        await answer_page(send, 503, busy_page())

"""What is heard of mails over HTTP: ``/m/o/…`` the picture was fetched, ``/m/l/…`` a link was followed, ``/m/u/…`` somebody unsubscribes.

Each address carries a signature for this mail and this purpose; where a link leads is looked up by its number, so nothing of the request
can lead anywhere else. No database: what is accepted goes to the local spool, and the answer is given when it is durable there.
"""

from __future__ import annotations

import base64
import contextlib
import time
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

from django.conf import settings

from cove.edge import mirror, spool
from cove.edge.collector.fine import fine_traffic
from cove.edge.http import ONE_FORM, PAGE_POLICY, Headers, Receive, Scope, Send, answer, answer_page, header
from cove.edge.spool import Entry
from cove.edge.visitors import circumstances, keeping, visitor_of
from cove.engine.channels.email.contracts.cards import (
    COMPANY_SIGNPOST,
    LEAVE_PATH,
    LINK_PATH,
    LINK_SIGNPOST,
    OPENED_PATH,
)
from cove.engine.channels.email.contracts.tokens import Purpose, Told, read_token
from cove.engine.channels.email.pages.screens import busy_page, gone_page, leave_page, left_page
from cove.engine.tracking.facade import judge
from cove.facts.email import MailLeft, MailLinkFollowed, MailOpened
from cove.kernel import clock
from cove.kernel.ids import visitor_id
from cove.kernel.words import language_of, speaking

PICTURE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
LONGEST_FORM = 1024
LEAVING_SECONDS = 600
_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"
_PLACES: dict[str, tuple[Purpose, str]] = {
    OPENED_PATH: ("open", "GET, HEAD"),
    LINK_PATH: ("link", "GET, HEAD"),
    LEAVE_PATH: ("leave", "GET, HEAD, POST"),
}


async def heard_of_mail(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer what a mail's picture, links and buttons lead to; an address that is none of ours gets a friendly page."""
    path = scope["path"]
    purpose, allowed = _PLACES.get(path[: len(LINK_PATH)], (None, ""))
    if purpose is None:
        await _page(scope, send, 404, gone_page)
        return
    if scope["method"] not in allowed.split(", "):
        await answer(send, 405, [(b"allow", allowed.encode()), (b"content-length", b"0")])
        return
    token = path[len(LINK_PATH) :].removesuffix(".gif")
    told = read_token(purpose, token, secret=_secret())
    try:
        if purpose == "open":
            await _opened(scope, send, told)
        elif told is None:
            await _page(scope, send, 404, gone_page)
        elif purpose == "link":
            await _followed(scope, send, told)
        else:
            await _leave(scope, receive, send, told)
    except spool.SpoolUnavailableError:
        await _page(scope, send, 503, busy_page)


async def _opened(scope: Scope, send: Send, told: Told | None) -> None:
    # Whoever asks for the picture gets it, whatever stands in its name and whatever becomes of the news.
    if told is not None and scope["method"] == "GET":
        said = circumstances(scope)
        score, reasons = _judged(scope, told, said, visitor=told.message_id)
        fact = MailOpened(
            message_id=told.message_id,
            user_agent=said["user_agent"],
            address=said["address"],
            suspicion=score,
            suspicion_reasons=reasons,
        )
        with contextlib.suppress(spool.SpoolUnavailableError):
            await spool.append(Entry.of(told.tenant_id, fact))
    headers: Headers = [
        (b"content-type", b"image/gif"),
        (b"content-length", str(len(PICTURE)).encode()),
        (b"cache-control", b"no-store, private"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await answer(send, 200, headers, b"" if scope["method"] == "HEAD" else PICTURE)


async def _followed(scope: Scope, send: Send, told: Told) -> None:
    post = mirror.signpost(LINK_SIGNPOST, str(told.link_id))
    if post is None and mirror.database_away():
        await _page(scope, send, 503, busy_page)  # it may have been made just before the database went away
        return
    if post is None or post.tenant_id != told.tenant_id:
        await _page(scope, send, 404, gone_page)
        return
    url = str(post.document["url"])
    way: Headers = [
        (b"location", quote(url, safe=_AS_IT_IS).encode()),
        (b"content-length", b"0"),
        (b"referrer-policy", b"no-referrer-when-downgrade"),
        (b"cache-control", b"no-store"),
    ]
    if scope["method"] == "HEAD":
        # Whoever only asks whether the link is alive has not followed it.
        await answer(send, 302, way)
        return
    anonymous_id, known = visitor_of(scope)
    visitor = visitor_id(told.tenant_id, anonymous_id)
    said = circumstances(scope)
    score, reasons = _judged(scope, told, said, visitor=visitor)
    fact = MailLinkFollowed(
        message_id=told.message_id,
        visitor_id=visitor,
        url=url,
        suspicion=score,
        suspicion_reasons=reasons,
        **said,
    )
    await spool.append(Entry.of(told.tenant_id, fact))
    await answer(send, 302, way if known else [*way, keeping(anonymous_id)])


async def _leave(scope: Scope, receive: Receive, send: Send, told: Told) -> None:
    """Show the page to a GET, since scanners open every link; a POST unsubscribes, without cookie or question (RFC 8058)."""
    post = mirror.signpost(COMPANY_SIGNPOST, str(told.tenant_id))
    company = str(post.document["company"]) if post is not None else ""
    if scope["method"] != "POST":
        await _page(scope, send, 200, lambda: leave_page(company), policy=ONE_FORM)
        return
    by_page = b"page=" in await _form(receive)
    said = circumstances(scope)
    fact = MailLeft(
        message_id=told.message_id,
        how="page" if by_page else "one_click",
        user_agent=said["user_agent"],
        address=said["address"],
    )
    # Pressed twice it is told once; whoever came back since and leaves by the same mail again has left.
    key = f"email:left:{told.message_id}:{int(clock.now().timestamp() // LEAVING_SECONDS)}"
    await spool.append(Entry.of(told.tenant_id, fact, dedupe_key=key))
    await _page(scope, send, 200, lambda: left_page(company))


async def _form(receive: Receive) -> bytes:
    body, more = b"", True
    while more and len(body) <= LONGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False) and message["type"] == "http.request"
    return body


def _judged(scope: Scope, told: Told, said: dict[str, str], *, visitor: int) -> tuple[int, list[str]]:
    return judge(
        tenant_id=told.tenant_id,
        visitor=visitor,
        address=said["address"],
        user_agent=said["user_agent"],
        automation=False,
        now=time.time(),
        page=False,
        headers=frozenset(name.decode("latin-1") for name, _ in scope["headers"]),
        fine=fine_traffic(told.tenant_id),
    )


async def _page(scope: Scope, send: Send, status: int, make: Callable[[], str], *, policy: bytes = PAGE_POLICY) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        page = make()
    await answer_page(send, status, page, head=scope["method"] == "HEAD", policy=policy)


@cache
def _secret() -> str:
    # Django's settings are lazy: each look costs as much as the signature.
    return str(settings.SECRET_KEY)

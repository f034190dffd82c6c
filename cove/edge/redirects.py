"""Short links of live codes: ``GET /c/{slug}`` notes the visit, chooses a member and leads to our own landing page."""

from __future__ import annotations

import random
import time
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from cove.business.live_codes.contracts import SIGNPOST, PostedCode, PostedMember, Visit, new_visit_id
from cove.business.live_codes.pages.screens import LandingCard, busy_page, gone_page, landing_page, landing_title
from cove.edge import mirror, spool
from cove.edge.http import Application, Headers, Receive, Scope, Send, answer, answer_page, header
from cove.edge.mirror import Signpost
from cove.edge.visitors import circumstances, keeping, kept_id, visitor_of
from cove.facts.live_codes import CodeScanned
from cove.facts.tracking import PageViewed
from cove.kernel import clock
from cove.kernel.ids import visitor_id
from cove.kernel.words import language_of, speaking

FRESH_SECONDS = 120

_SERVER_TROUBLE = 500


@dataclass(frozen=True, slots=True)
class Code:
    """A code made ready for answering: `steps` are the running sums of its members' weights, `forms` a scan's row for each."""

    post: Signpost
    posted: PostedCode
    steps: tuple[int, ...]
    forms: dict[int, str]

    def choose(self, dice: Callable[[], float] = random.random) -> PostedMember:
        """Return a member, each as often as his weight says; `dice` gives a number from 0 up to but not including 1."""
        return self.posted.members[bisect(self.steps, dice() * self.steps[-1], hi=len(self.steps) - 1)]

    def member(self, member_id: int) -> PostedMember | None:
        """Return one of the code's members, or None if he is no longer among them."""
        return next((one for one in self.posted.members if one.id == member_id), None)


_codes: dict[str, Code] = {}


@cache
def _secret() -> str:
    # Django's settings are lazy: each look costs as much as the signature.
    return str(settings.SECRET_KEY)


def code_of(slug: str) -> Code | None:
    """Return the code with this slug, deleted ones included, or None."""
    post = mirror.signpost(SIGNPOST, slug)
    if post is None:
        _codes.pop(slug, None)
        return None
    known = _codes.get(slug)
    if known is not None and known.post is post:
        return known
    posted = PostedCode.read(post.document)
    steps = tuple(accumulate(one.weight for one in posted.members))
    found = Code(post, posted, steps, {one.id: _scan_form(posted, one) for one in posted.members})
    _codes[slug] = found
    return found


def _scan_form(posted: PostedCode, member: PostedMember) -> str:
    gaps = {name: spool.gap(name) for name in ("visit", "user_agent", "address", "referrer")}
    payload = {
        "visitor_id": spool.gap("visitor_id"),
        "source": "live_code",
        "code_id": posted.code_id,
        "code_name": posted.name,
        "member_id": member.id,
        "member_name": member.name,
        **posted.utm,
        **gaps,
    }
    return spool.row_form(CodeScanned.kind, payload)


async def redirect(scope: Scope, receive: Receive, send: Send, behind: Application) -> None:
    """Answer ``/c/{slug}`` and, while the database is away, ``/c/{slug}/add``; other paths below ``/c/`` are 404."""
    slug, _, rest = scope["path"][3:].partition("/")
    if scope["method"] not in ("GET", "HEAD"):
        await answer(send, 405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")])
        return
    code = code_of(slug)
    if code is None and mirror.database_away():
        await _busy(scope, send)  # it may have been made just before the database went away
    elif code is None or code.posted.deleted or not code.steps or rest not in ("", "add"):
        await _gone(scope, send, code)
    elif scope["method"] == "HEAD":
        # Whoever only asks whether the link is alive has not scanned it.
        await answer(send, 200, [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")])
    elif rest:
        await _landing(scope, receive, send, behind, code)
    else:
        await _scan(scope, send, code)


async def _scan(scope: Scope, send: Send, code: Code) -> None:
    anonymous_id, known = visitor_of(scope)
    member = code.choose()
    tenant_id = code.post.tenant_id
    visitor = visitor_id(tenant_id, anonymous_id)
    visit = Visit(new_visit_id(), tenant_id, code.posted.code_id, member.id, visitor, int(time.time()))
    row = code.forms[member.id] % {
        "at": clock.now().isoformat(),
        "visitor_id": visitor,
        "visit": f'"{visit.name}"',
        **{name: spool.json_text(value) for name, value in circumstances(scope).items()},
    }
    try:
        durable = spool.submit_frame(spool.frame(tenant_id, "", row.encode()))
        headers = _to_landing(code, visit, "" if known else anonymous_id)
        await durable
    except spool.SpoolUnavailableError:
        await _busy(scope, send)
        return
    await answer(send, 302, headers)


def _to_landing(code: Code, visit: Visit, new_visitor: str) -> Headers:
    """Return the headers of the way to the landing page; a new visitor's id is put into his browser."""
    # Only our own path, made of a slug that we know: nothing of the request can lead anywhere else.
    # A 302 without a lifetime is not kept by caches (RFC 9110, 15.4.3), so nothing more need be said.
    headers: Headers = [
        (b"location", f"/c/{code.post.key}/add?v={visit.sign(_secret())}".encode()),
        (b"content-length", b"0"),
    ]
    if new_visitor:
        headers.append(keeping(new_visitor))
    return headers


async def _landing(scope: Scope, receive: Receive, send: Send, behind: Application, code: Code) -> None:
    token = parse_qs(scope["query_string"].decode("latin-1")).get("v", [""])[0]
    visit = Visit.read(token, settings.SECRET_KEY)
    member = code.member(visit.member_id) if visit else None
    if visit is None or member is None or visit.code_id != code.posted.code_id or _is_anothers(scope, visit):
        # A forged, old, outdated or forwarded address: begin again with a new visit.
        await answer(send, 302, [(b"location", f"/c/{code.post.key}".encode()), (b"content-length", b"0")])
        return
    with speaking(language_of(header(scope, b"accept-language"))):
        card = LandingCard(
            company=code.posted.company,
            member=member.name,
            qr_url=member.qr_url,
            share_url=f"{settings.PUBLIC_URL}/c/{code.post.key}",
        )
        try:
            await spool.append(_view(scope, code, visit, card))
        except spool.SpoolUnavailableError:
            await _busy(scope, send)
            return
        if mirror.database_away() or not await _tried(behind, scope, receive, send):
            await answer_page(send, 200, landing_page(card))


async def _tried(behind: Application, scope: Scope, receive: Receive, send: Send) -> bool:
    """Let the application behind answer; return False, with nothing sent, if it is in trouble or not there."""
    given_up = False

    async def unless_trouble(message: Any) -> None:
        nonlocal given_up
        if message["type"] == "http.response.start" and message["status"] >= _SERVER_TROUBLE:
            given_up = True
        if not given_up:
            await send(message)

    await behind(scope, receive, unless_trouble)
    return not given_up


def _view(scope: Scope, code: Code, visit: Visit, card: LandingCard) -> spool.Entry:
    payload = {
        "visitor_id": visit.visitor_id,
        "source": "live_code",
        "message_id": f"code-page:{visit.name}",
        "url": card.share_url,
        "title": landing_title(card),
        **code.posted.utm,
        **circumstances(scope),
    }
    key = f"page:{payload['message_id']}"
    return spool.Entry(visit.tenant_id, PageViewed.kind, clock.now(), payload, key)


def _is_anothers(scope: Scope, visit: Visit) -> bool:
    """Tell whether the page's address was forwarded to somebody else, whose friendship must not be taken for the first one's.

    A visit just begun is never: a browser that keeps no cookie would be sent round for ever.
    """
    if visit.at + FRESH_SECONDS > time.time():
        return False
    kept = kept_id(scope)
    return not kept or visitor_id(visit.tenant_id, kept) != visit.visitor_id


async def _gone(scope: Scope, send: Send, code: Code | None) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        page = gone_page(code.posted.company if code else "")
    await answer_page(send, 404, page, head=scope["method"] == "HEAD")


async def _busy(scope: Scope, send: Send) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        await answer_page(send, 503, busy_page())

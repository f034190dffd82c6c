"""Console: a member's notices, and how he wants to be told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from cove.directory.org import queries
from cove.directory.org.api.notice_answers import choices_answer, notice_answers
from cove.directory.org.commands.notice_choices import Times, choose_notices, set_notice_defaults
from cove.directory.org.commands.notices import read_all_notices, read_notice
from cove.directory.org.permissions import SET_NOTICE_DEFAULTS
from cove.directory.org.schemas.notices import (
    NoticeAnswer,
    NoticeChoices,
    NoticeChoicesChange,
    NoticeCount,
    NoticeKindAnswer,
    NoticeKindsAnswer,
    NoticesRead,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["notices"])

# Where nothing before Django holds streams open, a browser comes again this often and finds what is new by asking.
LOOK_AGAIN = "retry: 15000\nevent: look\ndata: {}\n\n"


@console.get("/notices", response={200: Page[NoticeAnswer], **refusals()}, **signed_in())
def list_notices(
    request: HttpRequest,
    unread: bool = False,  # noqa: FBT001, FBT002 -- a parameter of the address
    kind: str = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[NoticeAnswer]:
    """List one's own notices, newest first; only unread ones or of one kind if asked. Each says how it went out."""
    rows = queries.notices.notices(actor(request), unread=unread, kind=kind)
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=notice_answers(found), next_cursor=following, total=total, total_exact=exact)


@console.get("/notices/count", response={200: NoticeCount, **refusals()}, **signed_in())
def count_notices(request: HttpRequest) -> NoticeCount:
    """Tell how many notices wait for one; muted kinds do not count."""
    return NoticeCount(unread=queries.notices.unread_count(actor(request)))


@console.get("/notices/kinds", response={200: NoticeKindsAnswer, **refusals()}, **signed_in())
def list_notice_kinds(request: HttpRequest) -> NoticeKindsAnswer:
    """List the kinds of notices that one may get."""
    kinds = queries.notices.kinds_for(actor(request))
    return NoticeKindsAnswer(items=[NoticeKindAnswer(kind=one.key, label=one.label.here()) for one in kinds])


@console.get("/notices/stream", **signed_in())
def stream_notices(request: HttpRequest) -> HttpResponse:
    """Hear at once what happens, as server-sent events: `notice`, `notice_read`, `job`; `look` says that something may have been missed.

    Events name things and tell nothing of them. They are held open before this is reached; where they cannot be, this answers once and
    asks the browser to come again.
    """
    actor(request)
    return HttpResponse(LOOK_AGAIN, content_type="text/event-stream", headers={"Cache-Control": "no-store"})


@console.get("/notices/choices", response={200: NoticeChoices, **refusals()}, **signed_in())
def read_notice_choices(request: HttpRequest) -> NoticeChoices:
    """Tell how one is told of what, and when."""
    return choices_answer(actor(request))


@console.patch("/notices/choices", response={200: NoticeChoices, **refusals(Forbidden)}, **signed_in())
def change_notice_choices(request: HttpRequest, payload: NoticeChoicesChange) -> NoticeChoices:
    """Choose how one is told."""
    who = actor(request)
    choose_notices(who, modes=payload.modes, times=_times(payload))
    return choices_answer(who)


@console.get("/notices/defaults", response={200: NoticeChoices, **refusals(Forbidden)}, **needs(SET_NOTICE_DEFAULTS))
def read_notice_defaults(request: HttpRequest) -> NoticeChoices:
    """Tell how members are told who did not choose."""
    return choices_answer(actor(request), defaults=True)


@console.patch("/notices/defaults", response={200: NoticeChoices, **refusals(Forbidden)}, **needs(SET_NOTICE_DEFAULTS))
def change_notice_defaults(request: HttpRequest, payload: NoticeChoicesChange) -> NoticeChoices:
    """Choose for members who did not."""
    who = actor(request)
    set_notice_defaults(who, modes=payload.modes, times=_times(payload))
    return choices_answer(who, defaults=True)


@console.post("/notices/read", response={200: NoticeCount, **refusals(Forbidden)}, **signed_in())
def read_notices(request: HttpRequest, payload: NoticesRead) -> NoticeCount:
    """Mark one's notices as read: all, or those that were there at a time."""
    who = actor(request)
    read_all_notices(who, until=payload.until)
    return NoticeCount(unread=queries.notices.unread_count(who))


@console.post("/notices/{notice_id}/read", response={200: NoticeAnswer, **refusals(Forbidden, NotFound)}, **signed_in())
def read_one_notice(request: HttpRequest, notice_id: int) -> NoticeAnswer:
    """Mark one notice as read."""
    return notice_answers([read_notice(actor(request), notice_id=notice_id)])[0]


def _times(payload: NoticeChoicesChange) -> Times | None:
    return Times(**payload.times.model_dump()) if payload.times else None

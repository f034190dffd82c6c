"""Console: codes and addresses that open a mini-program."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from cove.engine.channels.wechat.api.keeping import problem_text
from cove.engine.channels.wechat.commands.entries import EntryWish, create_entry, remove_entry, renew_entry
from cove.engine.channels.wechat.models import WechatEntry
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, SEE_ACCOUNTS
from cove.engine.channels.wechat.queries import entries as queries
from cove.engine.channels.wechat.schemas.entries import NewWechatEntry, WechatEntryAnswer
from cove.kernel import clock
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.qr import picture
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.uploads.kinds import PNG, kind_of

console = Router()


@console.get(
    "/channels/wechat/{wechat_account_id}/entries",
    response={200: Page[WechatEntryAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_entries(
    request: HttpRequest, wechat_account_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[WechatEntryAnswer]:
    """List the codes and addresses that open a mini-program, newest first."""
    rows = queries.entries(actor(request), wechat_account_id)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_entry(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/channels/wechat/{wechat_account_id}/entries",
    response={201: WechatEntryAnswer, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def add_wechat_entry(
    request: HttpRequest, wechat_account_id: int, payload: NewWechatEntry
) -> Status[WechatEntryAnswer]:
    """Have a code or an address made; it is there moments later."""
    wish = EntryWish(payload.name, payload.form, payload.page, payload.said, payload.days)
    return Status(201, _entry(create_entry(actor(request), account_id=wechat_account_id, wish=wish)))


@console.post(
    "/channels/wechat/{wechat_account_id}/entries/{wechat_entry_id}/renew",
    response={200: WechatEntryAnswer, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def renew_wechat_entry(request: HttpRequest, wechat_account_id: int, wechat_entry_id: int) -> WechatEntryAnswer:
    """Have a code or an address made again; an address becomes another."""
    return _entry(renew_entry(actor(request), account_id=wechat_account_id, wechat_entry_id=wechat_entry_id))


@console.delete(
    "/channels/wechat/{wechat_account_id}/entries/{wechat_entry_id}",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(KEEP_REPLIES),
)
def remove_wechat_entry(request: HttpRequest, wechat_account_id: int, wechat_entry_id: int) -> Status[None]:
    """Forget a code or an address; what is printed or sent goes on leading there."""
    remove_entry(actor(request), account_id=wechat_account_id, wechat_entry_id=wechat_entry_id)
    return Status(204, None)


@console.get(
    "/channels/wechat/{wechat_account_id}/entries/{wechat_entry_id}/picture",
    response={200: bytes, **refusals(Forbidden, NotFound)},
    **needs(SEE_ACCOUNTS),
)
def read_wechat_entry_picture(request: HttpRequest, wechat_account_id: int, wechat_entry_id: int) -> HttpResponse:
    """Give a code's picture as the platform drew it."""
    scene, content = queries.picture_of(actor(request), wechat_account_id, wechat_entry_id)
    kind = kind_of(content) or PNG
    name = "".join(one if one.isalnum() else "-" for one in scene)
    return picture(content, kind.media_type, f"{name}.{kind.key}")


def _entry(row: WechatEntry) -> WechatEntryAnswer:
    made = row.made_at is not None
    code = row.form == WechatEntry.Form.CODE
    return WechatEntryAnswer(
        id=row.id,
        name=row.name,
        form=row.form,  # type: ignore[arg-type]  # one of the three
        page=row.page,
        said=row.said,
        days=row.days,
        state=_state(row),  # type: ignore[arg-type]  # one of the four
        picture_url=f"/api/channels/wechat/{row.account_id}/entries/{row.id}/picture" if made and code else "",
        address=row.address if made else "",
        ends_at=row.ends_at,
        problem=problem_text(row.problem),
        created_at=row.created_at,
    )


def _state(row: WechatEntry) -> str:
    if row.problem:
        return "failed"
    if row.made_at is None:
        return "making"
    return "over" if row.ends_at is not None and row.ends_at <= clock.now() else "ready"

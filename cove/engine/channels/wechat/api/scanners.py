"""Console: who came by a code of an official account."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from cove.directory.people import facade as people
from cove.engine.channels.wechat.permissions import SEE_ACCOUNTS
from cove.engine.channels.wechat.queries.scanners import scanners
from cove.engine.channels.wechat.schemas.settings import WechatScanner
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, slice_after

console = Router()


@console.get(
    "/channels/wechat/{wechat_account_id}/codes/{wechat_code_id}/scanners",
    response={200: Page[WechatScanner], **refusals(Forbidden, NotFound, InvalidInput)},
    **needs(SEE_ACCOUNTS),
)
def list_wechat_scanners(
    request: HttpRequest,
    wechat_account_id: int,
    wechat_code_id: int,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[WechatScanner]:
    """List who scanned a code or followed by it, whoever did last first; a scan is here within seconds."""
    who = actor(request)
    rows = scanners(who, wechat_account_id, wechat_code_id)
    found, following = slice_after(rows, sort="-last_at", cursor=cursor, limit=limit)
    contacts = people.contacts_by_id(who, [row.contact_id for row in found])
    items = []
    for row in found:
        contact = contacts.get(row.contact_id)
        items.append(
            WechatScanner(
                contact=NamedId(id=contact.id, name=contact.name) if contact else None,
                scans=row.scans,
                followed=row.followed,
                last_at=row.last_at,
            )
        )
    return Page(items=items, next_cursor=following)

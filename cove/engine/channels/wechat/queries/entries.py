"""Ways into a mini-program."""

from __future__ import annotations

from django.db.models import QuerySet

from cove.engine.channels.wechat.models import WechatEntry
from cove.engine.channels.wechat.queries.accounts import account
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def entries(actor: Actor, account_id: int) -> QuerySet[WechatEntry]:
    """Return an account's ways in without their pictures, the newest first. Raises Forbidden, NotFound."""
    row = account(actor, account_id)
    return WechatEntry.visible_to(actor).filter(account=row).defer("picture").order_by("-id")


def picture_of(actor: Actor, account_id: int, wechat_entry_id: int) -> tuple[str, bytes]:
    """Return the scene and the picture of a code. Raises Forbidden, NotFound, also while it is not made."""
    rows = WechatEntry.visible_to(actor).filter(account=account(actor, account_id), made_at__isnull=False)
    row = rows.filter(id=wechat_entry_id, form=WechatEntry.Form.CODE).first()
    if row is None:
        raise NotFound
    return row.said, bytes(row.picture)

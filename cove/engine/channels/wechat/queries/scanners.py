"""Who came by a code."""

from __future__ import annotations

from django.db.models import QuerySet

from cove.engine.channels.wechat.models import WechatCode, WechatScanner
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def scanners(actor: Actor, account_id: int, code_id: int) -> QuerySet[WechatScanner]:
    """Return who scanned a code or followed by it. Raises Forbidden, NotFound."""
    if not WechatCode.visible_to(actor).filter(id=code_id, account_id=account_id).exists():
        raise NotFound
    return WechatScanner.visible_to(actor).filter(code_id=code_id)

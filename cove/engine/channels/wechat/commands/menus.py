from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.contracts.menus import cleaned, fault_of
from cove.engine.channels.wechat.errors import SpecialMenusLeft
from cove.engine.channels.wechat.models import WechatAccount, WechatMenu, WechatSpecialMenu
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound


@command(KEEP_REPLIES)
def save_menu(actor: Actor, *, account_id: int, buttons: Sequence[dict[str, Any]]) -> WechatMenu:
    """Make this the menu for everybody, on the platform as well; followers see it within a day.

    Raises NotFound, InvalidInput, SpecialMenusLeft.
    """
    account = WechatAccount.visible_to(actor).filter(id=account_id, kind=WechatAccount.Kind.OFFICIAL).first()
    if account is None:
        raise NotFound
    fault = fault_of(buttons)
    if fault is not None:
        raise InvalidInput(fields={"buttons": fault})
    if not buttons and WechatSpecialMenu.visible_to(actor).filter(account=account).exists():
        raise SpecialMenusLeft
    wanted = [cleaned(button) for button in buttons]
    row, _ = WechatMenu.objects.update_or_create(account=account, defaults={"buttons": wanted, "problem": ""})
    payload = {"account_id": account.id, "buttons": wanted}
    key = f"wechat.put_menu:{account.id}:{clock.now().isoformat()}"
    delivery.deliver(actor, "wechat.put_menu", key, payload, lane=f"wechat.menu:{account.id}")
    return row


@command(TAKE_OVER)
def note_put(actor: Actor, *, account_id: int, problem: str) -> None:
    """Note that the platform took the menu, or why not."""
    changes = {"problem": problem} if problem else {"problem": "", "put_at": clock.now()}
    WechatMenu.visible_to(actor).filter(account_id=account_id).update(**changes)

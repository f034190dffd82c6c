"""Menus that only some followers see: by a tag of the platform, by the kind of their phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wechat.contracts.menus import PLATFORMS, cleaned, fault_of
from cove.engine.channels.wechat.errors import MenuRuleTaken, NoPlainMenu
from cove.engine.channels.wechat.models import WechatAccount, WechatMenu, WechatSpecialMenu, WechatTag
from cove.engine.channels.wechat.permissions import KEEP_REPLIES, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class MenuWish:
    """What a special menu shall be: for those with the tag, on that kind of phone (empty: any); not both may be left out."""

    name: str
    wechat_tag_id: int | None
    platform: str
    buttons: Sequence[Mapping[str, Any]]


@command(KEEP_REPLIES)
def save_special_menu(
    actor: Actor, *, account_id: int, wechat_menu_id: int | None, wish: MenuWish
) -> WechatSpecialMenu:
    """Make or change a menu for some followers, on the platform as well. Raises NotFound, InvalidInput, NoPlainMenu, MenuRuleTaken."""
    account = _account(actor, account_id)
    row = WechatSpecialMenu(account=account) if wechat_menu_id is None else _found(actor, account_id, wechat_menu_id)
    tag = _checked(actor, account, wish)
    if not WechatMenu.visible_to(actor).filter(account=account).exclude(buttons=[]).exists():
        raise NoPlainMenu
    rows = WechatSpecialMenu.visible_to(actor).filter(account=account, leaving=False).exclude(id=row.id)
    if rows.filter(tag=tag, platform=wish.platform).exists():
        raise MenuRuleTaken(fields={"wechat_tag_id": MenuRuleTaken.words})
    row.name, row.tag, row.platform = wish.name.strip(), tag, wish.platform
    row.buttons, row.problem = [cleaned(button) for button in wish.buttons], ""
    row.save()
    payload = {
        "tag_row_id": tag.id if tag else None,
        "platform": row.platform,
        "buttons": row.buttons,
    }
    _order(actor, row, "wechat.put_special_menu", payload)
    return row


@command(KEEP_REPLIES)
def remove_special_menu(actor: Actor, *, account_id: int, wechat_menu_id: int) -> None:
    """Take a menu for some followers away, on the platform as well. Raises NotFound."""
    _account(actor, account_id)
    row = _found(actor, account_id, wechat_menu_id)
    row.leaving, row.problem = True, ""
    row.save(update_fields=["leaving", "problem"])
    _order(actor, row, "wechat.remove_special_menu", {})


@command(TAKE_OVER)
def note_special_menu(actor: Actor, *, wechat_menu_id: int, number: str, problem: str) -> None:
    """Note that the platform took a menu and by which number, or why not."""
    changes = {"problem": problem} if problem else {"problem": "", "number": number, "put_at": clock.now()}
    WechatSpecialMenu.visible_to(actor).filter(id=wechat_menu_id).update(**changes)


@command(TAKE_OVER)
def note_special_menu_gone(actor: Actor, *, wechat_menu_id: int, problem: str) -> None:
    """Note that the platform took a menu away, or why not."""
    rows = WechatSpecialMenu.visible_to(actor).filter(id=wechat_menu_id, leaving=True)
    if problem:
        rows.update(leaving=False, problem=problem)
    else:
        rows.delete()


def _account(actor: Actor, account_id: int) -> WechatAccount:
    # Its menus are changed one after the other: no rule twice.
    rows = WechatAccount.visible_to(actor).select_for_update(no_key=True)
    account = rows.filter(id=account_id, kind=WechatAccount.Kind.OFFICIAL).first()
    if account is None:
        raise NotFound
    return account


def _found(actor: Actor, account_id: int, wechat_menu_id: int) -> WechatSpecialMenu:
    rows = WechatSpecialMenu.visible_to(actor).filter(account_id=account_id, leaving=False)
    row = rows.filter(id=wechat_menu_id).first()
    if row is None:
        raise NotFound
    return row


def _checked(actor: Actor, account: WechatAccount, wish: MenuWish) -> WechatTag | None:
    fields: dict[str, Words] = {}
    if not wish.name.strip():
        fields["name"] = Words("请填写名称", "Fill in a name")
    rows = WechatTag.visible_to(actor).filter(account=account, leaving=False)
    tag = rows.filter(id=wish.wechat_tag_id).first() if wish.wechat_tag_id is not None else None
    if wish.wechat_tag_id is not None and tag is None:
        fields["wechat_tag_id"] = Words("该粉丝标签已不存在，请重新选择", "This tag is gone; choose again")
    elif tag is None and not wish.platform:
        fields["wechat_tag_id"] = Words("请选择粉丝标签或手机系统", "Choose a tag or a kind of phone")
    if wish.platform not in PLATFORMS:
        fields["platform"] = Words("没有这种手机系统", "There is no such kind of phone")
    fault = fault_of(wish.buttons) if wish.buttons else Words("请至少添加一个菜单", "Add at least one button")
    if fault is not None:
        fields["buttons"] = fault
    if fields:
        raise InvalidInput(fields=fields)
    return tag


def _order(actor: Actor, row: WechatSpecialMenu, kind: str, said: Mapping[str, Any]) -> None:
    payload = {"account_id": row.account_id, "menu_row_id": row.id, **said}
    delivery.deliver(actor, kind, f"{kind}:{row.id}:{new_slug(12)}", payload, lane=f"wechat.menu:{row.account_id}")

from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat.client import menus
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands.menus import note_put
from cove.engine.channels.wechat.commands.special_menus import note_special_menu, note_special_menu_gone
from cove.engine.channels.wechat.contracts.answers import ConditionalMenu, MatchRule
from cove.engine.channels.wechat.contracts.menus import on_the_wire, rule_on_the_wire
from cove.engine.channels.wechat.errors import WechatError
from cove.engine.channels.wechat.outbound.performing import performed
from cove.engine.channels.wechat.queries.tags import number_of_menu, number_of_tag
from cove.kernel.actor import Actor
from cove.kernel.words import Words

NO_MENU, NO_PLAIN_MENU, NO_SUCH_MENU, BAD_TAG = 46003, 65303, 65301, 45159


@performed
async def _put(line: Line, order: Order) -> None:
    await menus.put_menu(line, [on_the_wire(button) for button in order.payload["buttons"]])


@performed
async def _put_special(line: Line, order: Order) -> dict[str, Any]:
    said, who = order.payload, Actor.system(order.tenant_id)
    tag = await off_loop(number_of_tag, who, said["tag_row_id"]) if said["tag_row_id"] else None
    if said["tag_row_id"] and tag is None:
        raise WechatError(BAD_TAG, "the platform never made this tag")
    rule = rule_on_the_wire(tag, said["platform"])
    mine = await off_loop(number_of_menu, who, said["menu_row_id"])
    # The platform cannot change such a menu. Whatever stands there for the same followers goes too, what a lost answer made included.
    for one in await _there(line):
        if str(one.number) == mine or one.rule == MatchRule.model_validate(rule):
            await menus.remove_conditional_menu(line, str(one.number))
    wire = [on_the_wire(button) for button in said["buttons"]]
    return {"number": await menus.put_conditional_menu(line, wire, rule)}


@performed
async def _remove_special(line: Line, order: Order) -> None:
    mine = await off_loop(number_of_menu, Actor.system(order.tenant_id), order.payload["menu_row_id"])
    if not mine:
        return
    try:
        await menus.remove_conditional_menu(line, mine)
    except WechatError as error:
        # Gone already is what was wanted.
        if error.errcode not in (NO_MENU, NO_SUCH_MENU):
            raise


async def _there(line: Line) -> list[ConditionalMenu]:
    try:
        return await menus.list_conditional_menus(line)
    except WechatError as error:
        if error.errcode == NO_MENU:
            raise WechatError(NO_PLAIN_MENU, error.errmsg) from error
        raise


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_put(actor, account_id=order.payload["account_id"], problem=verdict.trouble)


def _settle_special(actor: Actor, order: Order, verdict: Verdict) -> None:
    number = verdict.result.get("number", "") if verdict.state is State.SENT else ""
    row_id = order.payload["menu_row_id"]
    note_special_menu(actor, wechat_menu_id=row_id, number=number, problem=verdict.trouble)


def _settle_gone(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_special_menu_gone(actor, wechat_menu_id=order.payload["menu_row_id"], problem=verdict.trouble)


PUT_MENU = kinds.add(
    "wechat.put_menu",
    Kind("wechat.put_menu", Words("发布公众号菜单", "Publish the menu"), Again.HARMLESS, _put, _settle, channel=""),
)
PUT_SPECIAL_MENU = kinds.add(
    "wechat.put_special_menu",
    Kind(
        "wechat.put_special_menu",
        Words("发布公众号个性化菜单", "Publish a special menu"),
        Again.HARMLESS,
        _put_special,
        _settle_special,
        channel="",
    ),
)
REMOVE_SPECIAL_MENU = kinds.add(
    "wechat.remove_special_menu",
    Kind(
        "wechat.remove_special_menu",
        Words("删除公众号个性化菜单", "Remove a special menu"),
        Again.HARMLESS,
        _remove_special,
        _settle_gone,
        channel="",
    ),
)

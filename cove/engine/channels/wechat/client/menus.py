from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import ConditionalMenu


async def put_menu(line: Line, buttons: Sequence[dict[str, Any]]) -> None:
    """Make this the menu for everybody (menu/create, C7); without buttons the menu is taken away."""
    if buttons:
        await line.post("cgi-bin/menu/create", {"button": list(buttons)})
    else:
        await line.get("cgi-bin/menu/delete")


async def list_conditional_menus(line: Line) -> list[ConditionalMenu]:
    """Return the menus for some followers, the newest first as they are tried (menu/get); 46003 where there is no menu at all."""
    document = await line.get("cgi-bin/menu/get")
    found = [understood(ConditionalMenu, one) for one in document.get("conditionalmenu") or []]
    return sorted(found, key=lambda one: one.number, reverse=True)


async def put_conditional_menu(line: Line, buttons: Sequence[dict[str, Any]], rule: dict[str, Any]) -> str:
    """Make a menu for those whom `rule` (tag_id, client_platform_type) fits; return its number."""
    document = await line.post("cgi-bin/menu/addconditional", {"button": list(buttons), "matchrule": rule})
    return str(document.get("menuid", ""))


async def remove_conditional_menu(line: Line, menu_id: str) -> None:
    """Take a conditional menu away."""
    await line.post("cgi-bin/menu/delconditional", {"menuid": menu_id})

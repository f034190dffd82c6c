"""Menus (C7)."""

import json
from typing import Any

from sandbox.wechat.errors import WeixinError
from sandbox.wechat.requests import Call

MOST, MOST_BELOW, NAME_BYTES, NAME_BYTES_BELOW, KEY_BYTES, URL_BYTES = 3, 5, 16, 60, 128, 1024
NEEDS = {
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "media_id": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
} | dict.fromkeys(
    (
        "click",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
    ),
    ("key",),
)


def create_menu(call: Call) -> dict[str, Any]:
    """POST menu/create."""
    buttons = _checked(call.items("button"))
    call.storage.run("DELETE FROM wx_menus WHERE app_id=? AND rule=''", call.app_id)
    call.storage.insert("wx_menus", app_id=call.app_id, buttons=buttons)
    return {}


def add_conditional(call: Call) -> dict[str, Any]:
    """POST menu/addconditional."""
    if not call.storage.row("SELECT 1 FROM wx_menus WHERE app_id=? AND rule=''", call.app_id):
        raise WeixinError(46003)
    rule = json.dumps(call.document("matchrule"))
    menu_id = call.storage.insert("wx_menus", app_id=call.app_id, buttons=_checked(call.items("button")), rule=rule)
    return {"menuid": str(menu_id)}


def delete_conditional(call: Call) -> dict[str, Any]:
    """POST menu/delconditional."""
    gone = call.storage.change(
        "DELETE FROM wx_menus WHERE app_id=? AND id=? AND rule!=''", call.app_id, call.text("menuid")
    )
    if not gone:
        raise WeixinError(46003)
    return {}


def get_menu(call: Call) -> dict[str, Any]:
    """GET menu/get."""
    rows = call.storage.rows("SELECT * FROM wx_menus WHERE app_id=? ORDER BY id", call.app_id)
    plain = [{"button": json.loads(row["buttons"]), "menuid": row["id"]} for row in rows if not row["rule"]]
    if not plain:
        raise WeixinError(46003)
    others = [
        {"button": json.loads(row["buttons"]), "matchrule": json.loads(row["rule"]), "menuid": row["id"]}
        for row in rows
        if row["rule"]
    ]
    return {"menu": plain[0]} | ({"conditionalmenu": others} if others else {})


def delete_menu(call: Call) -> dict[str, Any]:
    """GET menu/delete: the conditional ones go as well."""
    call.storage.run("DELETE FROM wx_menus WHERE app_id=?", call.app_id)
    return {}


def _checked(buttons: list[Any]) -> list[Any]:
    if not 1 <= len(buttons) <= MOST:
        raise WeixinError(40016)
    for button in buttons:
        below = button.get("sub_button") if isinstance(button, dict) else None
        if below:
            _check_name(button, NAME_BYTES, 40018)
            if not isinstance(below, list) or len(below) > MOST_BELOW:
                raise WeixinError(40023)
            for entry in below:
                _check_name(entry, NAME_BYTES_BELOW, 40025)
                _check_action(entry)
        else:
            _check_name(button, NAME_BYTES, 40018)
            _check_action(button)
    return buttons


def _check_name(button: Any, most: int, errcode: int) -> None:
    name = button.get("name") if isinstance(button, dict) else None
    if not isinstance(name, str) or not 1 <= len(name.encode()) <= most:
        raise WeixinError(errcode)


def _check_action(button: dict[str, Any]) -> None:
    needed = NEEDS.get(str(button.get("type")))
    if needed is None:
        raise WeixinError(40017)
    sizes = {"key": (KEY_BYTES, 40019), "url": (URL_BYTES, 40020)}
    for name in needed:
        most, errcode = sizes.get(name, (1024, 40097))
        value = button.get(name)
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= most:
            raise WeixinError(errcode)

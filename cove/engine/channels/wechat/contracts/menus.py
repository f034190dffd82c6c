"""What a menu may be: up to three buttons, each with up to five below it (C7).

Sizes are one constant each: the platform may change them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.kernel.words import Words

MOST_BUTTONS, MOST_BELOW = 3, 5
NAME_BYTES, NAME_BYTES_BELOW = 16, 60
KEY_BYTES, URL_BYTES = 128, 1024
# What a button does: the fields it needs beside its name.
ACTIONS: dict[str, tuple[str, ...]] = {
    "click": ("key",),
    "view": ("url",),
    "miniprogram": ("app_id", "path", "url"),
    "article_id": ("article_id",),
    "scancode_push": ("key",),
    "location_select": ("key",),
}
PLATFORMS = ("", "1", "2", "3")
"""Any phone, iOS, Android, others (client_platform_type)."""
_WIRE = {"app_id": "appid", "path": "pagepath"}


def fault_of(buttons: Sequence[Mapping[str, Any]]) -> Words | None:
    """Return what is wrong with a menu, None if nothing is."""
    if len(buttons) > MOST_BUTTONS:
        return Words("一级菜单最多 3 个", "At most 3 buttons")
    for button in buttons:
        below = button.get("below") or []
        fault = _name_fault(button, NAME_BYTES) or (None if below else _action_fault(button))
        if fault is None and len(below) > MOST_BELOW:
            fault = Words("每个一级菜单下最多 5 个二级菜单", "At most 5 entries below a button")
        fault = fault or next((one for entry in below if (one := _entry_fault(entry)) is not None), None)
        if fault is not None:
            return fault
    return None


def cleaned(button: Mapping[str, Any]) -> dict[str, Any]:
    """Return a button with what belongs to it and nothing else."""
    below = button.get("below") or []
    name = {"name": str(button["name"]).strip()}
    if below:
        return name | {"below": [cleaned(entry) for entry in below]}
    action = str(button["action"])
    return name | {"action": action} | {field: str(button[field]).strip() for field in ACTIONS[action]}


def on_the_wire(button: Mapping[str, Any]) -> dict[str, Any]:
    """Return the platform's form of a button."""
    if button.get("below"):
        return {"name": button["name"], "sub_button": [on_the_wire(entry) for entry in button["below"]]}
    fields = {_WIRE.get(field, field): button[field] for field in ACTIONS[button["action"]]}
    return {"name": button["name"], "type": button["action"]} | fields


def _entry_fault(entry: Mapping[str, Any]) -> Words | None:
    return _name_fault(entry, NAME_BYTES_BELOW) or _action_fault(entry)


def _name_fault(button: Mapping[str, Any], most: int) -> Words | None:
    name = str(button.get("name") or "").strip()
    if not name:
        return Words("请填写菜单名称", "Each button needs a name")
    if len(name.encode()) > most:
        return Words(
            "菜单名称过长：一级最多 5 个汉字，二级最多 20 个汉字",
            "A name is too long: 16 bytes for a button, 60 below it",
        )
    return None


def _action_fault(button: Mapping[str, Any]) -> Words | None:
    fields = ACTIONS.get(str(button.get("action") or ""))
    if fields is None:
        return Words("请选择菜单的动作", "Choose what each button does")
    values = {field: str(button.get(field) or "").strip() for field in fields}
    if not all(values.values()):
        return Words("请填写菜单动作的内容", "Fill in what each button leads to")
    if len(values.get("key", "").encode()) > KEY_BYTES or len(values.get("url", "").encode()) > URL_BYTES:
        return Words("菜单的关键字或地址过长", "A key or an address is too long")
    if values.get("url") and not values["url"].startswith(("http://", "https://")):
        return Words("请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://")
    return None


def rule_on_the_wire(tag_number: int | None, platform: str) -> dict[str, str]:
    """Return the platform's form of whom a special menu is for."""
    rule = {"tag_id": str(tag_number)} if tag_number is not None else {}
    return rule | ({"client_platform_type": platform} if platform else {})

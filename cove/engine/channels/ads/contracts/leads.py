"""Leads as platforms tell them, and how their fields become a contact's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from cove.kernel.documents import NotJson, read_json
from cove.kernel.words import Words

Platform = Literal["ocean", "tencent", "baidu"]
Event = Literal["confirmed", "friend_added", "high_potential", "paid", "invalid"]
Target = Literal["name", "phone", "email", "company_name", "position"]

PLATFORMS: dict[Platform, Words] = {
    "ocean": Words("巨量引擎", "Ocean Engine"),
    "tencent": Words("腾讯广告", "Tencent Ads"),
    "baidu": Words("百度营销", "Baidu Ads"),
}
BASE_URLS: dict[Platform, str] = {
    "ocean": "https://feiyu.oceanengine.com",
    "tencent": "https://api.e.qq.com",
    "baidu": "https://api.baidu.com",
}
EVENTS: dict[Event, Words] = {
    "confirmed": Words("信息已确认", "Information confirmed"),
    "friend_added": Words("已添加好友", "Friend added"),
    "high_potential": Words("高潜客户", "High potential"),
    "paid": Words("已成交", "Paid"),
    "invalid": Words("无效线索", "Invalid lead"),
}
TARGETS: dict[Target, Words] = {
    "name": Words("姓名", "Name"),
    "phone": Words("手机号", "Phone"),
    "email": Words("邮箱", "E-mail"),
    "company_name": Words("公司", "Company"),
    "position": Words("职位", "Position"),
}
USUAL_MAPPING: dict[Platform, dict[Target, str]] = {
    "ocean": {"name": "name", "phone": "telphone", "email": "email"},
    "tencent": {"name": "leads_name", "phone": "leads_telephone", "email": "leads_email"},
    "baidu": {"name": "formDetail.姓名", "phone": "cluePhoneNumber"},
}
CODES: dict[Platform, dict[Event, str]] = {
    # Facts D1, Feedback.
    "ocean": {"confirmed": "194", "friend_added": "195", "high_potential": "196", "paid": "285", "invalid": "10000"},
    # UNCONFIRMED: names of action types are general knowledge; a tenant may enter others.
    "tencent": {
        "confirmed": "CONFIRM_EFFECTIVE_LEADS",
        "friend_added": "ADD_WECHAT",
        "high_potential": "CONFIRM_HIGH_INTENTION",
        "paid": "PURCHASE",
        "invalid": "INVALID",
    },
    # UNCONFIRMED: conversion types of Baidu's oCPC; a tenant may enter others.
    "baidu": {"confirmed": "25", "friend_added": "79", "high_potential": "30", "paid": "10", "invalid": ""},
}
CLICK_PARAMETERS: dict[Platform, tuple[str, ...]] = {
    "ocean": ("clickid",),
    "tencent": ("gdt_vid", "qz_gdt"),
    "baidu": ("bd_vid",),
}
"""The parameter in a landing page's address by which a platform knows the click again."""

MOST_FIELDS = 200
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is needed to call a platform. `outer_id` is the advertiser's number or name there. Its text form shows no secret.

    `token` is the access token; `secret` is Ocean Engine's signing key, or Baidu's token for conversions.
    """

    tenant_id: int
    account_id: int
    platform: Platform
    base_url: str
    outer_id: str
    token: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who left his data with a platform: `number` is the platform's, `raw` its own document."""

    number: str
    at: datetime
    raw: Mapping[str, Any]
    click_id: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a lead, or of a click: `code` is the platform's own name for it, `url` the page where the click arrived."""

    code: str
    number: str = ""
    click_id: str = ""
    url: str = ""
    at: datetime | None = None


def flattened(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return a lead's fields by path, nested ones as ``remark_dict.公司``; answers of forms (lists of name and value) by their name."""
    found: dict[str, str] = {}
    for name, value in raw.items():
        for path, text in _paths(str(name), value, 0):
            if len(found) < MOST_FIELDS and text:
                found.setdefault(path[:120], text[:LONGEST_VALUE])
    return found


def mapped(raw: Mapping[str, Any], mapping: Mapping[Target, str]) -> dict[Target, str]:
    """Return what a mapping makes of a lead; fields without a value are left out."""
    fields = flattened(raw)
    return {target: fields[path].strip() for target, path in mapping.items() if fields.get(path, "").strip()}


def _paths(name: str, value: Any, depth: int) -> list[tuple[str, str]]:
    if isinstance(value, str) and value[:1] in "{[" and depth == 0:
        # Tencent's `bundle` is a document written into a text.
        try:
            value = read_json(value)
        except NotJson:
            return [(name, value)]
    if isinstance(value, Mapping) and depth < 3:  # noqa: PLR2004 -- deeper nothing is shown for choosing
        return [one for key, inner in value.items() for one in _paths(f"{name}.{key}", inner, depth + 1)]
    if isinstance(value, list):
        named = [one for one in value if isinstance(one, Mapping) and "name" in one and "value" in one]
        return [(f"{name}.{one['name']}", _text(one["value"])) for one in named]
    return [(name, _text(value))]


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)

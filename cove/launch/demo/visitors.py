"""The first visitors: they read, scan, add, and some leave. Everything goes through the doors that real ones use."""

from __future__ import annotations

import html
import random
import re
import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from cove.launch.demo.company import source_of
from cove.launch.demo.console import PATIENCE, Console
from cove.launch.demo.outside import WECHAT_AGENT, Outside

PICTURE = re.compile(
    r'<img[^>]*class="[^"]*\bqr\b[^"]*"[^>]*src="([^"]+)"|<img[^>]*src="([^"]+)"[^>]*class="[^"]*\bqr\b'
)

# Names and genders (1 man, 2 woman) as WeChat users in Guangdong show them.
PEOPLE = [
    ("陈静怡", 2), ("刘子轩", 1), ("黄雅婷", 2), ("吴浩然", 1), ("梁晓彤", 2), ("何俊杰", 1), ("谢雨桐", 2), ("罗志强", 1),
    ("郑美琳", 2), ("曾国栋", 1), ("邓思琪", 2), ("许文博", 1), ("冯丽娜", 2), ("蔡明辉", 1), ("叶欣然", 2), ("彭家豪", 1),
    ("Amy 苏", 2), ("老周装修日记", 1), ("潘晓燕", 2), ("董建华", 1), ("余佳琪", 2), ("田宇航", 1), ("姜舒雅", 2), ("丁一鸣", 1),
]  # fmt: skip

SITE = "https://www.yunxiu-home.example"
PAGES = [
    ("/", "云岫家居｜全屋定制"),
    ("/cases", "实景案例"),
    ("/cases/qianhai-143", "前海 143㎡ 现代简约"),
    ("/price", "报价计算器"),
    ("/stores", "门店与预约"),
    ("/blog/wardrobe", "衣柜怎么设计才够用"),
]
UTM = [
    ("baidu", "cpc", "brand-2026q4"),
    ("xiaohongshu", "social", "soft-decoration"),
    ("douyin", "feed", "autumn-renovation"),
    ("zhihu", "content", "wardrobe-guide"),
]

# Design studios and dealers who plan with the company's own tool: its customer accounts, and what they do in it.
ACCOUNTS = [("studio-shanlan", "山岚设计"), ("studio-heguang", "和光空间"), ("dealer-nanhu", "南湖家居馆")]
FEATURES = ["打开方案", "导出报价单", "邀请同事", "预约量房"]


def let_in(console: Console, outside: Outside, codes: Sequence[dict[str, Any]], dice: random.Random) -> None:
    """Let the first visitors in: all open a code, most add the member behind it, a few leave again."""
    source = source_of(console, "site")
    added = []
    for name, gender in PEOPLE:
        code = dice.choices(codes, weights=[5, 3, 2][: len(codes)])[0]
        friend = _one(console.base_url, outside, code, source["write_key"], (name, gender), dice)
        if friend:
            added.append(friend)
    # Who leaves does so after he was welcomed, as people do.
    console.wait("the first customers", lambda: _sent(console, "send_welcome") >= len(added))
    # Of whoever has left the platform tells nothing, not even his name.
    console.wait("who they are", lambda: _sent(console, "fetch_contact") >= len(added))
    _gather(console, outside, [person_id for person_id, _ in added[:4]])
    for person_id, gone in dice.sample(added, k=min(3, len(added))):
        outside.delete_friend(person_id, gone["corp_id"], gone["userid"])


def _sent(console: Console, kind: str) -> int:
    return int(console.call("GET", f"/api/deliveries?kind=wecom.{kind}&state=sent&limit=1")["total"] or 0)


def _gather(console: Console, outside: Outside, person_ids: Sequence[int]) -> None:
    """Let a member make a group with some of them, and wait until Cove has heard of it."""
    if console.call("GET", "/api/customer-groups?limit=1")["items"]:
        return
    group = {"owner": "WangFang", "name": "云岫家居装修交流群", "persons": list(person_ids)}
    outside.call("POST", f"/corps/{outside.company()['corp_id']}/groups", group)
    console.wait("the first group", lambda: bool(console.call("GET", "/api/customer-groups?limit=1")["items"]))


def _one(
    cove: str, outside: Outside, code: dict[str, Any], write_key: str, who: tuple[str, int], dice: random.Random
) -> tuple[int, dict[str, Any]] | None:
    anonymous_id = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    with httpx.Client(headers={"User-Agent": WECHAT_AGENT}, timeout=PATIENCE, follow_redirects=True) as phone:
        if dice.random() < 0.6:  # noqa: PLR2004 -- most have seen the site before they meet the company
            _read_site(phone, cove, write_key, anonymous_id, dice)
        if dice.random() < 0.4:  # noqa: PLR2004 -- some plan with the tool as well
            _use_tool(phone, cove, write_key, anonymous_id, dice)
        landing = phone.get(f"{cove}/c/{code['slug']}", params={"cv": anonymous_id})
        landing.raise_for_status()
    found = PICTURE.search(landing.text)
    if found is None or dice.random() < 0.2:  # noqa: PLR2004 -- one in five only looks
        return None
    person = outside.person(*who)
    return person["id"], outside.add_friend(person["id"], html.unescape(found[1] or found[2]))


def _read_site(phone: httpx.Client, cove: str, write_key: str, anonymous_id: str, dice: random.Random) -> None:
    source, medium, campaign = dice.choice(UTM)
    query = urlencode({"utm_source": source, "utm_medium": medium, "utm_campaign": campaign})
    for number, (path, title) in enumerate(dice.sample(PAGES, k=dice.randint(1, 4))):
        body = {
            "write_key": write_key,
            "message_id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            "anonymous_id": anonymous_id,
            "url": f"{SITE}{path}" + ("" if number else f"?{query}"),
            "title": title,
        }
        phone.post(f"{cove}/collect/page", json=body, headers={"Origin": SITE}).raise_for_status()


def _use_tool(phone: httpx.Client, cove: str, write_key: str, anonymous_id: str, dice: random.Random) -> None:
    account, name = dice.choice(ACCOUNTS)
    did = [
        {"type": "track", "event": feature, "account": account}
        for feature in dice.choices(FEATURES, k=dice.randint(1, 5))
    ]
    events: list[dict[str, Any]] = [{"type": "group", "group_id": account, "traits": {"name": name}}, *did]
    common = {"anonymous_id": anonymous_id, "url": f"{SITE}/tool"}
    batch = [{**one, **common, "message_id": str(uuid.UUID(int=dice.getrandbits(128), version=4))} for one in events]
    answer = phone.post(
        f"{cove}/collect/batch", json={"write_key": write_key, "batch": batch}, headers={"Origin": SITE}
    ).raise_for_status()
    if answer.json()["refused"]:
        raise RuntimeError(answer.text)

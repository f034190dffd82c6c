"""Setting the demo company up: administrator, WeCom, directory, tags, live codes, the other channels."""

from __future__ import annotations

from typing import Any

from cove.launch.demo.channels import callback_words, connect_channels
from cove.launch.demo.console import Console
from cove.launch.demo.life import codes
from cove.launch.demo.outside import Outside
from cove.launch.welcome import DEMO_EMAIL, DEMO_PASSWORD, DEMO_SLUG

TAG_GROUPS = {
    "来源渠道": ["展会", "官网", "朋友圈", "老客户介绍"],
    "意向程度": ["高意向", "中意向", "待培育"],
    "装修阶段": ["刚拿房", "设计中", "施工中", "已入住"],
}

# name, members with weights, tags, welcome, UTM source, medium, campaign
CODES: list[tuple[str, dict[str, int], list[str], str, tuple[str, str, str]]] = [
    (
        "深圳家博会展台",
        {"WangFang": 3, "LiMingxuan": 2, "HuangJiayi": 1},
        ["展会", "高意向"],
        "您好，很高兴在家博会遇见您！回复“设计”，我把今天展出的全屋案例和报价单发给您。",
        ("jiabohui", "offline", "2026-autumn-expo"),
    ),
    (
        "官网右下角咨询",
        {"LiMingxuan": 1, "HuangJiayi": 1},
        ["官网"],
        "您好，我是您的家居顾问，方便说说房子的面积和预计入住时间吗？",
        ("website", "owned", "always-on"),
    ),
    (
        "设计师朋友圈转发",
        {"WangFang": 1, "ZhaoLei": 1},
        ["朋友圈", "待培育"],
        "感谢关注云岫家居！每周三晚八点有设计师直播答疑，到时我提醒您。",
        ("wechat", "moments", "designer-share"),
    ),
]

# By the place of a life's events: name, kind and allowed origins of the source that tells them.
LIFE_SOURCES: dict[str, tuple[str, str, list[str]]] = {
    "site": ("云岫官网", "web", ["https://www.yunxiu-home.example"]),
    "cloud": ("云岫设计云", "server", []),
}


def sign_in(console: Console) -> bool:
    """Sign in as the demo's administrator; return whether it went."""
    return console.sign_in(DEMO_EMAIL, DEMO_PASSWORD)


def set_up(console: Console, outside: Outside, *, smtp_port: int) -> list[dict[str, Any]]:
    """Make the company ready to receive customers by every channel; return its live codes as the API shows them.

    `smtp_port` is where the sandbox takes mail. What an earlier start that was cut off has done already is found and kept.
    """
    company = outside.company()
    if not sign_in(console):
        _administrator(company["name"])
        sign_in(console)
    _connect(console, outside, company)
    _synchronise(console)
    tags = _tags(console)
    members = {row["wecom_userid"]: row["id"] for row in console.call("GET", "/api/members?limit=200")["items"]}
    _let_sell(console, members)
    made = [_code(console, entry, members, tags) for entry in CODES]
    connect_channels(console, outside, made, smtp_port=smtp_port)
    # The first round of the doctor came while all this was on its way, and the next comes in an hour.
    console.call("POST", "/api/channels/health")
    return made


def _let_sell(console: Console, members: dict[str, int]) -> None:
    """Give who stands behind the codes the rights of a seller: each looks after his own customers, in the sidebar, too."""
    sellers = sorted({members[userid] for _, weights, *_ in CODES for userid in weights})
    role = next(row for row in console.call("GET", "/api/roles")["items"] if row["name"] == "销售")
    console.call("POST", f"/api/roles/{role['id']}/members", {"member_ids": sellers})


def prepare_life(console: Console) -> dict[str, dict[str, Any]]:
    """Make the live codes by which the customers of a life came, where they are missing; return all of them by name, each ready.

    The purposes to which people agree are made as well.
    """
    console.call("GET", "/api/privacy/purposes")
    tags = {tag["name"]: tag["id"] for group in console.call("GET", "/api/tags")["groups"] for tag in group["tags"]}
    members = {row["wecom_userid"]: row["id"] for row in console.call("GET", "/api/members?limit=200")["items"]}
    for one in codes.CODES:
        # No welcome: whoever came a year ago is not greeted now.
        _code(console, (one.name, one.members, list(one.tags), "", one.utm), members, tags)
    names = {one.name for one in codes.CODES}

    def ready() -> dict[str, dict[str, Any]]:
        known = {row["name"]: row for row in console.call("GET", "/api/live-codes?limit=200")["items"]}
        whole = all(member["ready"] for name in names for member in known[name]["members"])
        return {name: known[name] for name in names} if whole else {}

    made: dict[str, dict[str, Any]] = console.wait("the live codes", ready)
    return made


def source_of(console: Console, place: str) -> dict[str, Any]:
    """Return the source that tells of a place (a key of `LIFE_SOURCES`), made now if there is none."""
    name, kind, origins = LIFE_SOURCES[place]
    for known in console.call("GET", "/api/tracking/sources")["items"]:
        if known["name"] == name:
            return dict(known)
    made: dict[str, Any] = console.call(
        "POST", "/api/tracking/sources", {"name": name, "kind": kind, "allowed_origins": origins}
    )
    return made


def _administrator(company: str) -> None:
    from cove.directory.org.facade import create_administrator, create_tenant, set_owner
    from cove.kernel.actor import Actor

    tenant = create_tenant(name=company, slug=DEMO_SLUG)
    who = Actor.system(tenant.id)
    member = create_administrator(who, name="演示管理员", email=DEMO_EMAIL, password=DEMO_PASSWORD)
    set_owner(who, member_id=member.id, owner=True)


def _connect(console: Console, outside: Outside, company: dict[str, Any]) -> None:
    app = next(entry for entry in company["apps"] if entry["kind"] == "app")
    token, aes_key = callback_words()
    channel = console.call(
        "PUT",
        "/api/channels/wecom",
        {
            "corp_id": company["corp_id"],
            "agent_id": str(app["agent_id"]),
            "secret": app["secret"],
            "base_url": outside.base_url,
            "callback_token": token,
            "aes_key": aes_key,
        },
    )
    outside.insist(
        "PUT",
        f"/corps/{company['corp_id']}/apps/{app['agent_id']}/callback",
        {"url": channel["callback_url"], "token": token, "aes_key": aes_key},
    )
    signing_in = console.call("PUT", "/api/channels/wecom/sign-in", {"sign_in": True})
    domain = signing_in["trusted_domain"]
    outside.call(
        "PUT",
        f"/corps/{company['corp_id']}/apps/{app['agent_id']}/web",
        {"trusted_domain": domain, "login_domain": domain, "home_url": signing_in["sign_in_url"]},
    )
    outside.call(
        "PUT",
        f"/corps/{company['corp_id']}/apps/{app['agent_id']}/toolbar",
        {"pages": [{"name": "客户资料", "url": signing_in["sidebar_url"]}]},
    )


def _synchronise(console: Console) -> None:
    job = console.call("POST", "/api/channels/wecom/sync")["job_id"]

    def ended() -> Any:
        run = console.call("GET", f"/api/jobs/{job}")
        if run["state"] in ("failed", "cancelled"):
            raise RuntimeError(f"the directory could not be synchronised: {run['message']}")
        return run["state"] == "done"

    console.wait("the directory", ended)


def _tags(console: Console) -> dict[str, int]:
    library = {group["name"]: group for group in console.call("GET", "/api/tags")["groups"]}
    ids = {}
    for name, tags in TAG_GROUPS.items():
        group = library.get(name) or console.call("POST", "/api/tag-groups", {"name": name, "library": "sales"})
        known = {tag["name"]: tag["id"] for tag in group["tags"]}
        for tag in tags:
            ids[tag] = known.get(tag) or console.call("POST", "/api/tags", {"group_id": group["id"], "name": tag})["id"]
    return ids


def _code(
    console: Console,
    entry: tuple[str, dict[str, int], list[str], str, tuple[str, str, str]],
    members: dict[str, int],
    tags: dict[str, int],
) -> dict[str, Any]:
    name, weights, wanted, welcome, (source, medium, campaign) = entry
    for known in console.call("GET", "/api/live-codes?limit=200")["items"]:
        if known["name"] == name:
            return dict(known)
    made: dict[str, Any] = console.call(
        "POST",
        "/api/live-codes",
        {
            "name": name,
            "members": [{"member_id": members[userid], "weight": weight} for userid, weight in weights.items()],
            "tag_ids": [tags[tag] for tag in wanted],
            "welcome_text": welcome,
            "utm": {"source": source, "medium": medium, "campaign": campaign, "content": "", "term": ""},
        },
    )
    return made

"""Connecting the demo company's other channels: official account, mini-program, mail, text messages, advertising; all the sandbox's.

Each is entered through the console as a company would enter its own, and what an earlier start has done is found and kept.
"""

from __future__ import annotations

import secrets
import string
from typing import Any

from cove.launch.demo.console import Console
from cove.launch.demo.outside import Outside

MAIL_DOMAIN = "mail.yunxiu-home.example"
SIGNATURE = "云岫家居"
FOLLOW_WORDS = "欢迎关注云岫家居！回复“案例”看实景，回复“门店”找最近的展厅，也可以点下方菜单添加您的专属顾问。"
KEYWORDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "案例",
        ("案例", "实景"),
        "最近完工的三套：深圳湾 138 ㎡ 现代简约、苏州 96 ㎡ 原木、成都 210 ㎡ 复式。想看哪一套，回复城市名，顾问会把图册发给您。",
    ),
    (
        "门店",
        ("门店", "展厅", "地址"),
        "杭州滨江总店、上海虹桥店、深圳福田店每天 10:00 – 21:00 开放，到店可预约免费量房。",
    ),
)
OTHER_WORDS = "收到，顾问会在工作时间（9:00 – 18:00）回复您。急事请点菜单“找顾问”。"
TEMPLATES: tuple[tuple[str, str, str], ...] = (
    ("秋季新品邀请", "{{contact.name|朋友}}，秋季新品今天上架", "marketing"),
    ("到店预约确认", "{{contact.name|您好}}，您的到店预约已确认", "service"),
    ("月度案例精选", "本月完工的三个项目，附报价明细", "marketing"),
    ("设计云试用第三天", "把第一个方案导出成报价单", "service"),
)
AD_ACCOUNTS = (("ocean", "云岫家居 · 巨量", "1770000000000001"), ("baidu", "云岫家居 · 百度", "yunxiu-jiaju"))
_BODIES = {
    "秋季新品邀请": (
        "<h1>秋天，换一种颜色生活</h1><p>{{contact.name|朋友}}，您好：</p><p>三个新系列今天上架：岩、苇、岚。满两万减三千，到店再送一次免费量房。</p>"
        '<p><a href="https://www.yunxiu-home.example/autumn">看新品</a></p>'
        '<p style="color:#888">不想再收到此类邮件？<a href="{{unsubscribe_url}}">退订</a></p>'
    ),
    "到店预约确认": "<p>{{contact.name|朋友}}，您好：</p><p>您的到店预约已确认，顾问会在门口等您。需要改时间请直接回复这封邮件。</p>",
    "月度案例精选": (
        "<h1>本月案例</h1><p>{{contact.name|朋友}}，您好：</p><p>三个刚完工的项目，平面、板材与报价明细都在里面。</p>"
        '<p><a href="https://www.yunxiu-home.example/cases">看案例</a></p>'
        '<p style="color:#888">不想再收到此类邮件？<a href="{{unsubscribe_url}}">退订</a></p>'
    ),
    "设计云试用第三天": (
        "<p>{{contact.name|您好}}，您好：</p><p>方案画好后，在「报价」里选一个模板，三步就能导出带贵司抬头的报价单。</p>"
        '<p><a href="https://www.yunxiu-home.example/help/quote-template">看怎么做</a></p>'
    ),
}


def connect_channels(console: Console, outside: Outside, codes: list[dict[str, Any]], *, smtp_port: int) -> None:
    """Set up what is not set up yet, so that every channel works; `codes` are the live codes that the menu leads to."""
    _connect_wechat(console, outside, codes)
    _connect_sms(console, outside)
    _connect_mail(console, outside, smtp_port)
    _connect_ads(console, outside)


def callback_words() -> tuple[str, str]:
    """Return a token and an EncodingAESKey as companies make them up."""
    return secrets.token_hex(12), "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(43))


def _connect_wechat(console: Console, outside: Outside, codes: list[dict[str, Any]]) -> None:
    known = {row["app_id"]: row for row in console.call("GET", "/api/channels/wechat")["items"]}
    for app in outside.call("GET", "/weixin/apps")["items"]:
        account = _account(console, outside, app, known.get(app["app_id"]))
        if app["kind"] == "official" and not console.call("GET", _of(account, "replies"))["items"]:
            _let_answer(console, account)
            _lay_menu(console, account, codes)
            console.call("POST", _of(account, "codes"), {"name": "门店展架", "scene": "store-stand"})
            _let_notify(outside, app)
            console.call("POST", _of(account, "sync"))


def _account(console: Console, outside: Outside, app: dict[str, Any], known: dict[str, Any] | None) -> dict[str, Any]:
    if known and known["state"]["verified_at"]:
        return known
    token, aes_key = callback_words()
    account: dict[str, Any] = console.call(
        *(("PUT", f"/api/channels/wechat/{known['id']}") if known else ("POST", "/api/channels/wechat")),
        {
            "kind": app["kind"],
            "name": app["name"],
            "app_id": app["app_id"],
            "original_id": app["original_id"],
            "secret": app["secret"],
            "base_url": app["base_url"],
            "callback_token": token,
            "aes_key": aes_key,
        },
    )
    address = f"/weixin/apps/{app['app_id']}"
    outside.call("PATCH", address, {"web_domain": console.base_url.partition("://")[2]})
    told = {"url": account["callback_url"], "token": token, "aes_key": aes_key, "mode": "safe"}
    outside.insist("PUT", f"{address}/callback", told)
    return account


def _of(account: dict[str, Any], what: str) -> str:
    return f"/api/channels/wechat/{account['id']}/{what}"


def _let_answer(console: Console, account: dict[str, Any]) -> None:
    replies: list[tuple[str, str, tuple[str, ...], str]] = [
        ("follow", "关注时", (), FOLLOW_WORDS),
        ("other", "其他消息", (), OTHER_WORDS),
    ]
    replies += [("keyword", name, keywords, words) for name, keywords, words in KEYWORDS]
    for on, name, keywords, words in replies:
        message = {"form": "text", "content": words}
        said = {"on": on, "name": name, "keywords": list(keywords), "messages": [message]}
        console.call("POST", _of(account, "replies"), said)


def _lay_menu(console: Console, account: dict[str, Any], codes: list[dict[str, Any]]) -> None:
    fair, site, _ = codes
    buttons = [
        {"name": "找顾问", "action": "view", "url": site["short_url"]},
        {"name": "家博会", "action": "view", "url": fair["short_url"]},
    ]
    console.call("PUT", _of(account, "menu"), {"buttons": buttons})


def _let_notify(outside: Outside, app: dict[str, Any]) -> None:
    content = "{{first.DATA}}\n预约时间：{{keyword1.DATA}}\n门店：{{keyword2.DATA}}\n{{remark.DATA}}"
    template = {"form": "template", "title": "预约成功通知", "content": content}
    outside.call("POST", f"/weixin/apps/{app['app_id']}/templates", template)


def _connect_sms(console: Console, outside: Outside) -> None:
    for cloud in outside.call("GET", "/sms/accounts")["items"]:
        provider, address = cloud["provider"], f"/sms/accounts/{cloud['key_id']}"
        if cloud["receipts_url"]:
            continue
        said = {name: cloud[name] for name in ("key_id", "secret", "app_id", "base_url")}
        account = console.call("PUT", f"/api/channels/sms/{provider}", said)
        signature = outside.call("POST", f"{address}/signatures", {"name": SIGNATURE})["id"]
        code = str(signature) if provider == "tencent" else ""
        console.call("POST", "/api/sms/signatures", {"provider": provider, "name": SIGNATURE, "code": code})
        console.call("POST", f"/api/channels/sms/{provider}/sync")
        told = {name: account[name] for name in ("receipts_url", "replies_url")}
        outside.call("PUT", address, cloud | told)


def _connect_mail(console: Console, outside: Outside, smtp_port: int) -> None:
    known = console.call("GET", "/api/email/domains")["items"]
    said = {"name": MAIL_DOMAIN, "host": "127.0.0.1", "port": smtp_port, "security": "none"}
    domain = known[0] if known else console.call("POST", "/api/email/domains", said)
    if domain["senders"]:
        return
    outside.call("PUT", "/dns", {"records": [_name(one) for one in domain["records"]]})
    console.call("POST", f"/api/email/domains/{domain['id']}/check")
    there = {row["name"] for row in console.call("GET", "/api/email/templates")["items"]}
    for name, subject, purpose in TEMPLATES:
        draft = {"name": name, "subject": subject, "html": _BODIES[name], "purpose": purpose}
        if name not in there:
            console.call("POST", "/api/email/templates", draft)
    console.call("POST", f"/api/email/domains/{domain['id']}/senders", {"name": "云岫家居", "local": "hello"})


def _connect_ads(console: Console, outside: Outside) -> None:
    known = {row["platform"] for row in console.call("GET", "/api/channels/ads")["items"]}
    for platform, name, outer_id in AD_ACCOUNTS:
        if platform in known:
            continue
        secret = {"token": secrets.token_hex(16), "secret": secrets.token_hex(16)}
        outside.call("PUT", f"/ads/{platform}/{outer_id}", {**secret, "push_url": ""})
        access = {"name": name, "outer_id": outer_id, "base_url": f"{outside.base_url}/ads/{platform}"}
        made = console.call("POST", "/api/channels/ads", {"platform": platform, **access, **secret})
        outside.call("PUT", f"/ads/{platform}/{outer_id}", {**secret, "push_url": made["push_url"]})
        # Thousands who become friends in the first minutes came by no advertisement: nobody is to be asked about each of them.
        codes = {event: code for event, code in made["codes"].items() if event != "friend_added"}
        console.call("PUT", f"/api/channels/ads/{made['id']}/mapping", {"mapping": made["mapping"], "codes": codes})


def _name(record: dict[str, Any]) -> dict[str, str]:
    """Return a record that the domain needs as the sandbox's DNS takes it; an exchanger has a rank before its name."""
    value = f"10 {record['wanted']}." if record["kind"] == "MX" else record["wanted"]
    return {"name": record["name"], "kind": record["kind"], "value": value}

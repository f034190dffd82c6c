"""What the past is laid upon: purposes, mail templates, text message templates, as they stand in the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cove.directory.privacy.contracts import MARKETING

Rows = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """A template of mails: its number, the number and the subject of what it says now."""

    id: int
    content_id: int
    subject: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The account by which text messages go, its signature and price of a part; id and content of its templates by name."""

    account_id: int
    signature: str
    price: int
    templates: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Wechat:
    """The official account with its scene code, the addresses in its menu, the names of its replies, and the mini-program beside it.

    `replies` are names with their keywords; `mini` is number, AppID and name.
    """

    account_id: int
    app_id: str
    name: str
    code_id: int
    code_name: str
    scene: str
    menu: tuple[str, ...]
    greeting: str
    other: str
    replies: tuple[tuple[str, tuple[str, ...]], ...]
    mini: tuple[int, str, str]

    def reply_to(self, text: str) -> str:
        """Return the name of the reply that answers a text, empty for none."""
        fitting = [(len(word), name) for name, words in self.replies for word in words if word in text]
        return max(fitting)[1] if fitting else self.other


@dataclass(frozen=True, slots=True)
class Channels:
    """All of it. `asks_id` is the member who orders what goes to many.

    `marketing` is number, name and version of the purpose that allows advertising.

    `ads` are number, name and the platform's own number of an advertiser's account by platform.
    """

    asks_id: int
    marketing: tuple[int, str, int]
    sender_id: int
    mails: Mapping[str, MailTemplate]
    texts: Texts
    wechat: Wechat
    ads: Mapping[str, tuple[int, str, str]]


def survey_channels(rows: Rows, tenant_id: int) -> Channels:
    """Return what stands there; `rows` runs a query as the owner of the tables."""
    purpose = rows(
        "SELECT p.id, p.name, max(t.version) FROM privacy_purpose p JOIN privacy_purpose_text t ON t.purpose_id = p.id"
        " WHERE p.tenant_id = %s AND p.key = %s GROUP BY p.id",
        *(tenant_id, MARKETING),
    )
    sender = rows("SELECT id FROM email_sender WHERE tenant_id = %s AND deleted_at IS NULL ORDER BY id", tenant_id)
    mails = rows(
        "SELECT t.name, t.id, c.id, c.subject FROM email_template t JOIN email_content c ON c.id = t.content_id"
        " WHERE t.tenant_id = %s AND t.deleted_at IS NULL",
        tenant_id,
    )
    named = {name: MailTemplate(*known) for name, *known in mails}
    ads = rows("SELECT platform, id, name, outer_id FROM ads_account WHERE tenant_id = %s ORDER BY id DESC", tenant_id)
    accounts = {platform: (key, name, outer_id) for platform, key, name, outer_id in ads}
    asks = rows("SELECT id FROM org_member WHERE tenant_id = %s AND installation_owner ORDER BY id", tenant_id)
    return Channels(
        asks[0][0], purpose[0], sender[0][0], named, _texts(rows, tenant_id), _wechat(rows, tenant_id), accounts
    )


def _texts(rows: Rows, tenant_id: int) -> Texts:
    account_id, price, signature = rows(
        "SELECT a.id, a.price, s.name FROM sms_account a JOIN sms_signature s ON s.account_id = a.id"
        " WHERE a.tenant_id = %s AND a.provider = 'aliyun' ORDER BY s.id",
        tenant_id,
    )[0]
    templates = rows("SELECT name, id, content FROM sms_template WHERE account_id = %s", account_id)
    return Texts(account_id, signature, price, {name: (key, content) for name, key, content in templates})


def _wechat(rows: Rows, tenant_id: int) -> Wechat:
    known = rows("SELECT kind, id, app_id, name FROM wechat_account WHERE tenant_id = %s ORDER BY id DESC", tenant_id)
    accounts = {kind: account for kind, *account in known}
    account_id, app_id, name = accounts["official"]
    code_id, code_name, scene = rows(
        "SELECT id, name, scene FROM wechat_code WHERE account_id = %s ORDER BY id", account_id
    )[0]
    menu = rows("SELECT buttons::text FROM wechat_menu WHERE account_id = %s", account_id)
    buttons = json.loads(menu[0][0]) if menu else []
    replies = rows('SELECT "on", name, keywords FROM wechat_reply WHERE account_id = %s ORDER BY id', account_id)
    named = {on: name for on, name, _ in replies}
    return Wechat(
        account_id=account_id,
        app_id=app_id,
        name=name,
        code_id=code_id,
        code_name=code_name,
        scene=scene,
        menu=tuple(one["url"] for one in buttons if one.get("url")),
        greeting=named.get("follow", ""),
        other=named.get("other", ""),
        replies=tuple((name, tuple(words)) for on, name, words in replies if on == "keyword"),
        mini=tuple(accounts["mini"]),
    )

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cove.engine.channels.wechat.contracts.cards import DEFAULT_BASE_URL
from cove.engine.channels.wechat.contracts.origins import origin_of, origins
from cove.engine.channels.wechat.errors import AccountTaken, BadAesKey
from cove.engine.channels.wechat.models import WechatAccount, WechatToken
from cove.engine.channels.wechat.permissions import CALL, CONFIGURE, TAKE_OVER
from cove.facts.wechat import AccountFailed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.log.seen import first_time
from cove.kernel.secrets import seal_secret
from cove.kernel.signposts.commands import put_signpost, take_down_signpost
from cove.kernel.words import Words

SIGNPOST, FILE_SIGNPOST = "wechat_callback", "wechat_domain_file"
PUBLIC_ID_LENGTH = 16

_APP_ID = re.compile(r"^wx[0-9a-zA-Z]{6,30}$")
_TOKEN = re.compile(r"^[A-Za-z0-9]{3,32}$")
_AES_KEY = re.compile(r"^[A-Za-z0-9+/]{43}$")
_BASE_URL = re.compile(r"^https?://[^/?#\s]+(/[^?#\s]*)?$")
# The file's content is the middle of its name.
DOMAIN_FILE = re.compile(r"^MP_verify_([A-Za-z0-9]{8,64})\.txt$")
MOST_ORIGINS = 20
_SECRETS = ("secret", "callback_token", "aes_key")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an account is set up with; a secret that is None stays as it is."""

    name: str
    app_id: str
    original_id: str = ""
    base_url: str = ""
    sealed_only: bool = True
    page_origins: Sequence[str] = ()
    domain_file: str = ""
    secret: str | None = None
    callback_token: str | None = None
    aes_key: str | None = None


@command(CONFIGURE)
def add_account(actor: Actor, *, kind: Literal["official", "mini"], settings: Settings) -> WechatAccount:
    """Add an account. Raises InvalidInput, BadAesKey, AccountTaken."""
    given = _checked(settings)
    if WechatAccount.visible_to(actor).filter(app_id=given["app_id"]).exists():
        raise AccountTaken(fields={"app_id": AccountTaken.words})
    row = WechatAccount.objects.create(
        kind=kind,
        public_id=new_slug(PUBLIC_ID_LENGTH),
        sealed_only=settings.sealed_only,
        page_origins=origins(settings.page_origins),
        **given,
    )
    _put_signpost(row)
    return row


@command(CONFIGURE)
def change_account(actor: Actor, *, account_id: int, settings: Settings) -> WechatAccount:
    """Change an account; it takes effect at once. Raises NotFound, InvalidInput, BadAesKey, AccountTaken."""
    row = WechatAccount.visible_to(actor).select_for_update().filter(id=account_id).first()
    if row is None:
        raise NotFound
    given = _checked(settings)
    if WechatAccount.visible_to(actor).filter(app_id=given["app_id"]).exclude(id=row.id).exists():
        raise AccountTaken(fields={"app_id": AccountTaken.words})
    _take_down_file(row)
    renewed = row.app_id != given["app_id"] or given.get("secret", row.secret) != row.secret
    for name, value in given.items():
        setattr(row, name, value)
    row.sealed_only, row.page_origins = settings.sealed_only, origins(settings.page_origins)
    row.save()
    if renewed:
        WechatToken.objects.filter(account=row).delete()
    _put_signpost(row)
    return row


@command(CONFIGURE)
def remove_account(actor: Actor, *, account_id: int) -> None:
    """Remove an account with its followers, replies, codes and menu; contacts and what is on their timelines stay. Raises NotFound."""
    row = WechatAccount.visible_to(actor).select_for_update().filter(id=account_id).first()
    if row is None:
        raise NotFound
    take_down_signpost(SIGNPOST, row.public_id)
    _take_down_file(row)
    row.delete()


@command(TAKE_OVER, audited=False)
def note_callback(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that a callback arrived at `at`."""
    WechatAccount.visible_to(actor).filter(id=account_id).update(last_callback_at=at)


@command(TAKE_OVER)
def note_verified(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that the platform verified the callback address at `at`."""
    WechatAccount.visible_to(actor).filter(id=account_id).update(verified_at=at)


@command(TAKE_OVER, audited=False)
def note_refusal(actor: Actor, *, account_id: int, reason: str, at: datetime) -> None:
    """Remember that a callback came at `at` that could not be taken."""
    WechatAccount.visible_to(actor).filter(id=account_id).update(refused_at=at, refused_reason=reason)


@command(TAKE_OVER, audited=False)
def note_synced(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that the followers were taken over at `at`."""
    WechatAccount.visible_to(actor).filter(id=account_id).update(synced_at=at)


@command(CALL, audited=False)
def tell_failure(actor: Actor, *, account_id: int, reason: str, errcode: int | None) -> None:
    """Tell that the platform refuses an account as a whole; once an hour for each reason."""
    row = WechatAccount.visible_to(actor).filter(id=account_id).first()
    hour = int(clock.now().timestamp() // 3600)
    if row is not None and first_time([f"wechat:{row.id}:failed:{reason}:{hour}"]):
        publish(AccountFailed(account_id=row.id, account_name=row.name, reason=reason, errcode=errcode))


def _checked(settings: Settings) -> dict[str, str]:
    given = {
        "name": settings.name.strip(),
        "app_id": settings.app_id.strip(),
        "original_id": settings.original_id.strip(),
        "base_url": settings.base_url.strip() or DEFAULT_BASE_URL,
        "domain_file": settings.domain_file.strip(),
    }
    secrets = {name: getattr(settings, name) for name in _SECRETS}
    given |= {name: value.strip() for name, value in secrets.items() if value is not None}
    fields: dict[str, Words] = {}
    if not given["name"]:
        fields["name"] = Words("请填写账号名称", "Fill in the account's name")
    if not _APP_ID.match(given["app_id"]):
        fields["app_id"] = Words("AppID 以 wx 开头，请从公众平台完整复制", "An AppID begins with wx; copy it whole")
    if not _BASE_URL.match(given["base_url"]):
        fields["base_url"] = Words(
            "请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://"
        )
    if len(settings.page_origins) > MOST_ORIGINS or any(not origin_of(one.strip()) for one in settings.page_origins):
        fields["page_origins"] = Words(
            "请填写网页的完整来源，如 https://www.example.com，最多 20 个",
            "Give whole origins such as https://www.example.com, at most 20",
        )
    if given.get("callback_token") and not _TOKEN.match(given["callback_token"]):
        fields["callback_token"] = Words("Token 为 3 到 32 位字母或数字", "The token has 3 to 32 letters and digits")
    if given["domain_file"] and not DOMAIN_FILE.match(given["domain_file"]):
        fields["domain_file"] = Words(
            "请填写完整文件名，如 MP_verify_AbCd1234EfGh5678.txt",
            "Give the whole file name, such as MP_verify_AbCd1234EfGh5678.txt",
        )
    if fields:
        raise InvalidInput(fields=fields)
    if given.get("aes_key") and not _AES_KEY.match(given["aes_key"]):
        raise BadAesKey(fields={"aes_key": BadAesKey.words})
    return given


def _put_signpost(row: WechatAccount) -> None:
    document = {
        "account_id": row.id,
        "app_id": row.app_id,
        "original_id": row.original_id,
        "sealed_only": row.sealed_only,
        "token": seal_secret(row.callback_token),
        "aes_key": seal_secret(row.aes_key),
    }
    put_signpost(SIGNPOST, row.public_id, document)
    if row.domain_file:
        # Two companies of an installation may have the same account.
        put_signpost(FILE_SIGNPOST, f"{row.domain_file}:{row.id}", {})


def _take_down_file(row: WechatAccount) -> None:
    if row.domain_file:
        take_down_signpost(FILE_SIGNPOST, f"{row.domain_file}:{row.id}")

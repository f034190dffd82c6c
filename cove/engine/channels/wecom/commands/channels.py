from __future__ import annotations

import re
from datetime import datetime

from cove.engine.channels.wecom.contracts.states import MassRule
from cove.engine.channels.wecom.errors import BadAesKey, NotConfigured
from cove.engine.channels.wecom.models import DEFAULT_BASE_URL, WecomChannel, WecomTicket, WecomToken
from cove.engine.channels.wecom.permissions import CALL, CONFIGURE, TAKE_OVER
from cove.facts.wecom import ChannelFailed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import new_slug
from cove.kernel.log.seen import first_time
from cove.kernel.secrets import seal_secret
from cove.kernel.signposts.commands import put_signpost
from cove.kernel.words import Words

SIGNPOST = "wecom_callback"
PUBLIC_ID_LENGTH = 16

_TOKEN = re.compile(r"^[A-Za-z0-9]{3,32}$")
_AES_KEY = re.compile(r"^[A-Za-z0-9+/]{43}$")
_BASE_URL = re.compile(r"^https?://[^/?#\s]+(/[^?#\s]*)?$")


@command(CONFIGURE)
def configure_channel(
    actor: Actor,
    *,
    corp_id: str,
    agent_id: str,
    base_url: str = "",
    secret: str | None = None,
    callback_token: str | None = None,
    aes_key: str | None = None,
) -> WecomChannel:
    """Set the channel up or change it; None keeps a secret as it is. Raises InvalidInput, BadAesKey."""
    given = {"corp_id": corp_id.strip(), "agent_id": agent_id.strip(), "base_url": base_url.strip() or DEFAULT_BASE_URL}
    secrets = {"secret": secret, "callback_token": callback_token, "aes_key": aes_key}
    given |= {name: value.strip() for name, value in secrets.items() if value is not None}
    _check(given)
    row = WecomChannel.visible_to(actor).select_for_update().first() or WecomChannel(
        public_id=new_slug(PUBLIC_ID_LENGTH)
    )
    renewed = row.corp_id != given["corp_id"] or given.get("secret", row.secret) != row.secret
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    if renewed:
        WecomToken.objects.filter(channel=row).delete()
        WecomTicket.objects.filter(channel=row).delete()
    _put_signpost(row)
    return row


@command(CONFIGURE)
def allow_sign_in(actor: Actor, *, allowed: bool) -> WecomChannel:
    """Let members sign in by WeCom, or no longer. Raises NotConfigured, and InvalidInput without an AgentId."""
    row = WecomChannel.visible_to(actor).select_for_update().first()
    if row is None or not row.corp_id or not row.secret:
        raise NotConfigured
    if allowed and not row.agent_id.isdecimal():
        needed = Words("请先在连接信息中填写应用 AgentId", "Fill in the app's AgentId above first")
        raise InvalidInput(fields={"sign_in": needed})
    row.sign_in = allowed
    row.save(update_fields=["sign_in"])
    return row


@command(CONFIGURE)
def choose_mass_rule(actor: Actor, *, rule: MassRule) -> MassRule:
    """Say which limit of mass messages the company's administrator chose at the platform; no call can ask for it. Raises NotConfigured."""
    row = WecomChannel.visible_to(actor).select_for_update().first()
    if row is None or not row.corp_id:
        raise NotConfigured
    row.mass_rule = rule
    row.save(update_fields=["mass_rule"])
    return rule


@command(TAKE_OVER, audited=False)
def note_callback(actor: Actor, *, channel_id: int, at: datetime) -> None:
    """Remember that a callback arrived at `at`."""
    WecomChannel.visible_to(actor).filter(id=channel_id).update(last_callback_at=at)


@command(TAKE_OVER)
def note_refusal(actor: Actor, *, channel_id: int, reason: str, at: datetime) -> None:
    """Remember that callbacks came at `at` that could not be taken, and why."""
    WecomChannel.visible_to(actor).filter(id=channel_id).update(refused_at=at, refused_reason=reason)


@command(TAKE_OVER)
def note_verified(actor: Actor, *, channel_id: int, at: datetime) -> None:
    """Remember that the platform verified the callback address at `at`."""
    WecomChannel.visible_to(actor).filter(id=channel_id).update(verified_at=at)


@command(TAKE_OVER, audited=False)
def note_synced(actor: Actor, *, channel_id: int, at: datetime) -> None:
    """Remember that directory and customers were taken over at `at`."""
    WecomChannel.visible_to(actor).filter(id=channel_id).update(synced_at=at)


@command(CALL, audited=False)
def tell_failure(actor: Actor, *, reason: str, errcode: int | None) -> None:
    """Tell that the platform refuses us as a whole; once an hour for each reason."""
    row = WecomChannel.visible_to(actor).first()
    hour = int(clock.now().timestamp() // 3600)
    if row is not None and first_time([f"wecom:{row.id}:failed:{reason}:{hour}"]):
        publish(ChannelFailed(channel_id=row.id, reason=reason, errcode=errcode))


def _check(given: dict[str, str]) -> None:
    fields: dict[str, Words] = {}
    if not given["corp_id"]:
        fields["corp_id"] = Words("请填写企业 ID", "Fill in the corp ID")
    if not _BASE_URL.match(given["base_url"]):
        fields["base_url"] = Words(
            "请填写以 http:// 或 https:// 开头的地址", "Give an address that begins with http:// or https://"
        )
    if given.get("callback_token") and not _TOKEN.match(given["callback_token"]):
        fields["callback_token"] = Words("Token 为 3 到 32 位字母或数字", "The token has 3 to 32 letters and digits")
    if fields:
        raise InvalidInput(fields=fields)
    if given.get("aes_key") and not _AES_KEY.match(given["aes_key"]):
        raise BadAesKey(fields={"aes_key": BadAesKey.words})


def _put_signpost(row: WecomChannel) -> None:
    document = {
        "channel_id": row.id,
        "corp_id": row.corp_id,
        "agent_id": row.agent_id,
        "token": seal_secret(row.callback_token),
        "aes_key": seal_secret(row.aes_key),
    }
    put_signpost(SIGNPOST, row.public_id, document)

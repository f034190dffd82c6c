"""What members are told of WeChat accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.wechat.permissions import CONFIGURE
from cove.facts.delivery import REASONS
from cove.facts.wechat import AccountFailed, CallbackRefused
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words

_REFUSALS = {
    "bad_signature": Words("签名不符，请核对回调 Token", "the signature is wrong; compare the callback token"),
    "bad_cipher": Words("无法解密，请核对 EncodingAESKey", "it cannot be decrypted; compare the EncodingAESKey"),
    "wrong_app": Words(
        "来自其他账号，请核对 AppID 与原始 ID", "it is meant for another account; compare AppID and original id"
    ),
    "stale": Words("时间相差过大，请核对服务器时间", "its time is far off; check this server's clock"),
    "not_encrypted": Words(
        "内容未加密，请在公众平台选择安全模式", "it is not encrypted; choose the safe mode in WeChat's console"
    ),
}


def _with_refusals(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": _REFUSALS[values["reason"]].here()} for values in many]


def _with_reasons(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": REASONS[values["reason"]].here()} for values in many]


CALLBACKS_REFUSED = notice_kind(
    "wechat.callbacks_refused",
    "微信回调被拒绝",
    "WeChat's callbacks are refused",
    title=Words("微信的回调未能接收", "Callbacks of WeChat cannot be taken"),
    body=Words("收到了无法接收的回调：{why}", "A callback came that cannot be taken: {why}"),
    url="/settings/wechat/{account_id}",
    mail="now",
    folds=True,
    needs=CONFIGURE,
    fill=_with_refusals,
)

ACCOUNT_FAILED = notice_kind(
    "wechat.account_failed",
    "公众号连接异常",
    "WeChat refuses our calls",
    title=Words("微信拒绝了「{account_name}」的调用", "WeChat refuses our calls for “{account_name}”"),
    body=Words("{why}。在恢复之前，消息与回复都无法送达", "{why}. Until it is set right no message or reply arrives"),
    url="/settings/wechat/{account_id}",
    urgent=True,
    mail="now",
    folds=True,
    needs=CONFIGURE,
    fill=_with_reasons,
)


@react(CallbackRefused)
def tell_of_refusal(actor: Actor, fact: CallbackRefused, envelope: Envelope) -> None:
    """Tell those who can set it right that callbacks are refused."""
    values = {"reason": fact.reason, "account_id": fact.account_id}
    _tell_keepers(actor, CALLBACKS_REFUSED.key, values, envelope)


@react(AccountFailed)
def tell_of_failure(actor: Actor, fact: AccountFailed, envelope: Envelope) -> None:
    """Tell those who can set it right that the platform refuses an account."""
    values = {"reason": fact.reason, "account_id": fact.account_id, "account_name": fact.account_name}
    _tell_keepers(actor, ACCOUNT_FAILED.key, values, envelope)


def _tell_keepers(actor: Actor, kind: str, values: dict[str, Any], envelope: Envelope) -> None:
    if is_news(envelope):
        org.notify(
            actor,
            kind=kind,
            member_ids=org.holders_of(actor, CONFIGURE),
            values=values,
            once_key=str(envelope.position),
        )

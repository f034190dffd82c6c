"""What members are told of WeChat accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.wechat.commands.accounts import note_refusal
from cove.engine.channels.wechat.permissions import CONFIGURE
from cove.engine.channels.wechat.troubles import REFUSALS, said_of
from cove.facts.wechat import AccountFailed, CallbackRefused
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words


def _with_refusals(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": REFUSALS[values["reason"]].here()} for values in many]


def _with_reasons(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": said_of(values["reason"]).here()} for values in many]


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
    """Tell those who can set it right that callbacks are refused, and remember it for the doctor."""
    note_refusal(actor, account_id=fact.account_id, reason=fact.reason, at=envelope.recorded_at)
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

"""Those who look after the credits hear when little is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.credits.permissions import SEE_CREDITS
from cove.engine.channels.delivery.contracts import tariffs
from cove.facts.credits import CreditsRanLow
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words


def _in_words(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [
        {**one, "name": tariffs[one["tariff"]].label.here() if one["tariff"] in tariffs else one["tariff"]}
        for one in many
    ]


LOW = notice_kind(
    "credits.low",
    "发送额度不足",
    "Credits ran low",
    title=Words("{name}额度仅剩 {left}", "{name}: {left} credits left"),
    body=Words(
        "用完后将无法发送，请联系平台管理员充值", "Nothing goes out without; ask the installation's owner for more"
    ),
    url="/settings/credits",
    mail="now",
    needs=SEE_CREDITS,
    fill=_in_words,
)
OUT = notice_kind(
    "credits.out",
    "发送额度已用完",
    "Credits are used up",
    title=Words("{name}额度已用完，消息发不出去", "{name}: the credits are used up, and messages do not go out"),
    body=Words(
        "请联系平台管理员充值，再到「发送记录」重新发送",
        "Ask the installation's owner for more, then send again what was refused",
    ),
    url="/settings/credits",
    urgent=True,
    mail="now",
    needs=SEE_CREDITS,
    fill=_in_words,
)


@react(CreditsRanLow)
def tell_keepers(actor: Actor, fact: CreditsRanLow, envelope: Envelope) -> None:
    """Tell those who may see the credits."""
    if is_news(envelope):
        org.notify(
            actor,
            kind=(OUT if fact.out else LOW).key,
            member_ids=org.holders_of(actor, SEE_CREDITS),
            values={"tariff": fact.tariff, "left": fact.left},
            once_key=str(envelope.position),
        )

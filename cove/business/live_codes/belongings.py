"""What members own of live codes: those they made, and their places behind them."""

from __future__ import annotations

from collections.abc import Sequence

from cove.business.live_codes.commands.handovers import hand_over_codes, take_back_codes
from cove.business.live_codes.queries import owned
from cove.kernel.actor import Actor
from cove.kernel.belongings import owned_things
from cove.kernel.words import Words

CODES = "live_codes.codes"


def _warnings(actor: Actor, member_id: int) -> Sequence[str]:
    alone = owned.with_nobody_else(actor, member_id)
    words = Words("{count} 个活码没有其他成员", "{count} live codes have no other member")
    return [words.here({"count": alone})] if alone else []


owned_things(
    key=CODES,
    label=Words("渠道活码", "Live codes"),
    columns=("live_codes.LiveCode.created_by", "live_codes.LiveCodeMember.member"),
    counts=owned.owned_counts,
    ids=owned.owned_ids,
    names=owned.names_of,
    page="/attract/live-codes",
    hand_over=lambda actor, whom, ids: hand_over_codes(actor, whom=whom, code_ids=ids),
    take_back=take_back_codes,
    warnings=_warnings,
)

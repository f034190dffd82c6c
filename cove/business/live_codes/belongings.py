"""What members own of live codes: those they made, and their places behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cove.business.live_codes.commands.handovers import hand_over_codes, take_back_codes
from cove.business.live_codes.queries import owned
from cove.kernel.actor import Actor
from cove.kernel.belongings import Belonging, HandOver, Piece, belongings
from cove.kernel.words import Words

CODES = "live_codes.codes"


def _counts(actor: Actor, member_ids: Iterable[int]) -> Mapping[int, int]:
    return owned.owned_counts(actor, member_ids)


def _ids(actor: Actor, member_id: int, after: int, limit: int) -> Sequence[int]:
    return owned.owned_ids(actor, member_id, after=after, limit=limit)


def _pieces(actor: Actor, ids: Sequence[int]) -> Sequence[Piece]:
    names = owned.names_of(actor, ids)
    return [Piece(key, names[key], f"/attract/live-codes/{key}") for key in ids if key in names]


def _hand_over(actor: Actor, whom: HandOver, ids: Sequence[int]) -> Mapping[int, dict[str, Any] | Words]:
    return hand_over_codes(actor, whom=whom, code_ids=ids)


def _take_back(actor: Actor, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> Mapping[int, Words]:
    return take_back_codes(actor, whom=whom, changes=changes)


def _warnings(actor: Actor, member_id: int) -> Sequence[str]:
    alone = owned.with_nobody_else(actor, member_id)
    words = Words("{count} 个活码没有其他成员", "{count} live codes have no other member")
    return [words.here({"count": alone})] if alone else []


belongings.add(
    CODES,
    Belonging(
        key=CODES,
        label=Words("渠道活码", "Live codes"),
        columns=("live_codes.LiveCode.created_by", "live_codes.LiveCodeMember.member"),
        counts=_counts,
        ids=_ids,
        pieces=_pieces,
        hand_over=_hand_over,
        take_back=_take_back,
        warnings=_warnings,
    ),
)

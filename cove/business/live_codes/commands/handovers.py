"""Live codes from one member to another, and back: who made them, and who stands behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.business.live_codes.commands.signposts import post_code
from cove.business.live_codes.commands.ways import ask_for_standing_ways
from cove.business.live_codes.models import LiveCode, LiveCodeMember
from cove.business.live_codes.permissions import RUN_CODES
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver
from cove.kernel.command import command
from cove.kernel.words import Words

HEAVIEST = 100
NOT_HIS = Words("已不在其名下", "No longer his")
CHANGED_SINCE = Words("接手后活码的成员已被改动", "Its members were changed since")


@command(RUN_CODES)
def hand_over_codes(actor: Actor, *, whom: HandOver, code_ids: Sequence[int]) -> dict[int, dict[str, Any] | Words]:
    """Let one member take another's place: his weight behind each code, and his name as its maker."""
    outcomes: dict[int, dict[str, Any] | Words] = {}
    for code in _held(actor, code_ids):
        place = _take_place(code, whom.from_id, whom.to_id)
        made = code.created_by_id == whom.from_id
        if made:
            LiveCode.visible_to(actor).filter(id=code.id).update(created_by_id=whom.to_id)
        if place is None and not made:
            outcomes[code.id] = NOT_HIS
            continue
        outcomes[code.id] = {"place": place, "made": made}
        _show(actor, code, asked=place is not None)
    return {key: outcomes.get(key, NOT_HIS) for key in code_ids}


@command(RUN_CODES)
def take_back_codes(actor: Actor, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo it; return the codes whose members were changed since, and why they stay."""
    conflicts: dict[int, Words] = {}
    for code in _held(actor, changes):
        change = changes[code.id]
        if not _leave_place(code, whom.from_id, whom.to_id, change["place"]):
            conflicts[code.id] = CHANGED_SINCE
            continue
        if change["made"]:
            rows = LiveCode.visible_to(actor).filter(id=code.id, created_by_id=whom.to_id)
            rows.update(created_by_id=whom.from_id)
        _show(actor, code, asked=change["place"] is not None)
    return conflicts


@command(RUN_CODES)
def show_codes_anew(actor: Actor, *, member_id: int) -> None:
    """Tell the edges who may be shown by the codes behind which a member stands."""
    behind = LiveCodeMember.objects.filter(member_id=member_id).values("code_id")
    for code in LiveCode.visible_to(actor).filter(id__in=behind).order_by("id"):
        post_code(actor, code)


def _held(actor: Actor, code_ids: Sequence[int] | Mapping[int, Any]) -> list[LiveCode]:
    return list(LiveCode.visible_to(actor).filter(id__in=list(code_ids)).order_by("id").select_for_update())


def _take_place(code: LiveCode, from_id: int, to_id: int) -> dict[str, int | None] | None:
    rows = {row.member_id: row for row in LiveCodeMember.objects.filter(code=code, member_id__in=[from_id, to_id])}
    if from_id not in rows:
        return None
    weight, has = rows[from_id].weight, rows.get(to_id)
    after = min(HEAVIEST, weight + (has.weight if has else 0))
    if has is None:
        LiveCodeMember.objects.filter(id=rows[from_id].id).update(member_id=to_id)
    else:
        LiveCodeMember.objects.filter(id=has.id).update(weight=after)
        LiveCodeMember.objects.filter(id=rows[from_id].id).delete()
    return {"weight": weight, "before": has.weight if has else None, "after": after}


def _leave_place(code: LiveCode, from_id: int, to_id: int, place: dict[str, int | None] | None) -> bool:
    if place is None:
        return True
    rows = {row.member_id: row for row in LiveCodeMember.objects.filter(code=code, member_id__in=[from_id, to_id])}
    if from_id in rows or to_id not in rows or rows[to_id].weight != place["after"]:
        return False
    if place["before"] is None:
        LiveCodeMember.objects.filter(id=rows[to_id].id).update(member_id=from_id, weight=place["weight"])
    else:
        LiveCodeMember.objects.filter(id=rows[to_id].id).update(weight=place["before"])
        LiveCodeMember.objects.create(code=code, member_id=from_id, weight=place["weight"] or 1)
    return True


def _show(actor: Actor, code: LiveCode, *, asked: bool) -> None:
    if asked:
        ask_for_standing_ways(actor, code)
    post_code(actor, code)

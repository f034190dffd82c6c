"""Whether an account may write to somebody now, by the platform's windows (`contracts/windows.py`)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from cove.engine.channels.wechat.contracts.windows import TALK, TOUCH
from cove.engine.channels.wechat.models import WechatFollower
from cove.engine.channels.wechat.permissions import CALL
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

Turn = Literal["talk", "touch", "window_over", "window_used_up", "unknown_member"]


def opened(row: WechatFollower, which: Literal["talk", "touch"], at: datetime) -> list[str]:
    """Open a window of `row` because of something he did at `at`; return the fields that changed, for the caller to save."""
    window = TALK if which == "talk" else TOUCH
    until: datetime | None = getattr(row, f"{which}_until")
    if until is not None and until >= at + window.lasts:
        return []
    setattr(row, f"{which}_until", at + window.lasts)
    setattr(row, f"{which}_left", window.messages)
    return [f"{which}_until", f"{which}_left"]


@command(CALL, audited=False)
def take_turn(actor: Actor, *, account_id: int, openid: str) -> Turn:
    """Use up one message of an open window and say which; or why there is none. The window that ends first is used first."""
    row = WechatFollower.visible_to(actor).select_for_update().filter(account_id=account_id, openid=openid).first()
    if row is None:
        return "unknown_member"
    now = clock.now()
    open_ones: list[Literal["touch", "talk"]] = [
        which for which in ("touch", "talk") if (until := getattr(row, f"{which}_until")) is not None and until > now
    ]
    for which in open_ones:
        left: int = getattr(row, f"{which}_left")
        if left > 0:
            setattr(row, f"{which}_left", left - 1)
            row.save(update_fields=[f"{which}_left"])
            return which
    return "window_used_up" if open_ones else "window_over"


@command(CALL, audited=False)
def give_turn_back(actor: Actor, *, account_id: int, openid: str, turn: Literal["talk", "touch"]) -> None:
    """Take a turn back that surely was not used."""
    row = WechatFollower.visible_to(actor).select_for_update().filter(account_id=account_id, openid=openid).first()
    if row is not None:
        setattr(row, f"{turn}_left", getattr(row, f"{turn}_left") + 1)
        row.save(update_fields=[f"{turn}_left"])

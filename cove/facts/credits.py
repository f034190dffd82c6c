"""What befalls a company's credits."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class CreditsRanLow(
    Fact,
    kind="credits.ran_low",
    label=Words("发送额度不足", "Credits ran low"),
):
    """Less is left of a tariff than the company wants to be warned at, or (`out`) a message could not be paid for any more."""

    on_timeline: ClassVar[bool] = False

    source: str = "credits"
    tariff: str
    left: int
    out: bool

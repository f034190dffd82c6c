from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class NotOpened(CoveError):
    """Nothing is counted for this tariff, so there is nothing to put in."""

    code = "credits.not_opened"
    status = 409
    words = Words(
        "该企业尚未启用此项额度（目前不限量），请先启用再充值",
        "Nothing is counted for this company yet (it sends as much as it likes); switch credits on first",
    )


class MoreThanLeft(CoveError):
    """More would be taken away than is left."""

    code = "credits.more_than_left"
    status = 409
    words = Words("最多只能扣减 {left}", "No more than {left} can be taken away")

from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class TooManyWebhooks(CoveError):
    code = "webhooks.too_many"
    status = 409
    words = Words(
        "最多可建 {most} 个 Webhook，请先删除不用的", "There may be {most} webhooks; delete one that is not needed"
    )


class MayNotReveal(CoveError):
    """Whoever may not see sensitive fields whole cannot have them sent."""

    code = "webhooks.may_not_reveal"
    status = 403
    words = Words(
        "您看不到完整的敏感信息，不能让 Webhook 推送完整内容，请关闭「推送完整内容」",
        "You may not see sensitive fields whole, so they cannot be sent whole; switch “send whole” off",
    )


class StillUnderWay(CoveError):
    code = "webhooks.still_under_way"
    status = 409
    words = Words("这次推送仍在进行，请等待结果", "This call is still under way; wait for its end")

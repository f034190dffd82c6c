"""What befalls webhooks."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class WebhookDisabled(
    Fact,
    kind="webhooks.webhook_disabled",
    label=Words("Webhook 已停用", "A webhook was switched off"),
):
    """It was switched off by itself: nobody heard it for a day (``failing``), or its address said that it is ``gone`` (410)."""

    on_timeline: ClassVar[bool] = False

    source: str = "webhooks"
    webhook_id: int
    webhook_name: str
    reason: Literal["failing", "gone"]

from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomCard(TenantModel):
    """A card with buttons that was sent to members, once for `key`. `task_id` is what the platform knows it by.

    `buttons` are (key, text), `closing` is what stands in their place after a press.
    """

    shown_as = Record(
        Words("企业微信卡片", "WeCom card"),
        title="title",
        columns={
            "title": Words("标题", "Title"),
            "state": Words("状态", "State"),
            "reason": Words("原因", "Reason"),
        },
    )

    key = models.TextField()
    task_id = models.TextField()
    title = models.TextField()
    text = models.TextField(default="")
    buttons = models.JSONField()
    closing = models.TextField(default="")
    cause = models.TextField(default="")
    state = models.TextField(default="waiting")
    reason = models.TextField(default="")
    asked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_card"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key"], name="wecom_card_once"),
            models.UniqueConstraint(fields=["tenant_id", "task_id"], name="wecom_card_known_as"),
        ]


class WecomCardAnswer(TenantModel):
    """What a member pressed first on a card."""

    unaudited = "what a member pressed is a fact in the log"

    card = models.ForeignKey(WecomCard, models.CASCADE, related_name="answers")
    member = models.ForeignKey("org.Member", models.CASCADE, related_name="+")
    button = models.TextField()
    pressed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_card_answer"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "card", "member"], name="wecom_card_answer_once")]

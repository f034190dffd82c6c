from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomKfAccount(TenantModel):
    """An account of WeChat customer service; `cursor` is how far its messages were read."""

    shown_as = Record(
        Words("微信客服账号", "Customer service account"), title="name", columns={"name": Words("名称", "Name")}
    )

    open_kfid = models.TextField()
    name = models.TextField(default="")
    cursor = models.TextField(default="")
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_kf_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "open_kfid"], name="wecom_kf_account_once")]


class WecomKfTalk(TenantModel):
    """A customer's conversation with an account: when he last wrote, and how often we answered since."""

    unaudited = "counts what the platform allows; what was said is in the log of facts"

    account = models.ForeignKey(WecomKfAccount, models.CASCADE, related_name="talks")
    external_userid = models.TextField()
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    heard_at = models.DateTimeField(null=True)
    answers = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_kf_talk"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "account", "external_userid"], name="wecom_kf_talk_once")
        ]

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomKfAccount(TenantModel):
    """An account of WeChat customer service; `cursor` is how far its messages were read.

    `servicers` are the userids that serve it at the platform, `reason` why they could not be changed; not `listed`: the platform no
    longer has it.
    """

    shown_as = Record(
        Words("微信客服账号", "Customer service account"),
        argument="kf_account_id",
        title="name",
        columns={
            "name": Words("名称", "Name"),
            "servicers": Words("接待人员", "Who serves customers"),
            "listed": Words("平台上存在", "Listed by WeCom"),
            "reason": Words("原因", "Reason"),
        },
    )

    open_kfid = models.TextField()
    name = models.TextField(default="")
    cursor = models.TextField(default="")
    read_at = models.DateTimeField(null=True)
    listed = models.BooleanField(default=True)
    servicers = ArrayField(models.TextField(), default=list)
    reason = models.TextField(default="")

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

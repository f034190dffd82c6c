from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.engine.channels.sms.contracts.accounts import BASE_URLS
from cove.engine.channels.sms.permissions import SEE_SMS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words

APPROVALS = [(one, one) for one in ("waiting", "approved", "refused")]
PURPOSES = [(one, one) for one in ("code", "notice", "marketing")]
STATES = [(one, one) for one in ("ordered", "sent", "arrived", "failed", "unknown")]
USUAL_PRICE = 450
"""What a part costs until somebody says otherwise, in ten-thousandths of a yuan."""


class SmsAccount(TenantModel):
    """A tenant's access to one provider; `public_id` is the secret part of the address for receipts.

    `price` is what one part costs, in ten-thousandths of a yuan. `problem` is why the provider refuses all calls, empty when all is well.
    """

    steward = "select"
    shown_as = Record(
        Words("短信平台账号", "Text message account"),
        argument="sms_account_id",
        link="/settings/sms",
        title="provider",
        columns={
            "provider": Words("平台", "Provider"),
            "public_id": Words("回执地址标识", "Address of receipts"),
            "base_url": Words("接口地址", "API address"),
            "key_id": Words("访问密钥 ID", "Access key id"),
            "secret": Words("访问密钥", "Access key secret"),
            "app_id": Words("短信应用 ID", "Application id"),
            "price": Words("单价（万分之一元）", "Price (1/10,000 yuan)"),
            "synced_at": Words("同步时间", "Synchronised at"),
            "told_at": Words("最近回执", "Last receipt"),
            "pulled_at": Words("最近拉取", "Last pulled"),
            "problem": Words("问题", "Problem"),
        },
    )

    provider = models.TextField(choices=[(one, one) for one in BASE_URLS])
    public_id = models.TextField(unique=True)
    base_url = models.TextField()
    key_id = models.TextField()
    secret = SecretField(default="")
    app_id = models.TextField(default="")
    price = models.IntegerField(default=USUAL_PRICE)
    synced_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    pulled_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "sms_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "provider"], name="sms_account_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[SmsAccount]:
        """Return the accounts of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class SmsSignature(TenantModel):
    """The name in brackets before each message, as the provider approved it. `code` is its number there, `gone`: no longer there."""

    shown_as = Record(
        Words("短信签名", "Text message signature"),
        argument="sms_signature_id",
        link="/settings/sms",
        title="name",
        columns={
            "code": Words("平台编号", "Number at the provider"),
            "approval": Words("审核状态", "Approval"),
            "reason": Words("未通过原因", "Why refused"),
            "gone": Words("平台上已删除", "Gone at the provider"),
        },
    )

    account = models.ForeignKey(SmsAccount, models.CASCADE, related_name="signatures")
    name = models.TextField()
    code = models.TextField(default="")
    approval = models.TextField(choices=APPROVALS, default="waiting")
    reason = models.TextField(default="")
    gone = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "sms_signature"
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="sms_signature_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[SmsSignature]:
        """Return the signatures of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class SmsTemplate(TenantModel):
    """A text as the provider approved it. `purpose` marketing goes out only to whoever agreed. `gone`: no longer at the provider.

    `marked`: a member said the purpose, because not every provider does; it is then kept.
    """

    steward = "select"
    shown_as = Record(
        Words("短信模板", "Text message template"),
        argument="sms_template_id",
        link="/settings/sms",
        title="name",
        columns={
            "code": Words("平台编号", "Number at the provider"),
            "content": Words("内容", "Text"),
            "purpose": Words("类型", "Purpose"),
            "marked": Words("类型为人工标注", "Purpose marked by hand"),
            "approval": Words("审核状态", "Approval"),
            "reason": Words("未通过原因", "Why refused"),
            "gone": Words("平台上已删除", "Gone at the provider"),
        },
    )

    account = models.ForeignKey(SmsAccount, models.CASCADE, related_name="templates")
    code = models.TextField()
    name = models.TextField()
    content = models.TextField()
    purpose = models.TextField(choices=PURPOSES, default="notice")
    marked = models.BooleanField(default=False)
    approval = models.TextField(choices=APPROVALS, default="waiting")
    reason = models.TextField(default="")
    gone = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "sms_template"
        constraints = [models.UniqueConstraint(fields=["account", "code"], name="sms_template_once")]
        indexes = [models.Index(fields=["tenant_id", "name", "id"], name="sms_template_by_name")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[SmsTemplate]:
        """Return the templates of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class SmsMessage(TenantModel):
    """One message to one number: what it says, in how many parts, what it costs, how it ended.

    `key` names it for whoever ordered it, `cause` is what it is sent for, `cost` in ten-thousandths of a yuan. A test has no contact.
    """

    steward = "select"
    unaudited = "each message is told as facts, and is too many"

    account = models.ForeignKey(SmsAccount, models.CASCADE, related_name="+")
    template = models.ForeignKey(SmsTemplate, models.CASCADE, related_name="+")
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    key = models.TextField()
    cause = models.TextField(default="")
    phone = models.TextField()
    signature = models.TextField()
    variables = models.JSONField(default=dict)
    text = models.TextField()
    parts = models.SmallIntegerField()
    cost = models.IntegerField()
    state = models.TextField(choices=STATES, default="ordered")
    serial = models.TextField(default="")
    reason = models.TextField(default="")
    errcode = models.TextField(default="")
    ordered_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "sms_message"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="sms_message_once")]
        indexes = [
            models.Index(fields=["account", "serial"], condition=~Q(serial=""), name="sms_message_serial"),
            models.Index(fields=["tenant_id", "phone", "-id"], name="sms_message_phone"),
            models.Index(fields=["contact"], name="sms_message_contact"),
            models.Index(fields=["tenant_id", "-id"], name="sms_message_newest"),
            models.Index(fields=["account", "sent_at"], condition=Q(state="sent"), name="sms_message_awaited"),
        ]

    # Also one that a provider or the gate refused, when somebody sends it again: what went out has a number.
    UNSENT = Q(state="ordered") | Q(state="failed", serial="")

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_SMS) -> models.QuerySet[SmsMessage]:
        """Return the messages of the actor's tenant, to whoever may see its settings; they show no number whole."""
        actor.require(operation)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class SmsEarlyReceipt(TenantModel):
    """A receipt that came before we heard the number of its message; kept some days.

    Several messages may have one number: `whose` is a hash of the phone's (`contracts.marks.whose`), which itself is not kept.
    """

    unaudited = "a receipt that waits for its message, seconds as a rule"

    account = models.ForeignKey(SmsAccount, models.CASCADE, related_name="+")
    serial = models.TextField()
    whose = models.TextField(default="")
    arrived = models.BooleanField()
    code = models.TextField(default="")
    at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "sms_early_receipt"
        constraints = [models.UniqueConstraint(fields=["account", "serial", "whose"], name="sms_early_receipt_one")]

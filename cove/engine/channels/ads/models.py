from __future__ import annotations

from django.db import models

from cove.engine.channels.ads.contracts.leads import BASE_URLS
from cove.engine.channels.ads.permissions import SEE_ADS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class AdAccount(TenantModel):
    """An advertiser's account at a platform; `public_id` is the secret part of the address for pushes.

    `mapping` says which field of a lead becomes which of the contact's, `codes` what the platform calls each event; an event without a code
    is not reported. `pulled_until`: leads up to then were asked for. `problem` is why it refuses all calls, empty when all is well.
    """

    steward = "select"
    shown_as = Record(
        Words("广告账号", "Advertising account"),
        argument="ad_account_id",
        link="/settings/ads",
        title="name",
        columns={
            "platform": Words("平台", "Platform"),
            "public_id": Words("推送地址标识", "Address of pushes"),
            "base_url": Words("接口地址", "API address"),
            "outer_id": Words("平台账号", "Account there"),
            "token": Words("访问令牌", "Access token"),
            "secret": Words("签名密钥", "Signing key"),
            "mapping": Words("字段映射", "Mapping of fields"),
            "codes": Words("转化回传", "Conversions"),
            "off": Words("已停用", "Switched off"),
            "pulled_until": Words("已拉取到", "Pulled until"),
            "pulled_at": Words("最近拉取", "Last pulled"),
            "told_at": Words("最近推送", "Last push"),
            "problem": Words("问题", "Problem"),
        },
    )

    platform = models.TextField(choices=[(one, one) for one in BASE_URLS])
    name = models.TextField()
    public_id = models.TextField(unique=True)
    base_url = models.TextField()
    outer_id = models.TextField()
    token = SecretField(default="")
    secret = SecretField(default="")
    mapping = models.JSONField(default=dict)
    codes = models.JSONField(default=dict)
    off = models.BooleanField(default=False)
    pulled_until = models.DateTimeField(null=True)
    pulled_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "ads_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "platform", "outer_id"], name="ads_account_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[AdAccount]:
        """Return the accounts of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class AdLead(TenantModel):
    """A lead as it came, once for each number of the platform. Without a contact nobody could be made of it, or he was erased."""

    unaudited = "each lead is told as a fact, and is too many"

    account = models.ForeignKey(AdAccount, models.CASCADE, related_name="leads")
    number = models.TextField()
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    raw = models.JSONField(default=dict)
    click_id = models.TextField(default="")
    campaign = models.TextField(default="")
    reported = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "ads_lead"
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="ads_lead_once")]
        indexes = [
            models.Index(fields=["tenant_id", "-id"], name="ads_lead_newest"),
            models.Index(fields=["contact"], name="ads_lead_contact"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_ADS) -> models.QuerySet[AdLead]:
        """Return the leads of the actor's tenant."""
        actor.require(operation)
        return cls.objects.filter(tenant_id=actor.tenant_id)

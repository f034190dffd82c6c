from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.engine.channels.wechat.contracts.cards import DEFAULT_BASE_URL
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class WechatAccount(TenantModel):
    """An official account or a mini-program of the tenant; `public_id` names it in the callback's address.

    `sealed_only`: its callbacks come in the safe mode, and others are refused. `page_origins` are the company's own pages that may
    learn who opens them and use WeChat's functions; `domain_file` is the file by which WeChat sees that this server is the company's.
    `refused_at`: when a callback came last that could not be taken, for `refused_reason`.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official"
        MINI = "mini"

    shown_as = Record(
        Words("公众号或小程序", "WeChat account"),
        argument="account_id",
        link="/settings/wechat/{id}",
        title="name",
        columns={
            "public_id": Words("回调标识", "Callback id"),
            "app_id": Words("AppID", "AppID"),
            "original_id": Words("原始 ID", "Original id"),
            "secret": Words("AppSecret", "AppSecret"),
            "callback_token": Words("回调 Token", "Callback token"),
            "aes_key": Words("回调密钥", "Callback key"),
            "sealed_only": Words("安全模式", "Safe mode"),
            "base_url": Words("接口地址", "API address"),
            "domain_file": Words("域名校验文件", "Domain file"),
            "page_origins": Words("网页域名", "Origins of pages"),
            "verified_at": Words("验证时间", "Verified at"),
            "last_callback_at": Words("最近回调", "Last callback"),
            "synced_at": Words("同步时间", "Synchronised at"),
            "refused_at": Words("最近被拒的回调", "Last refused callback"),
            "refused_reason": Words("被拒原因", "Why it was refused"),
        },
    )

    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()
    public_id = models.TextField(unique=True)
    app_id = models.TextField()
    original_id = models.TextField(default="")
    secret = SecretField(default="")
    callback_token = SecretField(default="")
    aes_key = SecretField(default="")
    sealed_only = models.BooleanField(default=True)
    base_url = models.TextField(default=DEFAULT_BASE_URL)
    domain_file = models.TextField(default="")
    page_origins = ArrayField(models.TextField(), default=list)
    verified_at = models.DateTimeField(null=True)
    last_callback_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_reason = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "app_id"], name="wechat_account_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatAccount]:
        """Return the accounts of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatToken(TenantModel):
    """A key to the platform of one account, shared by all processes; `purpose` is access (the access token) or jsapi (the page ticket).

    Whoever holds the lease fetches the next one; the others wait for it.
    """

    unaudited = "the machine's access to the platform, renewed every two hours"

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="tokens")
    purpose = models.TextField()
    token = SecretField(default="")
    expires_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_token"
        constraints = [models.UniqueConstraint(fields=["account", "purpose"], name="wechat_token_once")]

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class SenderDomain(TenantModel):
    """A domain in whose name mail goes out: the server that takes it, the key that signs it, the rate at which it may go.

    `back_host` is where returned mail goes (the envelope's sender). `next_…` is a key that waits for its record in the DNS; until that
    stands mail is signed with the one there is.
    """

    shown_as = Record(
        Words("发信域名", "Sender domain"),
        argument="domain_id",
        link="/settings/email",
        title="name",
        columns={
            "selector": Words("DKIM 选择器", "DKIM selector"),
            "key": Words("DKIM 私钥", "DKIM key"),
            "next_selector": Words("新 DKIM 选择器", "New DKIM selector"),
            "next_key": Words("新 DKIM 私钥", "New DKIM key"),
            "back_host": Words("退信域名", "Domain for returned mail"),
            "spf_wanted": Words("SPF 应包含", "SPF must hold"),
            "host": Words("SMTP 服务器", "SMTP server"),
            "port": Words("端口", "Port"),
            "security": Words("加密方式", "Encryption"),
            "user": Words("账号", "User"),
            "password": Words("密码", "Password"),
            "per_minute": Words("每分钟上限", "Most a minute"),
            "off": Words("已停用", "Switched off"),
        },
    )

    name = models.TextField()
    selector = models.TextField()
    key = SecretField()
    public_key = models.TextField()
    next_selector = models.TextField(default="")
    next_key = SecretField(default="")
    next_public_key = models.TextField(default="")
    back_host = models.TextField()
    spf_wanted = models.TextField(default="")
    host = models.TextField()
    port = models.IntegerField()
    security = models.TextField(default="starttls")
    user = models.TextField(default="")
    password = SecretField(default="")
    per_minute = models.IntegerField(default=0)
    off = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_domain"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="email_domain_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[SenderDomain]:
        """Return the domains this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class DomainState(TenantModel):
    """What the machine knows of a domain: what the last look at its DNS found, and how much went out in the minute under way."""

    unaudited = "what the machine counts and looks up"

    domain = models.OneToOneField(SenderDomain, models.CASCADE, related_name="state")
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    window = models.DateTimeField(null=True)
    sent = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_domain_state"


class EmailSender(TenantModel):
    """A name and address from which mail comes. A deleted one stays for the mails it sent."""

    shown_as = Record(
        Words("发信人", "Sender"),
        argument="sender_id",
        link="/settings/email",
        title="name",
        columns={
            "local": Words("地址", "Address"),
            "reply_to": Words("回复地址", "Reply address"),
            "deleted_at": Words("删除时间", "Deleted at"),
        },
    )

    domain = models.ForeignKey(SenderDomain, models.CASCADE, related_name="senders")
    name = models.TextField()
    local = models.TextField()
    reply_to = models.TextField(default="")
    deleted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_sender"
        constraints = [
            models.UniqueConstraint(
                fields=["domain", "local"], condition=Q(deleted_at__isnull=True), name="email_sender_once"
            )
        ]

    @property
    def address(self) -> str:
        """The whole address."""
        return f"{self.local}@{self.domain.name}"

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[EmailSender]:
        """Return the senders this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id, deleted_at__isnull=True).select_related("domain")

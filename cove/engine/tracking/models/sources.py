from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class Source(TenantModel):
    """A site, app or server that sends behaviour. Its write key is public: it may add events, never read, and only from these origins.

    The server key is secret, and only its SHA-256 is kept; what comes with it is believed. With the signing secret the company's server
    signs what its pages say about users.
    """

    never_audited = ("server_key_hash",)

    shown_as = Record(
        Words("行为来源", "Source of behaviour"),
        argument="source_id",
        link="/settings/tracking/{id}",
        title="name",
        columns={
            "kind": Words("类型", "Kind"),
            "write_key": Words("写入密钥", "Write key"),
            "server_key_hint": Words("服务端密钥末四位", "End of the server key"),
            "server_key_made_at": Words("服务端密钥生成时间", "Server key made"),
            "signing_secret": Words("签名密钥", "Signing secret"),
            "signing_secret_made_at": Words("签名密钥生成时间", "Signing secret made"),
            "allowed_origins": Words("允许的网址", "Allowed origins"),
            "last_seen_at": Words("最近收到", "Last seen"),
        },
    )

    name = models.TextField()
    kind = models.TextField(default="web")
    write_key = models.TextField(unique=True)
    server_key_hash = models.TextField(null=True, unique=True)
    server_key_hint = models.TextField(default="")
    server_key_made_at = models.DateTimeField(null=True)
    signing_secret = SecretField(default="")
    signing_secret_made_at = models.DateTimeField(null=True)
    allowed_origins = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_source"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="tracking_source_name_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Source]:
        """Return the sources this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

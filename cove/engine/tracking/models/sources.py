from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Source(TenantModel):
    """A site or product that sends behaviour. Its write key is public: it may add events, never read, and only from these origins."""

    shown_as = Record(
        Words("行为来源", "Source of behaviour"),
        argument="source_id",
        link="/settings/tracking/{id}",
        title="name",
        columns={
            "write_key": Words("写入密钥", "Write key"),
            "allowed_origins": Words("允许的网址", "Allowed origins"),
            "last_seen_at": Words("最近收到", "Last seen"),
        },
    )

    name = models.TextField()
    write_key = models.TextField(unique=True)
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

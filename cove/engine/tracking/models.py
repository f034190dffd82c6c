from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Source(TenantModel):
    """A site or product that sends behaviour. Its write key is public: it may add events, never read, and only from these origins."""

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

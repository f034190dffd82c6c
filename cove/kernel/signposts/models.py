from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class Signpost(TenantModel):
    """A public name (`kind`, `key`: unique over all tenants) and what stands behind it, as a document for the edge."""

    unaudited = "written again from rows that are audited themselves"

    steward = "select"

    kind = models.TextField()
    key = models.TextField()
    document = models.JSONField()
    put_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "signpost"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="signpost_once")]

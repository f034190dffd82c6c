from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class Department(TenantModel):
    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    wecom_id = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_department"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "wecom_id"], name="org_department_wecom_once")]

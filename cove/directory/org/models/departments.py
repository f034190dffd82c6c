from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Department(TenantModel):
    shown_as = Record(
        Words("部门", "Department"),
        argument="department_id",
        title="name",
        columns={
            "parent_id": Words("上级部门", "Parent department"),
            "wecom_id": Words("企业微信部门", "WeCom department"),
        },
    )

    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    wecom_id = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_department"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "wecom_id"], name="org_department_wecom_once")]

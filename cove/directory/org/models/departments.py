from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words

DEEPEST = 15
"""Levels a tree may have, the top included: as many as WeCom allows, and what keeps walks up and down short."""


class Department(TenantModel):
    """A department; with `wecom_id` it is kept by the WeCom directory. Siblings stand by `position`, smallest first, then by id."""

    shown_as = Record(
        Words("部门", "Department"),
        argument="department_id",
        title="name",
        columns={
            "parent_id": Words("上级部门", "Parent department"),
            "position": Words("排序", "Order"),
            "wecom_id": Words("企业微信部门", "WeCom department"),
        },
    )

    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    wecom_id = models.BigIntegerField(null=True)
    position = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_department"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "wecom_id"], name="org_department_wecom_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Department]:
        """Return the departments this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

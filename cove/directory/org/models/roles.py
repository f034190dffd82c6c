from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Role(TenantModel):
    """A named set of rights: operation key to data scope (`cove.kernel.actor.SCOPES`), and the sensitive fields it reveals.

    `everything` is the administrator's: every right that exists, today's and those of later modules.
    """

    shown_as = Record(
        Words("角色", "Role"),
        argument="role_id",
        title="name",
        columns={
            "description": Words("说明", "Description"),
            "everything": Words("全部权限", "Every right"),
            "rights": Words("权限", "Rights"),
            "revealed": Words("可见敏感字段", "Sensitive fields shown"),
        },
    )

    name = models.TextField()
    description = models.TextField(default="")
    everything = models.BooleanField(default=False)
    rights = models.JSONField(default=dict)
    revealed = ArrayField(models.TextField(), default=list)
    members = models.ManyToManyField(Member, through="RoleGrant", related_name="roles")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_role"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="org_role_name_once")]


class RoleGrant(TenantModel):
    """A role given to a member; several roles add up."""

    shown_as = Record(
        Words("角色授予", "Grant of a role"),
        columns={
            "role_id": Words("角色", "Role"),
        },
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_role_grant"
        constraints = [models.UniqueConstraint(fields=["member", "role"], name="org_role_grant_once")]

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class PasswordReset(TenantModel):
    """A link that sets a new password, once. Only the SHA-256 of its token is kept."""

    never_audited = ("token_hash",)
    shown_as = Record(Words("密码重置链接", "Reset link"), columns={"used_at": Words("使用时间", "Used at")})

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_password_reset"


class Invitation(TenantModel):
    """Somebody who is asked to join, with the places and roles he will have. A link sent again replaces the one before."""

    never_audited = ("token_hash",)
    shown_as = Record(
        Words("邀请", "Invitation"),
        argument="invitation_id",
        title="email",
        columns={
            "email": Words("邮箱", "E-mail"),
            "department_ids": Words("部门", "Departments"),
            "role_ids": Words("角色", "Roles"),
            "accepted_at": Words("接受时间", "Accepted at"),
            "revoked_at": Words("撤销时间", "Revoked at"),
            "expires_at": Words("失效时间", "Expires at"),
        },
    )

    email = models.EmailField()
    name = models.TextField()
    department_ids = ArrayField(models.BigIntegerField(), default=list)
    role_ids = ArrayField(models.BigIntegerField(), default=list)
    token_hash = models.TextField(unique=True)
    locale = models.TextField(default="")
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_invitation"
        indexes = [models.Index(fields=["tenant_id", "-id"], name="org_invitation_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Invitation]:
        """Return the invitations this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Tenant(models.Model):
    """A company that uses this installation."""

    is_the_tenant = True

    name = models.TextField()
    timezone = models.TextField(default="Asia/Shanghai")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "org_tenant"


class Department(TenantModel):
    name = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    wecom_id = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_department"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "wecom_id"], name="org_department_wecom_once")]


class Role(TenantModel):
    """A named set of operations."""

    name = models.TextField()
    operations = ArrayField(models.TextField(), default=list)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_role"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="org_role_name_once")]


class Member(TenantModel):
    """Somebody who works for the tenant. `password` is a hash; empty means that he cannot sign in with one."""

    steward = "select"

    name = models.TextField()
    email = models.EmailField(null=True)
    password = models.TextField(default="")
    wecom_userid = models.TextField(null=True)
    locale = models.TextField(default="")
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    departments = models.ManyToManyField(Department, through="Membership", related_name="+")
    roles = models.ManyToManyField(Role, through="RoleGrant", related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_member"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "email"], name="org_member_email_once"),
            models.UniqueConstraint(fields=["tenant_id", "wecom_userid"], name="org_member_wecom_once"),
        ]
        indexes = [models.Index(fields=["email"], name="org_member_by_email")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Member]:
        """Return the members this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class Membership(TenantModel):
    """A member's place in a department; he may have several."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.CASCADE, related_name="memberships")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_membership"
        constraints = [models.UniqueConstraint(fields=["member", "department"], name="org_membership_once")]


class RoleGrant(TenantModel):
    """A role given to a member; several roles add up."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_role_grant"
        constraints = [models.UniqueConstraint(fields=["member", "role"], name="org_role_grant_once")]


class Session(TenantModel):
    """A signed-in browser. Only the SHA-256 of its token is kept."""

    steward = "select"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField(unique=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_session"


class SignInTry(TenantModel):
    """A failed sign-in, counted per account so that passwords cannot be guessed."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_sign_in_try"
        indexes = [models.Index(fields=["member", "at"], name="org_sign_in_try_recent")]

from __future__ import annotations

from django.db import models

from cove.directory.org.models.departments import Department
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Member(TenantModel):
    """Somebody who works for the tenant. `password` is a hash; empty means that he cannot sign in with one.

    `installation_owner` is given on the command line only (`cove grant-owner`); no route writes it.
    """

    is_the_member = True
    never_audited = ("password",)
    shown_as = Record(
        Words("成员", "Member"),
        argument="member_id",
        title="name",
        columns={
            "name": Words("姓名", "Name"),
            "email": Words("邮箱", "E-mail"),
            "password": Words("密码", "Password"),
            "wecom_userid": Words("企业微信账号", "WeCom account"),
            "locale": Words("语言", "Language"),
            "active": Words("在职", "Active"),
        },
    )

    steward = "select"

    name = models.TextField()
    email = models.EmailField(null=True)
    password = models.TextField(default="")
    wecom_userid = models.TextField(null=True)
    locale = models.TextField(default="")
    active = models.BooleanField(default=True)
    installation_owner = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    departments = models.ManyToManyField(Department, through="Membership", related_name="+")

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

    shown_as = Record(
        Words("部门成员", "Place in a department"),
        columns={
            "department_id": Words("部门", "Department"),
        },
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.CASCADE, related_name="memberships")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_membership"
        constraints = [models.UniqueConstraint(fields=["member", "department"], name="org_membership_once")]

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import models

from cove.directory.org.models.departments import Department
from cove.directory.org.permissions import SEE_MEMBERS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Member(TenantModel):
    """Somebody who works for the tenant. `password` is a hash; empty means that he cannot sign in with one.

    With `wecom_userid` his name, job title and WeCom departments are kept by the WeCom directory; `directory_email` is the address it
    states, which is not always the one he signs in with. `left_directory`: it was the directory that deactivated him, so it may also
    bring him back. `installation_owner` is given on the command line only (`cove grant-owner`); no route writes it.
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
            "directory_email": Words("通讯录邮箱", "E-mail in the directory"),
            "left_directory": Words("已从通讯录离职", "Left the directory"),
            "phone": Words("手机", "Phone"),
            "job_title": Words("职务", "Job title"),
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
    directory_email = models.TextField(default="")
    left_directory = models.BooleanField(default=False)
    phone = models.TextField(default="")
    job_title = models.TextField(default="")
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
        indexes = [
            models.Index(fields=["email"], name="org_member_by_email"),
            models.Index(fields=["tenant_id", "name", "id"], name="org_member_by_name"),
            models.Index(fields=["tenant_id", "phone"], name="org_member_by_phone"),
        ]

    def keep_password(self, plain: str) -> None:
        """Hash and keep a password, with today's parameters."""
        self.password = make_password(plain)
        self.save(update_fields=["password"])

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_MEMBERS) -> models.QuerySet[Member]:
        """Return the members to whom this actor may do `operation`; that a colleague is there, and his name, is known to everybody."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        return rows if not operation.scoped or reach.everybody else rows.filter(id__in=reach.member_ids)


record_kind(
    RecordKind(
        key="org_member",
        label=Words("成员", "member"),
        model=Member,
        see=SEE_MEMBERS,
        name=lambda row: row.name,
        holders=lambda row, _operation: {row.id},
        holding=Words("即 {names}", "that is {names}"),
        search=lambda text: models.Q(name__icontains=text),
    )
)


class Membership(TenantModel):
    """A member's place in a department; he may have several, of which one is `main`. `leads`: he is one of its leaders."""

    shown_as = Record(
        Words("部门成员", "Place in a department"),
        columns={
            "department_id": Words("部门", "Department"),
            "main": Words("主部门", "Main department"),
            "leads": Words("负责人", "Leader"),
        },
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, models.CASCADE, related_name="memberships")
    main = models.BooleanField(default=False)
    leads = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_membership"
        constraints = [
            models.UniqueConstraint(fields=["member", "department"], name="org_membership_once"),
            models.UniqueConstraint(fields=["member"], condition=models.Q(main=True), name="org_membership_one_main"),
        ]

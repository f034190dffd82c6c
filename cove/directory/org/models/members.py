from __future__ import annotations

from django.db import models

from cove.directory.org.models.departments import Department
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Member(TenantModel):
    """Somebody who works for the tenant. `password` is a hash; empty means that he cannot sign in with one.

    With `wecom_userid` his name, job title and WeCom departments are kept by the WeCom directory; `directory_email` is the address it
    states, which is not always the one he signs in with. `left_directory`: it was the directory that deactivated him, so it may also
    bring him back.
    """

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

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Member]:
        """Return the members this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class Membership(TenantModel):
    """A member's place in a department; he may have several, of which one is `main`. `leads`: he is one of its leaders."""

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

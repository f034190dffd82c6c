from __future__ import annotations

from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class MemberImport(TenantModel):
    """A list of members that was uploaded and checked; nothing of it counts until it is confirmed.

    `rows` are the lines as they will be written, `faults` what is wrong with them ({row, column, code, zh, en}); both are forgotten after
    `expires_at`, the counts stay.
    """

    class State(models.TextChoices):
        CHECKED = "checked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    asked_by = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    file_name = models.TextField()
    state = models.TextField(choices=State.choices, default=State.CHECKED)
    create_departments = models.BooleanField(default=True)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_member_import"
        indexes = [models.Index(fields=["tenant_id", "-id"], name="org_member_import_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[MemberImport]:
        """Return the imports that the actor himself began: a list of people is shown to nobody else."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        return rows if actor.kind == "system" else rows.filter(asked_by_id=actor.member_id or 0)

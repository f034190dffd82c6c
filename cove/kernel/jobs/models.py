from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.jobs.permissions import SEE_JOBS
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class JobRun(TenantModel):
    """One run of a job: what it is, how far it is, how it ended. `link` leads to what it made, such as ``/api/files/7``."""

    unaudited = "the progress of the machine; who asked for it is in the entry of his command"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.TextField()
    arguments = models.JSONField(default=dict)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.TextField(default="")
    link = models.TextField(default="")
    cancel_asked = models.BooleanField(default=False)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "job_run"
        indexes = [models.Index(fields=["tenant_id", "-id"], name="job_run_newest")]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_JOBS) -> models.QuerySet[JobRun]:
        """Return the runs to which this actor may do `operation`: those he asked for himself, and those within his reach."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        if reach.everybody:
            return rows
        own = set() if actor.member_id is None else {actor.member_id}
        return rows.filter(asked_by__in=reach.member_ids | own)


record_kind(
    RecordKind(
        key="job_run",
        label=Words("后台任务", "background job"),
        model=JobRun,
        see=SEE_JOBS,
        name=lambda row: row.kind,
        holders=lambda row, _operation: {row.asked_by} - {None},
        holding=Words("由 {names} 发起", "started by {names}"),
        search=lambda text: models.Q(kind__icontains=text),
    )
)

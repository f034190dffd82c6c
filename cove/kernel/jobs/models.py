from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class JobRun(TenantModel):
    """One run of a job: what it is, how far it is, how it ended. `link` leads to what it made, such as ``/api/files/7``."""

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

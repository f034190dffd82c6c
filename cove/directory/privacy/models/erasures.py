from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class Erasure(TenantModel):
    """The erasure of a person: asked for, waiting, under way, and afterwards the certificate that it was done.

    `sealed_person` is the record by which the job knows whom it removes after his own row is gone; with it goes the last of him.
    `counts` is how many records of each holder went, written with each step, so that a job that died goes on behind it.
    """

    shown_as = Record(
        Words("删除请求", "Erasure"),
        columns={
            "why": Words("原因", "Why"),
            "asked_by": Words("申请人", "Asked by"),
            "asked_at": Words("申请时间", "Asked at"),
            "due_at": Words("执行时间", "Due at"),
            "begun_at": Words("开始时间", "Begun at"),
            "finished_at": Words("完成时间", "Finished at"),
            "cancelled_by": Words("取消人", "Cancelled by"),
            "sealed_person": Words("待删除的人", "Whom it is about"),
            "counts": Words("数量", "Counts"),
        },
    )

    steward = "select"

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"

    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    state = models.TextField(choices=State.choices, default=State.WAITING)
    why = models.TextField(default="")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancelled_by = models.BigIntegerField(null=True)
    sealed_person = SecretField(default="")
    counts = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_erasure"
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state__in=["waiting", "running"]), name="privacy_erasure_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["waiting", "running"]), name="privacy_erasure_due"),
            models.Index(fields=["tenant_id", "-id"], name="privacy_erasure_newest"),
        ]


class Tombstone(TenantModel):
    """A keyed hash of what an erased person was known by: enough to recognise him, nothing to find him with."""

    unaudited = "scrambled traces that keep an erased person from coming back"
    steward = "select"

    digest = models.TextField()
    kind = models.TextField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_tombstone"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "digest"], name="privacy_tombstone_once")]


class DataFile(TenantModel):
    """A person's data as a file: asked for by whom, and when it goes."""

    shown_as = Record(
        Words("个人信息文件", "File of personal data"),
        columns={
            "asked_by": Words("申请人", "Asked by"),
            "asked_at": Words("申请时间", "Asked at"),
            "ready_at": Words("完成时间", "Ready at"),
            "expires_at": Words("过期时间", "Expires at"),
            "run_id": Words("任务", "Job"),
            "file_id": Words("文件", "File"),
        },
    )

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    run_id = models.BigIntegerField(null=True)
    file_id = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_data_file"
        indexes = [models.Index(fields=["contact", "-id"], name="privacy_data_file_newest")]

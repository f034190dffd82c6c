from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.files.purpose import file_purposes
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class StoredFile(TenantModel):
    """A file and where it lies (`key`, a name inside the storage). `sha256` is of its bytes, in hexadecimal."""

    shown_as = Record(
        Words("文件", "File"),
        argument="file_id",
        title="name",
        columns={
            "key": Words("存放位置", "Place"),
            "media_type": Words("类型", "Type"),
            "size": Words("大小", "Size"),
            "sha256": Words("校验值", "Checksum"),
            "purpose": Words("用途", "Purpose"),
            "made_by": Words("创建人", "Made by"),
            "made_at": Words("创建时间", "Made at"),
            "expires_at": Words("过期时间", "Expires at"),
        },
    )

    steward = "select"

    name = models.TextField()
    key = models.TextField(unique=True)
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    purpose = models.TextField()
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "files_file"
        indexes = [
            models.Index(fields=["expires_at"], name="files_file_expiring"),
            models.Index(fields=["tenant_id", "made_by", "-id"], name="files_file_of_maker"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[StoredFile]:
        """Return the files the actor made, and those whose purpose names a right that he holds for everybody's rows."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        if actor.kind == "system":
            return rows
        open_to_him = [
            purpose.key
            for purpose in file_purposes
            if purpose.operation is not None and actor.reach(purpose.operation).everybody
        ]
        # A visitor has no number, and files of the system none either: they must not meet.
        own = models.Q(made_by=actor.member_id) if actor.member_id is not None else models.Q(pk__in=[])
        return rows.filter(own | models.Q(purpose__in=open_to_him))

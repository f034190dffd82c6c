from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class ApiKey(TenantModel):
    """A program's way in, for the member who made it. Only the SHA-256 of the key is kept; `hint` is its last four letters.

    `rights` (operation to data scope) and `revealed` (sensitive fields) narrow what the member may do at the time of each request.
    """

    never_audited = ("key_hash",)
    shown_as = Record(
        Words("API 密钥", "API key"),
        argument="key_id",
        title="name",
        columns={
            "key_hash": Words("密钥", "Key"),
            "hint": Words("提示", "Hint"),
            "rights": Words("权限", "Rights"),
            "revealed": Words("可见敏感字段", "Sensitive fields shown"),
            "expires_at": Words("过期时间", "Expires at"),
            "last_used_at": Words("最近使用", "Last used"),
            "revoked_at": Words("停用时间", "Revoked at"),
        },
    )

    steward = "select"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.TextField()
    key_hash = models.TextField(unique=True)
    hint = models.TextField()
    rights = models.JSONField(default=dict)
    revealed = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_api_key"
        indexes = [models.Index(fields=["tenant_id", "member"], name="org_api_key_of_member")]

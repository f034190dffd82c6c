from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.words import Words


class Tenant(models.Model):
    """A company that uses this installation."""

    shown_as = Record(
        Words("企业", "Company"),
        title="name",
        columns={
            "timezone": Words("时区", "Time zone"),
        },
    )

    is_the_tenant = True

    name = models.TextField()
    timezone = models.TextField(default="Asia/Shanghai")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "org_tenant"

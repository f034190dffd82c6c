from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.words import Words


class Tenant(models.Model):
    """A company that uses this installation.

    `slug` is its sign-in address: a name that people type, unique over the installation. `suspended_at`: since when nobody signs in
    and no key works; null while it is open. `watermark`: its pages carry the name of whoever looks at them.
    """

    shown_as = Record(
        Words("企业", "Company"),
        title="name",
        columns={
            "timezone": Words("时区", "Time zone"),
            "watermark": Words("页面水印", "Watermark"),
        },
    )

    is_the_tenant = True

    name = models.TextField()
    slug = models.TextField(unique=True)
    timezone = models.TextField(default="Asia/Shanghai")
    watermark = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_tenant"

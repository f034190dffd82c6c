from __future__ import annotations

from django.db import models


class Tenant(models.Model):
    """A company that uses this installation. `watermark`: its pages carry the name of whoever looks at them."""

    is_the_tenant = True

    name = models.TextField()
    timezone = models.TextField(default="Asia/Shanghai")
    watermark = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "org_tenant"

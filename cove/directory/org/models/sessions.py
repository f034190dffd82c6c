from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from cove.directory.org.models.members import Member
from cove.kernel.scope import TenantModel


class Session(TenantModel):
    """A signed-in browser. Only the SHA-256 of its token is kept. It ends at `expires_at`, or after `idle_days` without use."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField(unique=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")
    way = models.TextField(default="password")
    idle_days = models.IntegerField(default=7)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_session"


class Device(TenantModel):
    """A browser from which a member signed in, known by a cookie of its own. Until `trusted_until` it needs no second factor."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField()
    trusted_until = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_device"
        constraints = [models.UniqueConstraint(fields=["member", "token_hash"], name="org_device_once")]

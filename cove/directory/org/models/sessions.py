from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from cove.directory.org.models.members import Member
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Session(TenantModel):
    """A signed-in browser. Only the SHA-256 of its token is kept. It ends at `expires_at`, or after `idle_days` without use."""

    never_audited = ("token_hash",)
    shown_as = Record(
        Words("登录会话", "Session"),
        columns={
            "address": Words("地址", "Address"),
            "agent": Words("浏览器", "Browser"),
            "expires_at": Words("过期时间", "Expires at"),
        },
    )

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

    unaudited = "which browsers are known; each sign-in is an entry of its own"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField()
    trusted_until = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_device"
        constraints = [models.UniqueConstraint(fields=["member", "token_hash"], name="org_device_once")]

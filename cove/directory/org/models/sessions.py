from __future__ import annotations

from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Session(TenantModel):
    """A signed-in browser. Only the SHA-256 of its token is kept."""

    never_audited = ("token_hash",)
    shown_as = Record(
        Words("登录会话", "Session"),
        columns={
            "address": Words("地址", "Address"),
            "agent": Words("浏览器", "Browser"),
            "expires_at": Words("过期时间", "Expires at"),
        },
    )

    steward = "select"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField(unique=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_session"


class SignInTry(TenantModel):
    """A failed sign-in, counted per account so that passwords cannot be guessed."""

    unaudited = "a counter; each failed sign-in is an entry of its own"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_sign_in_try"
        indexes = [models.Index(fields=["member", "at"], name="org_sign_in_try_recent")]

from __future__ import annotations

from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.scope import TenantModel


class Session(TenantModel):
    """A signed-in browser. Only the SHA-256 of its token is kept."""

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

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_sign_in_try"
        indexes = [models.Index(fields=["member", "at"], name="org_sign_in_try_recent")]

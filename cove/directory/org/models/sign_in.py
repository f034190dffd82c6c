from __future__ import annotations

from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class SecondFactor(TenantModel):
    """A member's time codes. It counts once confirmed; `last_step` is the thirty-second step of the last code used."""

    never_audited = ("last_step",)
    shown_as = Record(Words("两步验证", "Second factor"), columns={"confirmed_at": Words("开启时间", "Turned on at")})

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    secret = SecretField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_second_factor"


class RecoveryCode(TenantModel):
    """A code that stands for the second factor once. Only its SHA-256 is kept: it has fifty random bits, and tries are few."""

    never_audited = ("code_hash",)
    shown_as = Record(Words("恢复码", "Recovery code"), columns={"used_at": Words("使用时间", "Used at")})

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    code_hash = models.TextField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_recovery_code"
        constraints = [models.UniqueConstraint(fields=["member", "code_hash"], name="org_recovery_code_once")]


class SignInPolicy(TenantModel):
    """What a tenant asks of its members' sign-in. Without a row the defaults hold."""

    shown_as = Record(
        Words("登录安全策略", "Sign-in policy"),
        columns={
            "second_factor": Words("两步验证", "Second factor"),
            "idle_days": Words("闲置天数", "Days unused"),
            "session_days": Words("登录有效天数", "Days of a session"),
        },
    )

    second_factor = models.TextField(default="nobody")
    idle_days = models.IntegerField(default=7)
    session_days = models.IntegerField(default=14)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_sign_in_policy"
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="org_sign_in_policy_once")]

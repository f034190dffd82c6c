from __future__ import annotations

from django.db import models

from cove.engine.channels.doctor.permissions import SEE_HEALTH
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class CheckResult(TenantModel):
    """What a check found last. `level` is the worst of its findings, ``ok`` without any.

    `findings` are documents with `key`, `level`, the words and the remedy in both languages (`zh`, `en`, `remedy_zh`, `remedy_en`) and
    `since` when it is so.
    """

    unaudited = "what the machine found out by itself, each hour"

    check_key = models.TextField()
    level = models.TextField()
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "doctor_result"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "check_key"], name="doctor_result_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[CheckResult]:
        """Return what was found in the actor's tenant. Raises Forbidden."""
        actor.require(SEE_HEALTH)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class AbilityResult(TenantModel):
    """What a channel could do when it was last asked: documents like `contracts.Ability`, words in both languages."""

    unaudited = "what the machine found out by itself, each hour"

    channel = models.TextField()
    abilities = models.JSONField(default=list)
    checked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "doctor_ability"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "channel"], name="doctor_ability_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[AbilityResult]:
        """Return what the channels of the actor's tenant can do. Raises Forbidden."""
        actor.require(SEE_HEALTH)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class Examination(TenantModel):
    """When a tenant was last looked at; one row a tenant."""

    unaudited = "when the machine looked last"

    steward = "select"

    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "doctor_examination"
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="doctor_examination_one_a_tenant")]

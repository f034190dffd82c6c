from __future__ import annotations

from django.db import models

from cove.engine.channels.delivery.permissions import SEE_RULES
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class ReachRules(TenantModel):
    """When and how often a company writes to people for marketing; one row a tenant, none before anything was chosen.

    `quiet_from` and `quiet_until` are “22:00” in the company's time zone, empty for no quiet hours; `quiet_then` is ``wait`` or
    ``refuse``. `most_a_day`, `most_a_week`, `most_a_month` count messages to one person over all channels; null is as many as one
    likes. `paused`: nothing of marketing leaves until somebody lets it.
    """

    shown_as = Record(
        Words("触达规则", "Outreach rules"),
        link="/settings/reach-rules",
        columns={
            "quiet_from": Words("免打扰开始", "Quiet from"),
            "quiet_until": Words("免打扰结束", "Quiet until"),
            "quiet_then": Words("免打扰时段内", "In quiet hours"),
            "most_a_day": Words("每天上限", "Most a day"),
            "most_a_week": Words("每周上限", "Most a week"),
            "most_a_month": Words("每月上限", "Most a month"),
            "paused": Words("暂停营销触达", "Marketing paused"),
        },
    )

    quiet_from = models.TextField(default="")
    quiet_until = models.TextField(default="")
    quiet_then = models.TextField(default="wait")
    most_a_day = models.IntegerField(null=True)
    most_a_week = models.IntegerField(null=True)
    most_a_month = models.IntegerField(null=True)
    paused = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "delivery_rules"
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="delivery_rules_one_a_tenant")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[ReachRules]:
        """Return the rules of the actor's tenant, as a set of one or none. Raises Forbidden."""
        actor.require(SEE_RULES)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class Touch(TenantModel):
    """A marketing message that went to somebody, or is on its way: what the caps count. Gone after 31 days."""

    unaudited = "counted by the machine for each message; the delivery keeps its own history"

    contact_id = models.BigIntegerField()
    delivery_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "delivery_touch"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "delivery_id", "contact_id"], name="delivery_touch_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "contact_id", "at"], name="delivery_touch_of_contact"),
            models.Index(fields=["at"], name="delivery_touch_old"),
        ]


class QuotaUse(TenantModel):
    """How much of a platform's quota is used within one window. `subject` is the SHA-256 of whom it is counted for, empty for all."""

    unaudited = "counted by the machine for each act; the delivery keeps its own history"

    quota = models.TextField()
    subject = models.TextField(default="")
    window = models.DateTimeField()
    used = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "delivery_quota_use"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "quota", "subject", "window"], name="delivery_quota_use_once")
        ]
        indexes = [models.Index(fields=["window"], name="delivery_quota_old")]

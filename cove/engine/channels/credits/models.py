from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.engine.channels.credits.permissions import SEE_CREDITS
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class CreditAccount(TenantModel):
    """What a company was given of one tariff, and on what terms (`contracts.Terms`). Without a row, or closed, nothing is counted.

    `granted` is all that was ever put in; what is left is that less what the meter counts.
    """

    shown_as = Record(
        Words("发送额度", "Credits"),
        link="/settings/credits",
        title="tariff",
        columns={
            "tariff": Words("项目", "Tariff"),
            "opened": Words("按额度发送", "Counted"),
            "granted": Words("累计充值", "Put in altogether"),
            "warn_below": Words("低于时提醒", "Warn below"),
            "most_a_day": Words("每日上限", "Most a day"),
        },
    )

    tariff = models.TextField()
    opened = models.BooleanField(default=False)
    granted = models.BigIntegerField(default=0)
    warn_below = models.BigIntegerField(default=0)
    most_a_day = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "credits_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "tariff"], name="credits_account_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[CreditAccount]:
        """Return the accounts of the actor's tenant. Raises Forbidden."""
        actor.require(SEE_CREDITS)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class CreditMeter(TenantModel):
    """What was used of an account: altogether, and on the company's day `day`. `told` is the warning that stands: ``low``, ``out``."""

    unaudited = "counted by the machine for each message; each delivery keeps what it cost"

    account = models.OneToOneField(CreditAccount, models.CASCADE, related_name="meter")
    spent = models.BigIntegerField(default=0)
    day = models.DateField(null=True)
    spent_today = models.BigIntegerField(default=0)
    told = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "credits_meter"


class CreditMovement(TenantModel):
    """What went into an account or out of it. What is used and comes back is summed by the hour, or a campaign would bury the rest.

    `amount` is below zero for what left, `messages` how many it was for. `once_key` is the caller's own for what was put in.
    """

    unaudited = "sums of what the machine counts; what is put in is seen in the account"

    account = models.ForeignKey(CreditAccount, models.CASCADE, related_name="movements")
    what = models.TextField(choices=[(one, one) for one in ("granted", "spent", "returned")])
    hour = models.DateTimeField()
    amount = models.BigIntegerField()
    messages = models.BigIntegerField(default=0)
    note = models.TextField(default="")
    once_key = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "credits_movement"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "account", "what", "hour"],
                condition=~Q(what="granted"),
                name="credits_movement_an_hour",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "account", "once_key"], condition=~Q(once_key=""), name="credits_movement_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "account", "-id"], name="credits_movement_newest")]

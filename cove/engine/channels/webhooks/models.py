from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.engine.channels.webhooks.permissions import SEE
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class Webhook(TenantModel):
    """An address of the company that is told of facts of some kinds.

    `secret` signs; `old_secret` signs beside it until `old_secret_until`, so that both sides can change without a gap. `whole`: sensitive
    fields are sent as they are. `failures` in a row since `failing_since`. `off_because` says why it is not active: ``member``,
    ``failing`` or ``gone``.
    """

    steward = "select"
    shown_as = Record(
        Words("Webhook", "Webhook"),
        argument="webhook_id",
        link="/settings/webhooks/{id}",
        title="name",
        columns={
            "url": Words("地址", "Address"),
            "kinds": Words("事件", "Facts"),
            "whole": Words("推送完整内容", "Sent whole"),
            "active": Words("启用", "Active"),
            "secret": Words("签名密钥", "Signing secret"),
        },
    )

    name = models.TextField()
    url = models.TextField()
    kinds = ArrayField(models.TextField())
    secret = SecretField()
    old_secret = SecretField(default="")
    old_secret_until = models.DateTimeField(null=True)
    whole = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    off_because = models.TextField(default="")
    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "webhooks_webhook"

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Webhook]:
        """Return the webhooks of the actor's tenant. Raises Forbidden."""
        actor.require(SEE)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class Call(TenantModel):
    """One fact to be told to one webhook. What it says is read from the log at `position` when it is sent; null for a test.

    `orders` counts how often it was put into the outbox, `attempts` how often it was sent; the rest is what the last one brought.
    """

    unaudited = "each call keeps its own history"

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="+")
    position = models.BigIntegerField(null=True)
    kind = models.TextField()
    state = models.TextField(default="pending")
    orders = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    status = models.IntegerField(null=True)
    trouble = models.TextField(default="")
    said = models.TextField(default="")
    milliseconds = models.IntegerField(null=True)
    tried_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "webhooks_call"
        constraints = [models.UniqueConstraint(fields=["webhook", "position"], name="webhooks_call_once")]
        indexes = [
            models.Index(fields=["webhook", "-id"], name="webhooks_call_newest"),
            models.Index(fields=["webhook", "state", "-id"], name="webhooks_call_by_state"),
            models.Index(fields=["tenant_id", "created_at"], name="webhooks_call_old"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Call]:
        """Return the calls of the actor's tenant. Raises Forbidden."""
        actor.require(SEE)
        return cls.objects.filter(tenant_id=actor.tenant_id)

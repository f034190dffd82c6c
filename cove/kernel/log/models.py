"""What the log keeps beside the facts themselves (`log_fact`, `log_seen` and `log_cursor` are written with plain SQL)."""

from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class SetAside(TenantModel):
    """A fact that a consumer could not digest: kept with its error, seen in the console, retried by hand."""

    unaudited = "what the machine could not digest; retrying is a command"

    consumer = models.TextField()
    position = models.BigIntegerField()
    kind = models.TextField()
    envelope = models.JSONField()
    error = models.TextField()
    tries = models.IntegerField(default=1)
    failed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "log_set_aside"
        constraints = [models.UniqueConstraint(fields=["consumer", "position"], name="log_set_aside_once")]
        indexes = [models.Index(fields=["tenant_id", "-failed_at"], name="log_set_aside_newest")]


class Aged(TenantModel):
    """How far the log was walked for what has grown old by one rule; `kinds` is a digest of the kinds of fact that were looked for."""

    unaudited = "how far the nightly walk has come"

    rule = models.TextField()
    kinds = models.TextField()
    position = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "log_aged"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "rule"], name="log_aged_once")]

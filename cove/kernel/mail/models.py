from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField


class Mail(TenantModel):
    """One mail to one address. Its body is sealed, and blanked when the mail is settled: links in it open accounts.

    `handing_over` is committed before the body goes to the server: from then on nobody but the server's answer knows whether it went.
    """

    unaudited = "the queue of outgoing mail; each mail keeps its own history"

    steward = "select"

    class State(models.TextChoices):
        PENDING = "pending"
        SENDING = "sending"
        HANDING_OVER = "handing_over"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"

    once_key = models.TextField()
    recipient = models.TextField()
    subject = models.TextField()
    text = SecretField(default="")
    html = SecretField(default="")
    state = models.TextField(choices=State.choices, default=State.PENDING)
    reason = models.TextField(default="")
    answer = models.TextField(default="")
    attempts = models.IntegerField(default=0)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    claimed_by = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "mail"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "once_key"], name="mail_once")]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="pending"), name="mail_due"),
            models.Index(
                fields=["claimed_by"], condition=Q(state__in=["sending", "handing_over"]), name="mail_under_way"
            ),
            models.Index(fields=["finished_at"], name="mail_finished"),
            models.Index(fields=["tenant_id", "-id"], name="mail_newest"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Mail]:
        """Return the mails this actor may see: all of his tenant, without their bodies."""
        return cls.objects.filter(tenant_id=actor.tenant_id).defer("text", "html")

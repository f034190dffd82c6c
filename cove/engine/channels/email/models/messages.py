from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.engine.channels.email.models.contents import EmailContent, EmailTemplate
from cove.engine.channels.email.models.domains import EmailSender
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class EmailMessage(TenantModel):
    """One mail to one person and what was heard of it.

    `address` is written when it goes out (a test names it beforehand), `host` is its part behind the at sign. `values` are what was given
    along for its variables. The times say when something was heard first; `opens` and `clicks` leave machines out.
    """

    unaudited = "each mail keeps its own history, and its facts are in the log"

    key = models.TextField()
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    sender = models.ForeignKey(EmailSender, models.PROTECT, related_name="+")
    template = models.ForeignKey(EmailTemplate, models.PROTECT, null=True, related_name="+")
    content = models.ForeignKey(EmailContent, models.PROTECT, related_name="+")
    member = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    cause = models.TextField(default="")
    values = models.JSONField(default=dict)
    test = models.BooleanField(default=False)
    address = models.TextField(default="")
    host = models.TextField(default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    reason = models.TextField(default="")
    bounced_at = models.DateTimeField(null=True)
    hardness = models.TextField(default="")
    complained_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opens = models.IntegerField(default=0)
    clicked_at = models.DateTimeField(null=True)
    clicks = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_message"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="email_message_once")]
        indexes = [
            models.Index(fields=["tenant_id", "created_at"], condition=Q(test=False), name="email_message_newest"),
            models.Index(fields=["tenant_id", "cause"], condition=~Q(cause=""), name="email_message_cause"),
            models.Index(fields=["tenant_id", "address"], condition=~Q(address=""), name="email_message_address"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[EmailMessage]:
        """Return the mails this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Account(TenantModel):
    """A customer account of the company's product, as its events tell of it (`group`, or `account` of an event). `key` is the sender's.

    `traits` are the company's server's word, `claims` that of pages, which anybody can forge. `name` is the server's if it gave one
    (`name_verified`), else the last claimed, else the key.
    """

    unaudited = "what the company's products tell of accounts, with each batch of events"

    key = models.TextField()
    name = models.TextField()
    name_verified = models.BooleanField(default=False)
    traits = models.JSONField(default=dict)
    claims = models.JSONField(default=dict)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="tracking_account_key_once")]
        indexes = [
            models.Index(fields=["tenant_id", "-last_seen_at", "-id"], name="tracking_account_by_last_seen"),
            models.Index(fields=["tenant_id", "name", "id"], name="tracking_account_by_name"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Account]:
        """Return the accounts this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class PqlTouch(TenantModel):
    """The first time that somebody did an event marked as PQL. Without a contact it waits until the visitor turns out to be one."""

    unaudited = "counted from events; that a contact got there is a fact in the log"

    event = models.TextField()
    account = models.TextField(default="")
    visitor_id = models.BigIntegerField()
    contact = models.ForeignKey("people.Contact", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_pql_touch"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "event", "contact"],
                condition=~Q(contact=None),
                name="tracking_pql_touch_contact_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "event", "visitor_id"],
                condition=Q(contact=None),
                name="tracking_pql_touch_visitor_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "visitor_id"], name="tracking_pql_touch_visitor")]

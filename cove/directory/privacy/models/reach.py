from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class ChannelChoice(TenantModel):
    """Whether a contact wants to be reached by a channel (``all``: by any). No row: nothing was said."""

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    channel = models.TextField()
    unsubscribed = models.BooleanField()
    source = models.TextField()
    reason = models.TextField(default="")
    member_id = models.BigIntegerField(null=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_channel_choice"
        constraints = [models.UniqueConstraint(fields=["contact", "channel"], name="privacy_channel_choice_once")]


class PreferenceLink(TenantModel):
    """A link to a contact's preference page, found by the hash of the number in it. Withdrawn, it opens nothing any more."""

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    digest = models.TextField(unique=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_preference_link"
        indexes = [models.Index(fields=["contact", "-id"], name="privacy_preference_link_newest")]

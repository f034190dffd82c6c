from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class Purpose(TenantModel):
    """What a tenant uses people's data for. `opt_in`: whoever was never asked has not agreed. An inactive one is asked no more."""

    key = models.TextField()
    name = models.TextField()
    name_en = models.TextField(default="")
    opt_in = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_purpose"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "key"], name="privacy_purpose_once"),
            models.UniqueConstraint(fields=["tenant_id", "name"], name="privacy_purpose_name_once"),
        ]


class PurposeText(TenantModel):
    """One wording of a purpose. A changed text is a new version; the old one stays, because consents name it."""

    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="texts")
    version = models.IntegerField()
    text = models.TextField()
    text_en = models.TextField(default="")
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_purpose_text"
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="privacy_purpose_text_once")]


class Consent(TenantModel):
    """What a contact said last to a purpose. No row: never asked."""

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="+")
    given = models.BooleanField()
    version = models.IntegerField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_consent"
        constraints = [models.UniqueConstraint(fields=["contact", "purpose"], name="privacy_consent_once")]
        indexes = [models.Index(fields=["purpose", "contact"], name="privacy_consent_by_purpose")]


class ConsentEvent(TenantModel):
    """A consent given or withdrawn: when, by which way, to which text, with what evidence. Only ever added to."""

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="+")
    given = models.BooleanField()
    version = models.IntegerField()
    source = models.TextField()
    reason = models.TextField(default="")
    member_id = models.BigIntegerField(null=True)
    address = models.TextField(default="")
    agent = models.TextField(default="")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_consent_event"
        indexes = [models.Index(fields=["contact", "-id"], name="privacy_consent_event_newest")]

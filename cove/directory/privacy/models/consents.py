from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Purpose(TenantModel):
    """What a tenant uses people's data for. `opt_in`: whoever was never asked has not agreed. An inactive one is asked no more."""

    shown_as = Record(
        Words("个人信息用途", "Purpose"),
        argument="purpose_id",
        title="name",
        columns={
            "key": Words("标识", "Key"),
            "name_en": Words("英文名称", "English name"),
            "opt_in": Words("需同意", "Asks for consent"),
            "active": Words("启用", "Active"),
        },
    )

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

    shown_as = Record(
        Words("用途说明", "Text of a purpose"),
        columns={
            "purpose_id": Words("用途", "Purpose"),
            "version": Words("版本", "Version"),
            "text": Words("文本", "Text"),
            "text_en": Words("英文文本", "English text"),
        },
    )

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

    shown_as = Record(
        Words("同意", "Consent"),
        columns={
            "purpose_id": Words("用途", "Purpose"),
            "given": Words("已同意", "Given"),
            "version": Words("版本", "Version"),
        },
    )

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

    shown_as = Record(
        Words("同意记录", "Record of consent"),
        columns={
            "purpose_id": Words("用途", "Purpose"),
            "given": Words("已同意", "Given"),
            "version": Words("版本", "Version"),
            "reason": Words("原因", "Reason"),
            "address": Words("地址", "Address"),
            "agent": Words("浏览器", "Browser"),
        },
    )

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

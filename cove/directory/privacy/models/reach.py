from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class ChannelChoice(TenantModel):
    """Whether a contact wants to be reached by a channel (``all``: by any). No row: nothing was said."""

    shown_as = Record(
        Words("渠道退订", "Choice of a channel"),
        columns={
            "channel": Words("渠道", "Channel"),
            "unsubscribed": Words("已退订", "Unsubscribed"),
            "reason": Words("原因", "Reason"),
            "address": Words("地址", "Address"),
            "agent": Words("浏览器", "Browser"),
        },
    )

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

    never_audited = ("digest",)
    shown_as = Record(
        Words("偏好链接", "Preference link"),
        columns={
            "digest": Words("链接", "Link"),
            "made_by": Words("创建人", "Made by"),
            "made_at": Words("创建时间", "Made at"),
            "expires_at": Words("过期时间", "Expires at"),
            "revoked_at": Words("停用时间", "Revoked at"),
        },
    )

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

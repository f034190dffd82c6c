"""Who is looking at a timeline right now."""

from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class Watch(TenantModel):
    """A member has a contact's timeline open until `until`, and wants to hear of what is new.

    `told_at` is when he was last told, `oldest` the earliest time of a fact of which he was not told since.
    """

    unaudited = "who has a page open at this minute"

    member = models.ForeignKey("org.Member", on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey("people.Contact", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    oldest = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "timeline_watch"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "contact", "member"], name="timeline_watch_once"),
        ]
        indexes = [models.Index(fields=["tenant_id", "until"], name="timeline_watch_open")]

from __future__ import annotations

from django.db import models

from cove.directory.people.models.contacts import Contact
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class DeletedNote(TenantModel):
    """A note that was deleted, as long as the timeline still has a copy of its text. `note_id` is the position of its fact."""

    steward = "select"
    shown_as = Record(
        Words("已删除的跟进记录", "Deleted note"),
        columns={"deleted_at": Words("删除时间", "Deleted at")},
    )

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    note_id = models.BigIntegerField()
    deleted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_deleted_note"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "note_id"], name="people_deleted_note_once")]

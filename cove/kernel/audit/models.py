from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from cove.kernel.scope import TenantModel


class AuditEntry(TenantModel):
    """One deed. `deed` is its kind (`cove.kernel.audit.deeds`), `command` and `operation` say which command it was.

    `member_id` acted, through the API key `key_id` or for `acting_for` if those are set; `chain` holds the facts and rules because
    of which Cove itself acted. `inner` names the commands that ran inside this one. `record_ids` are set instead of `record_id`
    when one deed was about several.
    """

    application = "append"
    unaudited = "it is the audit log itself"

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"
        FAILED = "failed"

    at = models.DateTimeField()
    deed = models.TextField()
    command = models.TextField(default="")
    operation = models.TextField(default="")
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.DONE)
    actor_kind = models.TextField()
    member_id = models.BigIntegerField(null=True)
    key_id = models.BigIntegerField(null=True)
    acting_for = models.BigIntegerField(null=True)
    record_kind = models.TextField(default="")
    record_id = models.BigIntegerField(null=True)
    record_ids = ArrayField(models.BigIntegerField(), null=True)
    door = models.TextField()
    address = models.TextField(default="")
    agent = models.TextField(default="")
    request_id = models.TextField(default="")
    path = models.TextField(default="")
    session_id = models.BigIntegerField(null=True)
    chain = models.JSONField(default=list)
    inner = ArrayField(models.TextField(), default=list)
    details = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "audit_entry"
        # Each for one way of asking; those of a few rows only are partial, so that the many rows of Cove itself do not fill them.
        indexes = [
            models.Index(fields=["tenant_id", "at", "id"], name="audit_entry_newest"),
            models.Index(
                fields=["tenant_id", "member_id", "at", "id"],
                condition=Q(member_id__isnull=False),
                name="audit_entry_of_member",
            ),
            models.Index(
                fields=["tenant_id", "record_kind", "record_id", "at", "id"],
                condition=Q(record_id__isnull=False),
                name="audit_entry_of_record",
            ),
            models.Index(fields=["tenant_id", "operation", "at", "id"], name="audit_entry_by_operation"),
            models.Index(
                fields=["tenant_id", "deed", "at", "id"], condition=~Q(deed="audit.command"), name="audit_entry_by_deed"
            ),
            GinIndex(fields=["record_ids"], condition=Q(record_ids__isnull=False), name="audit_entry_of_records"),
        ]


class AuditChange(TenantModel):
    """One row that an entry changed, written by triggers alone: only the columns that changed, as they were and as they became.

    `concealed` names changed columns whose values are never kept. A statement that changed very many rows is summed up in one change:
    `row_id` is null, `rows` their number, `columns` what changed in the first of them, `sample` the ids of those.
    `forgotten`: the values were personal and are erased.
    """

    application = "read"
    unaudited = "it is the audit log itself"

    class Op(models.TextChoices):
        INSERT = "insert"
        UPDATE = "update"
        DELETE = "delete"

    entry_id = models.BigIntegerField()
    kind = models.TextField()
    row_id = models.BigIntegerField(null=True)
    op = models.TextField(choices=Op.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    concealed = ArrayField(models.TextField(), null=True)
    contact_id = models.BigIntegerField(null=True)
    rows = models.BigIntegerField(default=1)
    columns = ArrayField(models.TextField(), null=True)
    sample = ArrayField(models.BigIntegerField(), null=True)
    forgotten = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "audit_change"
        indexes = [
            models.Index(fields=["entry_id", "id"], name="audit_change_of_entry"),
            models.Index(
                fields=["tenant_id", "kind", "row_id", "entry_id"],
                condition=Q(row_id__isnull=False),
                name="audit_change_of_row",
            ),
            models.Index(
                fields=["tenant_id", "contact_id", "entry_id"],
                condition=Q(contact_id__isnull=False),
                name="audit_change_of_contact",
            ),
        ]

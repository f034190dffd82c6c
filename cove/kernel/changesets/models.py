from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.actor import Actor
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class ChangeSet(TenantModel):
    """One change of many rows. `about_id` is the member whose rows they were, if they were one member's."""

    shown_as = Record(
        Words("批量修改", "Mass change"),
        columns={
            "kind": Words("类型", "Kind"),
            "arguments": Words("参数", "Arguments"),
            "about_id": Words("对象", "About"),
            "made_by": Words("发起人", "Made by"),
            "made_at": Words("发起时间", "Made at"),
            "finished_at": Words("完成时间", "Finished at"),
            "undo_until": Words("可撤销至", "Can be undone until"),
            "undone_by": Words("撤销人", "Undone by"),
            "undone_at": Words("撤销时间", "Undone at"),
            "run_id": Words("任务", "Job"),
            "total": Words("总数", "Total"),
            "changed": Words("已修改", "Changed"),
            "skipped": Words("跳过", "Skipped"),
            "taken_back": Words("已撤销", "Taken back"),
            "conflicts": Words("冲突", "Conflicts"),
        },
    )

    class State(models.TextChoices):
        PLANNING = "planning"
        RUNNING = "running"
        DONE = "done"
        STOPPED = "stopped"
        UNDOING = "undoing"
        UNDONE = "undone"

    kind = models.TextField()
    arguments = models.JSONField(default=dict)
    state = models.TextField(choices=State.choices, default=State.PLANNING)
    about_id = models.BigIntegerField(null=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undo_until = models.DateTimeField()
    undone_by = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    run_id = models.BigIntegerField(null=True)
    total = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    skipped = models.BigIntegerField(default=0)
    taken_back = models.BigIntegerField(default=0)
    conflicts = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "changesets_set"
        indexes = [models.Index(fields=["tenant_id", "kind", "-id"], name="changesets_set_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[ChangeSet]:
        """Return the change sets that the actor made, and those about members whom his right to that kind reaches."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        if actor.kind == "system":
            return rows
        seen = Q(made_by=actor.member_id) if actor.member_id is not None else Q(pk__in=[])
        for kind in change_kinds:
            reach = actor.reach(kind.operation)
            if reach.everybody:
                seen |= Q(kind=kind.key)
            elif reach.member_ids and actor.may(kind.operation):
                seen |= Q(kind=kind.key, about_id__in=reach.member_ids)
        return rows.filter(seen)


class ChangeItem(TenantModel):
    """One row of a change set: `part` and `subject_id` say what, `target_id` to whom it went, `change` what undoing needs.

    `reason` is why it stayed as it was, when carried out or when undone, in both languages.
    """

    unaudited = "each row of a mass change with what it was before; kept as long as it can be undone"

    class State(models.TextChoices):
        PLANNED = "planned"
        CHANGED = "changed"
        SKIPPED = "skipped"
        TAKEN_BACK = "taken_back"
        CONFLICT = "conflict"

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="items")
    part = models.TextField()
    subject_id = models.BigIntegerField()
    target_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=State.choices, default=State.PLANNED)
    change = models.JSONField(null=True)
    reason = models.JSONField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "changesets_item"
        constraints = [
            models.UniqueConstraint(fields=["change_set", "part", "subject_id"], name="changesets_item_once")
        ]
        indexes = [
            models.Index(fields=["change_set", "state", "id"], name="changesets_item_waiting"),
            models.Index(fields=["tenant_id", "part", "target_id", "-id"], name="changesets_item_to"),
            models.Index(fields=["tenant_id", "part", "subject_id", "-id"], name="changesets_item_of"),
        ]

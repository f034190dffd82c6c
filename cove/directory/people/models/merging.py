from __future__ import annotations

from django.db import models

from cove.directory.people.models.contacts import Contact
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class ContactMerge(TenantModel):
    """A contact who leads to another, since when, and until when if it was undone.

    `into` is whom he was merged into then; where that one was merged on, `Contact.merged_into` names the end of the way. `added` is what
    the one that stays got because of it (`cove.directory.people.queries.additions`): undoing takes back what is still as it was put.
    """

    never_audited = ("added",)
    shown_as = Record(
        Words("客户合并", "Merging of a contact"),
        argument="merge_id",
        columns={
            "into_id": Words("合并到", "Merged into"),
            "undone_at": Words("撤销时间", "Undone at"),
            "undone_by": Words("撤销人", "Undone by"),
        },
    )

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    into = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    added = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_merge"
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(undone_at__isnull=True), name="people_merge_one_open"
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = MERGE_CONTACTS) -> models.QuerySet[ContactMerge]:
        """Return the merges into contacts to whom this actor may do `operation`."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        if actor.reach(operation).everybody:
            return rows
        return rows.filter(into_id__in=Contact.leading_to(actor, operation).values("id"))


class SuspectedDuplicate(TenantModel):
    """Two contacts who may be one person, and why: a member decides. `one` has the smaller number.

    `reasons` are {kind, value, at}: by which name both were met. `told` is false where the list says it already: both lead to one contact,
    or another row is about the same two that stay.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DIFFERENT = "different"

    never_audited = ("reasons",)
    shown_as = Record(
        Words("疑似重复客户", "Suspected duplicate"),
        argument="duplicate_id",
        columns={
            "one_id": Words("客户", "Contact"),
            "other_id": Words("另一客户", "Other contact"),
            "decided_at": Words("处理时间", "Decided at"),
            "decided_by": Words("处理人", "Decided by"),
        },
    )

    one = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.OPEN)
    told = models.BooleanField(default=True)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_duplicate"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="people_duplicate_once")]
        indexes = [
            models.Index(
                fields=["tenant_id", "last_at", "id"],
                condition=models.Q(state="open", told=True),
                name="people_duplicate_newest",
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = MERGE_CONTACTS) -> models.QuerySet[SuspectedDuplicate]:
        """Return the pairs of contacts to both of whom this actor may do `operation`."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        if actor.reach(operation).everybody:
            return rows
        theirs = Contact.leading_to(actor, operation).values("id")
        return rows.filter(one_id__in=theirs, other_id__in=theirs)


class UserName(TenantModel):
    """A name of a user of the company's product that is one of several. Names of one `chain` (the number of one of them) are one user's."""

    unaudited = "names of users as the collector tells them; what comes of it, identities and visitors, is in the log"

    name = models.TextField()
    visitor_id = models.BigIntegerField()
    chain = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_user_name"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="people_user_name_once")]
        indexes = [models.Index(fields=["tenant_id", "chain"], name="people_user_name_by_chain")]

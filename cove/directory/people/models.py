from __future__ import annotations

from django.db import models

from cove.directory.people.permissions import SEE_CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.scope import TenantModel


class Contact(TenantModel):
    """A person, however many ways he came. Ids are dense 64-bit integers, so that sets of people are bitmaps."""

    name = models.TextField(default="")
    avatar_url = models.TextField(default="")
    gender = models.SmallIntegerField(default=0)
    company_name = models.TextField(default="")
    position = models.TextField(default="")
    phone = models.TextField(default="")
    email = models.TextField(default="")
    source = models.TextField(default="")
    source_detail = models.TextField(default="")
    source_ref = models.BigIntegerField(null=True)
    owner_count = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_contact"
        indexes = [
            models.Index(fields=["tenant_id", "created_at", "id"], name="people_contact_newest"),
            models.Index(fields=["tenant_id", "last_seen_at", "id"], name="people_contact_seen"),
            models.Index(fields=["tenant_id", "name", "id"], name="people_contact_by_name"),
            models.Index(fields=["tenant_id", "source", "source_ref", "created_at"], name="people_contact_by_source"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_CONTACTS) -> models.QuerySet[Contact]:
        """Return the contacts to whom this actor may do `operation`.

        A contact belongs to the members who follow him now, and when nobody does any more, to those who did.
        """
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        if reach.everybody:
            return rows
        theirs = Ownership.objects.filter(tenant_id=actor.tenant_id, member_id__in=reach.member_ids)
        now_or_last = theirs.filter(models.Q(until__isnull=True) | models.Q(contact__owner_count=0))
        return rows.filter(id__in=now_or_last.values("contact_id"))


class ContactIdentity(TenantModel):
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.TextField()
    value = models.TextField()
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_identity"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "kind", "value"], name="people_identity_once")]


class ContactVisitor(TenantModel):
    """An anonymous visitor who turned out to be a contact."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="visitors")
    visitor_id = models.BigIntegerField()
    how = models.TextField()
    joined_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_visitor"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "visitor_id"], name="people_visitor_once")]


class Ownership(TenantModel):
    """A member who follows a contact, since when, and until when if it is over."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="ownerships")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    way = models.IntegerField(null=True)
    remark = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_ownership"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "member"],
                condition=models.Q(until__isnull=True),
                name="people_ownership_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["member", "until"], name="people_ownership_by_member"),
            models.Index(
                fields=["member", "contact"], condition=models.Q(until__isnull=True), name="people_ownership_followed"
            ),
        ]


class TagGroup(TenantModel):
    class Library(models.TextChoices):
        MARKETING = "marketing"
        SALES = "sales"

    name = models.TextField()
    library = models.TextField(choices=Library.choices, default=Library.SALES)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_tag_group"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "library", "name"], name="people_tag_group_once")]


class Tag(TenantModel):
    group = models.ForeignKey(TagGroup, models.PROTECT, related_name="tags")
    name = models.TextField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_tag"
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="people_tag_once")]


class ContactTag(TenantModel):
    """A tag on a contact; `source` says who put it there."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="contact_tags")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="contact_tags")
    source = models.TextField()
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_contact_tag"
        constraints = [models.UniqueConstraint(fields=["contact", "tag"], name="people_contact_tag_once")]
        indexes = [models.Index(fields=["tag", "contact"], name="people_contact_tag_by_tag")]

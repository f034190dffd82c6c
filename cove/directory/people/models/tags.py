from __future__ import annotations

from django.db import models

from cove.directory.people.models.contacts import Contact
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class TagGroup(TenantModel):
    shown_as = Record(
        Words("标签组", "Tag group"),
        argument="group_id",
        title="name",
        columns={
            "library": Words("标签库", "Library"),
        },
    )

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
    shown_as = Record(
        Words("标签", "Tag"),
        argument="tag_id",
        title="name",
        columns={
            "group_id": Words("标签组", "Tag group"),
        },
    )

    group = models.ForeignKey(TagGroup, models.PROTECT, related_name="tags")
    name = models.TextField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_tag"
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="people_tag_once")]


class ContactTag(TenantModel):
    """A tag on a contact; `source` says who put it there."""

    shown_as = Record(
        Words("客户标签", "Tag on a contact"),
    )

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

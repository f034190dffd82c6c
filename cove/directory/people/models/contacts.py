from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce

from cove.directory.people.permissions import SEE_CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Contact(TenantModel):
    """A person, however many ways he came. Ids are dense 64-bit integers, so that sets of people are bitmaps.

    A contact who was merged leads to the one that stays, at once and never over a third (`merged_into`); what is his stays his.
    """

    is_the_person = True
    shown_as = Record(
        Words("客户", "Contact"),
        argument="contact_id",
        link="/people/contacts/{id}",
        title="name",
        columns={
            "name": Words("姓名", "Name"),
            "avatar_url": Words("头像", "Picture"),
            "gender": Words("性别", "Gender"),
            "company_name": Words("公司", "Company"),
            "position": Words("职位", "Position"),
            "phone": Words("手机号", "Phone"),
            "email": Words("邮箱", "E-mail"),
            "source_detail": Words("来源详情", "Where from"),
            "source_ref": Words("来源编号", "Number of the source"),
            "owner_count": Words("跟进人数", "Followers"),
            "last_seen_at": Words("最近活跃", "Last seen"),
            "merged_into_id": Words("合并到", "Merged into"),
        },
    )

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
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged", db_index=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_contact"
        indexes = [
            models.Index(fields=["tenant_id", "created_at", "id"], name="people_contact_newest"),
            models.Index(fields=["tenant_id", "last_seen_at", "id"], name="people_contact_seen"),
            models.Index(fields=["tenant_id", "name", "id"], name="people_contact_by_name"),
            models.Index(fields=["tenant_id", "source", "source_ref", "created_at"], name="people_contact_by_source"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="people_contact_merged"
            ),
            models.Index(fields=["tenant_id", "phone"], condition=~models.Q(phone=""), name="people_contact_by_phone"),
            models.Index(fields=["tenant_id", "email"], condition=~models.Q(email=""), name="people_contact_by_email"),
        ]

    @property
    def stays(self) -> Contact:
        """The contact to whom this one leads: himself, or the one he was merged into."""
        return self.merged_into or self

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_CONTACTS) -> models.QuerySet[Contact]:
        """Return the contacts to whom this actor may do `operation`, without those who were merged into others.

        A contact belongs to the members who follow him now, and when nobody does any more, to whoever did last.
        """
        return cls._within(cls.objects.filter(merged_into__isnull=True), actor, operation, "id")

    @classmethod
    def leading_to(cls, actor: Actor, operation: Operation = SEE_CONTACTS) -> models.QuerySet[Contact]:
        """Return the contacts to whom this actor may do `operation`, and those who were merged into them."""
        rows = cls.objects.annotate(leads_to=Coalesce("merged_into_id", "id"))
        return cls._within(rows, actor, operation, "leads_to")

    @staticmethod
    def _within(
        rows: models.QuerySet[Contact], actor: Actor, operation: Operation, whose: str
    ) -> models.QuerySet[Contact]:
        rows = rows.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        if reach.everybody:
            return rows
        # One EXISTS that PostgreSQL may turn into a join, from whichever side is smaller: the newest page costs about as much for one
        # member's contacts as for a third of a million's (docs/decisions/0036-roles-and-reach.md).
        theirs = Ownership.objects.filter(
            tenant_id=actor.tenant_id, member_id__in=reach.member_ids, contact_id=models.OuterRef(whose), held=True
        )
        return rows.filter(models.Exists(theirs))


class ContactIdentity(TenantModel):
    shown_as = Record(
        Words("客户身份", "Identity of a contact"),
        columns={
            "kind": Words("类型", "Kind"),
            "value": Words("值", "Value"),
        },
    )

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

    shown_as = Record(
        Words("客户的访客", "Visitor of a contact"),
        columns={
            "visitor_id": Words("访客", "Visitor"),
            "how": Words("方式", "How"),
            "joined_at": Words("合并时间", "Joined at"),
        },
    )

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="visitors")
    visitor_id = models.BigIntegerField()
    how = models.TextField()
    joined_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "people_visitor"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "visitor_id"], name="people_visitor_once")]


class Ownership(TenantModel):
    """A member who follows a contact, since when, and until when if it is over.

    `held`: the contact is his, as far as rights go: he follows him now, or was the last who did. `settle_owners` keeps it.
    """

    shown_as = Record(
        Words("跟进关系", "Following of a contact"),
        columns={
            "since": Words("开始", "Since"),
            "until": Words("结束", "Until"),
            "held": Words("归属", "Holds"),
            "way": Words("添加方式", "Way"),
            "remark": Words("备注", "Remark"),
        },
    )

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="ownerships")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    held = models.BooleanField(default=True)
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
            models.Index(fields=["member", "contact"], condition=models.Q(held=True), name="people_ownership_held"),
            models.Index(fields=["contact", "member"], condition=models.Q(held=True), name="people_ownership_holders"),
        ]


def _holders(row: Contact, _operation: Operation) -> set[int]:
    return set(Ownership.objects.filter(contact=row, held=True).values_list("member_id", flat=True))


record_kind(
    RecordKind(
        key="people_contact",
        label=Words("客户", "contact"),
        model=Contact,
        see=SEE_CONTACTS,
        name=lambda row: row.name,
        holders=_holders,
        holding=Words("由 {names} 跟进", "followed by {names}"),
        search=lambda text: models.Q(name__icontains=text) | models.Q(company_name__icontains=text),
    )
)

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cove.business.live_codes.permissions import SEE_CODES
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.scope import TenantModel


class LiveCode(TenantModel):
    """A code that is printed once; who stands behind it may change at any time. A deleted one keeps its slug and its figures."""

    name = models.TextField()
    slug = models.TextField(unique=True)
    welcome_text = models.TextField(default="")
    utm_source = models.TextField(default="")
    utm_medium = models.TextField(default="")
    utm_campaign = models.TextField(default="")
    utm_content = models.TextField(default="")
    utm_term = models.TextField(default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_code"
        constraints = [
            models.UniqueConstraint(
                "tenant_id", Lower("name"), condition=Q(deleted_at__isnull=True), name="live_codes_code_name_once"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "created_at", "id"], name="live_codes_code_newest")]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_CODES) -> models.QuerySet[LiveCode]:
        """Return the codes to which this actor may do `operation`.

        A code belongs to whoever made it; those who stand behind it see it, too.
        """
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        if reach.everybody:
            return rows
        theirs = Q(created_by_id__in=reach.member_ids)
        if operation is SEE_CODES:
            standing = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member_id__in=reach.member_ids)
            theirs |= Q(id__in=standing.values("code_id"))
        return rows.filter(theirs)


class LiveCodeMember(TenantModel):
    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="members")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    weight = models.IntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_member"
        constraints = [models.UniqueConstraint(fields=["code", "member"], name="live_codes_member_once")]


class LiveCodeTag(TenantModel):
    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="tags")
    tag = models.ForeignKey("people.Tag", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_tag"
        constraints = [models.UniqueConstraint(fields=["code", "tag"], name="live_codes_tag_once")]


class ContactWay(TenantModel):
    """A contact way on WeCom for one member of one code, recognised by its `state` when a friendship comes back through it.

    Each (code, member) has one standing way; the others are leased to single visits. `free_after` is when a leased one may be leased
    again; `failure` is why WeCom did not make it (a code of `cove.facts.delivery.REASONS`).
    """

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="ways")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    state = models.TextField(unique=True)
    standing = models.BooleanField(default=False)
    config_id = models.TextField(default="")
    qr_url = models.TextField(default="")
    failure = models.TextField(default="")
    free_after = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_way"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "member"], condition=Q(standing=True), name="live_codes_way_one_standing"
            )
        ]
        indexes = [
            models.Index(
                fields=["code", "member", "free_after"], condition=Q(standing=False), name="live_codes_way_free"
            )
        ]


class WayLease(TenantModel):
    """A way lent to one visit: a friendship made through it from `since` up to `until` is this visitor's, the first one only."""

    way = models.ForeignKey(ContactWay, models.CASCADE, related_name="leases")
    visit = models.TextField()
    visitor_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_lease"
        indexes = [
            models.Index(fields=["tenant_id", "visit"], name="live_codes_lease_of_visit"),
            models.Index(fields=["way", "since"], name="live_codes_lease_of_way"),
        ]


class ScanDay(TenantModel):
    """How often a code was opened on a day of the tenant's calendar, by the member who was shown."""

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="+")
    member = models.ForeignKey("org.Member", models.CASCADE, related_name="+")
    day = models.DateField()
    scans = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_scan_day"
        constraints = [models.UniqueConstraint(fields=["code", "day", "member"], name="live_codes_scan_day_once")]


class ScanVisitor(TenantModel):
    """A visitor who opened a code on a day: the rows are what "visitors" counts, over a day or any span of days."""

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="+")
    day = models.DateField()
    visitor_id = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_scan_visitor"
        constraints = [
            models.UniqueConstraint(fields=["code", "day", "visitor_id"], name="live_codes_scan_visitor_once")
        ]


class CodeFriendship(TenantModel):
    """A friendship that began through a code, and the day it ended if it did. Adds and losses are counted from these rows.

    Nobody's once the contact was erased: it still counts.
    """

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="friendships")
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_friendship"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "member"], condition=Q(ended_at__isnull=True), name="live_codes_friendship_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["code", "began_on"], name="live_codes_friendship_began"),
            models.Index(
                fields=["code", "ended_on"], condition=Q(ended_at__isnull=False), name="live_codes_friendship_ended"
            ),
        ]

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.engine.channels.wecom.contracts.states import MassState, MomentState, TransferState
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomMassTask(TenantModel):
    """A mass message that members have to confirm. `msgid` is the platform's, `cause` as in `cove.facts.messages`.

    `read_at` is when its results were last asked for; they are asked for until all is told or `ends_at` has come. `asked_by` is null
    where no member asked for it. `reminded_at` is when members were last reminded, `reminder` why they were not.
    """

    shown_as = Record(
        Words("企业群发", "Mass message"),
        argument="task_id",
        title="subject",
        link="/reach/wecom-mass/{id}",
        columns={
            "subject": Words("名称", "Name"),
            "state": Words("状态", "State"),
            "reason": Words("原因", "Reason"),
        },
    )

    key = models.TextField()
    chat_type = models.TextField()
    content = models.JSONField()
    asked_by = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")
    sender = models.TextField(default="")
    cause = models.TextField(default="")
    subject = models.TextField(default="")
    msgid = models.TextField(default="")
    state = models.TextField(choices=[(one, one) for one in MassState], default=MassState.WAITING)
    reason = models.TextField(default="")
    errcode = models.IntegerField(null=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    reminder = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_mass_task"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="wecom_mass_task_once")]
        indexes = [
            models.Index(fields=["read_at"], condition=models.Q(state="made"), name="wecom_mass_task_open"),
            models.Index(fields=["tenant_id", "-id"], name="wecom_mass_task_newest"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomMassTask]:
        """Return the mass messages of the actor's company. Raises Forbidden."""
        actor.require(SEND_MASS)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WecomMassMember(TenantModel):
    """A member who has a mass message to confirm, as the platform last told it; `sent_at` is null until he did."""

    unaudited = "one row for each member of a mass message; what he sent to whom is a fact in the log"

    task = models.ForeignKey(WecomMassTask, models.CASCADE, related_name="members")
    userid = models.TextField()
    sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_mass_member"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "task", "userid"], name="wecom_mass_member_once")]


class WecomMassTarget(TenantModel):
    """One customer or group of a mass message; `state` as in `contracts.states.TargetState`, `userid` the member who has the task.

    `reason` is a code of `cove.facts.delivery.REASONS` for whom it did not reach. Whoever was left out from the beginning, and has no
    name at the platform, has the target ``contact:<number>``.
    """

    unaudited = "one row for each who is written to; what became of it is a fact in the log"

    task = models.ForeignKey(WecomMassTask, models.CASCADE, related_name="targets")
    target = models.TextField()
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    userid = models.TextField(default="")
    state = models.TextField(default="waiting")
    reason = models.TextField(default="")
    sent_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_mass_target"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "task", "target"], name="wecom_mass_target_once")]
        indexes = [models.Index(fields=["tenant_id", "target", "sent_at"], name="wecom_mass_target_sent")]


class WecomMoment(TenantModel):
    """A moment that members have to publish; `jobid` is the platform's job that makes it, `moment_id` what came of it.

    Without `userids` it is for every member with customers, without `tag_ids` for all their customers. `read_at`, `ends_at` and `asked_by`
    as in `WecomMassTask`.
    """

    shown_as = Record(
        Words("企业朋友圈", "Moment"),
        argument="moment_id",
        title="subject",
        link="/reach/moments/{id}",
        columns={
            "subject": Words("名称", "Name"),
            "state": Words("状态", "State"),
            "reason": Words("原因", "Reason"),
        },
    )

    key = models.TextField()
    content = models.JSONField()
    asked_by = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")
    userids = ArrayField(models.TextField(), default=list)
    tag_ids = ArrayField(models.BigIntegerField(), default=list)
    subject = models.TextField(default="")
    jobid = models.TextField(default="")
    moment_id = models.TextField(default="")
    state = models.TextField(choices=[(one, one) for one in MomentState], default=MomentState.WAITING)
    reason = models.TextField(default="")
    errcode = models.IntegerField(null=True)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_moment"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="wecom_moment_once")]
        indexes = [models.Index(fields=["tenant_id", "-id"], name="wecom_moment_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomMoment]:
        """Return the moments of the actor's company. Raises Forbidden."""
        actor.require(SEND_MASS)
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WecomMomentMember(TenantModel):
    """A member who has a moment to publish."""

    unaudited = "one row for each member of a moment; that he published it is a fact in the log"

    moment = models.ForeignKey(WecomMoment, models.CASCADE, related_name="members")
    userid = models.TextField()
    published_at = models.DateTimeField(null=True)
    likes = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_moment_member"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "moment", "userid"], name="wecom_moment_member_once")
        ]


class WecomMomentReaction(TenantModel):
    """That a customer liked a member's moment or commented on it, once each time."""

    unaudited = "what customers did, as the platform tells it; each is a fact in the log"

    moment = models.ForeignKey(WecomMoment, models.CASCADE, related_name="reactions")
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    userid = models.TextField()
    form = models.TextField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_moment_reaction"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "moment", "contact", "userid", "form", "at"], name="wecom_moment_reaction_once"
            )
        ]


class WecomTransfer(TenantModel):
    """A customer who moves from one member to another on the platform, because he was handed over here."""

    shown_as = Record(
        Words("客户继承", "Transfer of a customer"),
        columns={
            "state": Words("状态", "State"),
            "reason": Words("原因", "Reason"),
            "asked_at": Words("发起时间", "Asked at"),
        },
    )

    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    external_userid = models.TextField()
    from_member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    to_member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    from_userid = models.TextField()
    to_userid = models.TextField()
    resigned = models.BooleanField(default=False)
    change_set_id = models.BigIntegerField()
    state = models.TextField(choices=[(one, one) for one in TransferState], default=TransferState.WANTED)
    reason = models.TextField(default="")
    errcode = models.IntegerField(null=True)
    wanted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_transfer"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "change_set_id", "external_userid", "from_userid"], name="wecom_transfer_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["wanted", "asking", "waiting"]),
                name="wecom_transfer_open",
            )
        ]

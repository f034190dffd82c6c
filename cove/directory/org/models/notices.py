from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.directory.org.models.members import Member
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Notice(TenantModel):
    """Something a member is told. Its words are made from `kind` and `values` when it is read, in the reader's language.

    `more` counts those that were folded into it. `silent`: the member muted this kind, so it does not count as unread.
    `contact_id` is the person it names, so that he can be forgotten here as well.
    """

    unaudited = "news for one member, written by the machine and read by him"

    steward = "select"

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.TextField()
    values = models.JSONField(default=dict)
    url = models.TextField(default="")
    contact_id = models.BigIntegerField(null=True)
    more = models.IntegerField(default=0)
    silent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_notice"
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="org_notice_newest"),
            models.Index(fields=["member"], condition=Q(read_at=None, silent=False), name="org_notice_unread"),
            models.Index(fields=["contact_id"], condition=Q(contact_id__isnull=False), name="org_notice_about"),
            models.Index(fields=["created_at"], name="org_notice_oldest"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Notice]:
        """Return the acting member's own notices; nobody sees another's."""
        return cls.objects.filter(tenant_id=actor.tenant_id, member_id=actor.member_id or 0)


class NoticeSending(TenantModel):
    """A notice on its way out: by WeCom or by mail, at once or with the daily mail, and how that ended.

    `mail_key` names the mail it left with; from there on the mail knows what became of it.
    """

    unaudited = "the queue of notices on their way"

    class State(models.TextChoices):
        WAITING = "waiting"
        ORDERED = "ordered"
        SENT = "sent"
        READ = "read"
        FAILED = "failed"

    steward = "select"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sendings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.TextField()
    way = models.TextField()
    daily = models.BooleanField(default=False)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    reason = models.TextField(default="")
    mail_key = models.TextField(default="")
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_notice_sending"
        constraints = [models.UniqueConstraint(fields=["notice", "way"], name="org_notice_sending_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="org_notice_sending_due"),
            models.Index(fields=["member", "kind", "way", "-due_at"], name="org_notice_sending_burst"),
        ]


class NoticeSettings(TenantModel):
    """What a member chose, or with no member what the administrator chose for everybody who did not.

    `choices` is kind to way to mode. Null means: not chosen here. `quiet_from` and `quiet_until` are “22:00”, empty for no quiet hours.
    `digested_on` is the day, in the tenant's calendar, of the member's last daily mail.
    """

    shown_as = Record(
        Words("通知设置", "Notification settings"),
        columns={
            "choices": Words("选择", "Choices"),
            "quiet_from": Words("免打扰开始", "Quiet from"),
            "quiet_until": Words("免打扰结束", "Quiet until"),
            "digest_hour": Words("汇总时间", "Hour of the digest"),
            "sound": Words("声音", "Sound"),
            "digested_on": Words("最近汇总", "Last digest"),
        },
    )

    member = models.OneToOneField(Member, models.CASCADE, null=True, related_name="+")
    choices = models.JSONField(default=dict)
    quiet_from = models.TextField(null=True)
    quiet_until = models.TextField(null=True)
    digest_hour = models.SmallIntegerField(null=True)
    sound = models.BooleanField(null=True)
    digested_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_notice_settings"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id"], condition=Q(member=None), name="org_notice_defaults_once")
        ]

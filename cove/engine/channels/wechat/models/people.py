from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cove.engine.channels.wechat.models.accounts import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WechatFollower(TenantModel):
    """Somebody as one account knows him: a follower, or a user of a mini-program.

    `changed_at` is the platform's time of the newest event about following (null: none was told), so that an older one that comes late
    changes nothing. Until the platform has said who he is, `contact` is null. `talk_*` and `touch_*` are the windows in which the account
    may write to him, see `contracts/windows.py`; `mass_count` is how many mass messages he had in the month that begins with `mass_month`.
    """

    shown_as = Record(
        Words("公众号粉丝", "WeChat follower"),
        columns={
            "openid": Words("微信 OpenID", "WeChat OpenID"),
            "unionid": Words("微信 UnionID", "WeChat UnionID"),
            "following": Words("关注中", "Following"),
            "followed_at": Words("关注时间", "Followed at"),
            "changed_at": Words("变更时间", "Changed at"),
            "scene": Words("来源", "Scene"),
            "remark": Words("备注", "Remark"),
            "tag_ids": Words("平台标签", "Platform tags"),
            "seen_on": Words("最近登录", "Last signed in"),
        },
    )
    never_audited = ("talk_until", "talk_left", "touch_until", "touch_left", "mass_month", "mass_count")

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="followers")
    openid = models.TextField()
    unionid = models.TextField(default="")
    contact = models.ForeignKey("people.Contact", models.CASCADE, null=True, related_name="+")
    following = models.BooleanField(default=False)
    followed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    scene = models.TextField(default="")
    qr_scene = models.TextField(default="")
    remark = models.TextField(default="")
    tag_ids = ArrayField(models.IntegerField(), default=list)
    seen_on = models.DateField(null=True)
    talk_until = models.DateTimeField(null=True)
    talk_left = models.IntegerField(default=0)
    touch_until = models.DateTimeField(null=True)
    touch_left = models.IntegerField(default=0)
    mass_month = models.DateField(null=True)
    mass_count = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_follower"
        constraints = [models.UniqueConstraint(fields=["account", "openid"], name="wechat_follower_once")]
        indexes = [
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="wechat_follower_contact"),
            models.Index(fields=["account", "id"], condition=Q(following=True), name="wechat_follower_following"),
            models.Index(fields=["tenant_id", "openid"], name="wechat_follower_by_openid"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatFollower]:
        """Return the followers of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatSent(TenantModel):
    """A template message or notice whose fate the platform tells later: `msg_id` is its own number, empty where it gives none."""

    unaudited = "which of the platform's numbers is which message, until it has told what became of it"

    follower = models.ForeignKey(WechatFollower, models.CASCADE, related_name="+")
    msg_id = models.TextField(default="")
    template_id = models.TextField()
    message_key = models.TextField()
    cause = models.TextField(default="")
    subject = models.TextField(default="")
    at = models.DateTimeField()
    told = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_sent"
        indexes = [
            models.Index(fields=["follower", "msg_id"], name="wechat_sent_by_number"),
            models.Index(fields=["at"], name="wechat_sent_by_time"),
        ]

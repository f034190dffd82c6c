from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.engine.channels.wechat.models.accounts import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WechatReply(TenantModel):
    """What an account answers by itself: to who begins to follow, to a text with a keyword, or to any other text.

    `messages` are up to three contents of customer-service messages (`contracts/messages.py`).
    """

    class On(models.TextChoices):
        FOLLOW = "follow"
        KEYWORD = "keyword"
        OTHER = "other"

    shown_as = Record(
        Words("公众号自动回复", "Automatic reply"),
        argument="reply_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "on": Words("触发", "On"),
            "keywords": Words("关键词", "Keywords"),
            "whole": Words("完全匹配", "Whole text"),
            "active": Words("启用", "Active"),
        },
    )

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="replies")
    on = models.TextField(choices=On.choices)
    name = models.TextField()
    keywords = ArrayField(models.TextField(), default=list)
    whole = models.BooleanField(default=False)
    messages = models.JSONField(default=list)
    active = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_reply"
        indexes = [models.Index(fields=["account", "on"], name="wechat_reply_on")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatReply]:
        """Return the replies of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatCode(TenantModel):
    """A QR code with a scene. `ticket` and `url` are empty until the platform has made it; a temporary one ends at `expires_at`.

    Whoever scans it gets the tags `tag_ids` and, before any other reply, `messages`.
    """

    shown_as = Record(
        Words("公众号二维码", "WeChat scene code"),
        argument="scene_code_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "scene": Words("场景值", "Scene"),
            "permanent": Words("永久", "Permanent"),
            "expires_at": Words("到期时间", "Expires at"),
            "url": Words("二维码内容", "Content"),
            "problem": Words("问题", "Problem"),
        },
    )

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="codes")
    name = models.TextField()
    scene = models.TextField()
    permanent = models.BooleanField(default=True)
    seconds = models.IntegerField(default=0)
    ticket = models.TextField(default="")
    url = models.TextField(default="")
    problem = models.TextField(default="")
    expires_at = models.DateTimeField(null=True)
    tag_ids = ArrayField(models.BigIntegerField(), default=list)
    messages = models.JSONField(default=list)
    scans = models.IntegerField(default=0)
    follows = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_code"
        constraints = [models.UniqueConstraint(fields=["account", "scene"], name="wechat_code_scene_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatCode]:
        """Return the codes of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatMenu(TenantModel):
    """The menu of an account as Cove wants it: `buttons` for everybody. `put_at` says when the platform took it, `problem` why not."""

    shown_as = Record(
        Words("公众号菜单", "WeChat menu"),
        columns={
            "buttons": Words("按钮", "Buttons"),
            "put_at": Words("发布时间", "Published at"),
            "problem": Words("问题", "Problem"),
        },
    )

    account = models.OneToOneField(WechatAccount, models.CASCADE, related_name="menu")
    buttons = models.JSONField(default=list)
    put_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_menu"

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatMenu]:
        """Return the menus of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatTemplate(TenantModel):
    """A template of the account as last read from the platform; `form` is template (template messages) or subscription (notices)."""

    unaudited = "what the platform has, read again whenever somebody asks"

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="templates")
    form = models.TextField()
    template_id = models.TextField()
    title = models.TextField(default="")
    content = models.TextField(default="")
    example = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_template"
        constraints = [models.UniqueConstraint(fields=["account", "template_id"], name="wechat_template_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatTemplate]:
        """Return the templates of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

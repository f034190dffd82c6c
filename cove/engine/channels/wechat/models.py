from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cove.engine.channels.wechat.contracts.cards import DEFAULT_BASE_URL
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words


class WechatAccount(TenantModel):
    """An official account or a mini-program of the tenant; `public_id` names it in the callback's address.

    `sealed_only`: its callbacks come in the safe mode, and others are refused.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official"
        MINI = "mini"

    shown_as = Record(
        Words("公众号或小程序", "WeChat account"),
        argument="account_id",
        link="/settings/wechat/{id}",
        title="name",
        columns={
            "public_id": Words("回调标识", "Callback id"),
            "app_id": Words("AppID", "AppID"),
            "original_id": Words("原始 ID", "Original id"),
            "secret": Words("AppSecret", "AppSecret"),
            "callback_token": Words("回调 Token", "Callback token"),
            "aes_key": Words("回调密钥", "Callback key"),
            "sealed_only": Words("安全模式", "Safe mode"),
            "base_url": Words("接口地址", "API address"),
            "verified_at": Words("验证时间", "Verified at"),
            "last_callback_at": Words("最近回调", "Last callback"),
            "synced_at": Words("同步时间", "Synchronised at"),
        },
    )

    kind = models.TextField(choices=Kind.choices)
    name = models.TextField()
    public_id = models.TextField(unique=True)
    app_id = models.TextField()
    original_id = models.TextField(default="")
    secret = SecretField(default="")
    callback_token = SecretField(default="")
    aes_key = SecretField(default="")
    sealed_only = models.BooleanField(default=True)
    base_url = models.TextField(default=DEFAULT_BASE_URL)
    verified_at = models.DateTimeField(null=True)
    last_callback_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_account"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "app_id"], name="wechat_account_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatAccount]:
        """Return the accounts of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatToken(TenantModel):
    """A key to the platform of one account, shared by all processes; `purpose` is access (the access token) or jsapi (the page ticket).

    Whoever holds the lease fetches the next one; the others wait for it.
    """

    unaudited = "the machine's access to the platform, renewed every two hours"

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="tokens")
    purpose = models.TextField()
    token = SecretField(default="")
    expires_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_token"
        constraints = [models.UniqueConstraint(fields=["account", "purpose"], name="wechat_token_once")]


class WechatFollower(TenantModel):
    """Somebody as one account knows him: a follower, or a user of a mini-program.

    `changed_at` is the platform's time of the newest event about following (null: none was told), so that an older one that comes late
    changes nothing. Until the platform has said who he is, `contact` is null. `talk_*` and `touch_*` are the windows in which the account
    may write to him, see `contracts/windows.py`.
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
    never_audited = ("talk_until", "talk_left", "touch_until", "touch_left")

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

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cove.engine.channels.wecom.contracts.states import MassRule
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField
from cove.kernel.words import Words

DEFAULT_BASE_URL = "https://qyapi.weixin.qq.com"


class WecomChannel(TenantModel):
    """A tenant's self-built application on WeCom; `public_id` names it in the callback's address, `sign_in`: members may sign in by it."""

    shown_as = Record(
        Words("企业微信接入", "WeCom connection"),
        argument="channel_id",
        columns={
            "public_id": Words("回调标识", "Callback id"),
            "corp_id": Words("企业 ID", "Corp id"),
            "agent_id": Words("应用 ID", "Agent id"),
            "secret": Words("应用密钥", "Secret"),
            "callback_token": Words("回调 Token", "Callback token"),
            "aes_key": Words("回调密钥", "Callback key"),
            "base_url": Words("接口地址", "API address"),
            "verified_at": Words("验证时间", "Verified at"),
            "last_callback_at": Words("最近回调", "Last callback"),
            "refused_at": Words("最近被拒的回调", "Last refused callback"),
            "refused_reason": Words("被拒原因", "Why it was refused"),
            "synced_at": Words("同步时间", "Synchronised at"),
            "archive": Words("接收会话存档", "Conversations are taken over"),
            "archive_seq": Words("存档读取位置", "Archive read up to"),
            "archive_read_at": Words("存档读取时间", "Archive read at"),
            "mass_rule": Words("客户接收群发的上限", "Mass messages a customer may have"),
        },
    )

    steward = "select"

    public_id = models.TextField(unique=True)
    corp_id = models.TextField(default="")
    agent_id = models.TextField(default="")
    secret = SecretField(default="")
    callback_token = SecretField(default="")
    aes_key = SecretField(default="")
    base_url = models.TextField(default=DEFAULT_BASE_URL)
    verified_at = models.DateTimeField(null=True)
    last_callback_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_reason = models.TextField(default="")
    synced_at = models.DateTimeField(null=True)
    sign_in = models.BooleanField(default=False)
    archive = models.BooleanField(default=False)
    archive_seq = models.BigIntegerField(default=0)
    archive_read_at = models.DateTimeField(null=True)
    mass_rule = models.TextField(choices=[(one, one) for one in MassRule], default=MassRule.MONTH)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_channel"
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="wecom_channel_one_a_tenant")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomChannel]:
        """Return the actor's tenant's channel, as a set of one or none."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WecomToken(TenantModel):
    """The access token of a channel, shared by all processes. Whoever holds the lease fetches the next one; the others wait for it."""

    unaudited = "the machine's access to the platform, renewed every two hours"

    channel = models.OneToOneField(WecomChannel, models.CASCADE, related_name="token")
    token = SecretField(default="")
    expires_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_token"


class WecomTicket(TenantModel):
    """A ticket for pages inside WeCom, shared by all processes: `kind` is corp (wx.config) or agent_config (wx.agentConfig)."""

    unaudited = "the machine's access to the platform, renewed every two hours"

    channel = models.ForeignKey(WecomChannel, models.CASCADE, related_name="+")
    kind = models.TextField()
    ticket = SecretField(default="")
    expires_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_ticket"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "channel", "kind"], name="wecom_ticket_once")]


class WecomMedia(TenantModel):
    """What the platform calls a file of ours, until it forgets it after three days; `purpose` as in `client.media`."""

    unaudited = "the platform's name for a file, good for three days"

    file_id = models.BigIntegerField()
    purpose = models.SmallIntegerField(default=0)
    corp_id = models.TextField()
    media_id = models.TextField()
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_media"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "file_id", "purpose", "corp_id"], name="wecom_media_once")
        ]


class SpentState(TenantModel):
    """A sign-in that came back: its state works once. Only the SHA-256 is kept, until the state would have ended anyway."""

    unaudited = "a mark that a sign-in was used, forgotten within the hour"

    state_hash = models.TextField(unique=True)
    spent_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_spent_state"


class WecomTag(TenantModel):
    """Which tag of ours is which corp tag of the platform."""

    shown_as = Record(
        Words("企业微信标签", "WeCom tag"),
        columns={
            "platform_id": Words("平台编号", "Number on the platform"),
            "platform_group_id": Words("平台标签组", "Group on the platform"),
        },
    )

    tag = models.OneToOneField("people.Tag", models.CASCADE, related_name="+")
    platform_id = models.TextField()
    platform_group_id = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_tag"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "platform_id"], name="wecom_tag_once")]


class WecomRelation(TenantModel):
    """A customer and a member who are or were friends, as the platform told it.

    `changed_at` is the platform's time of the newest event, so that an older one that comes late cannot undo it; an end that came
    before its beginning waits in `ended_early_by`, and until then nobody is known: `contact` and `member` are null. `greeted`: a
    welcome code came. `tag_ids` are the platform tags last known to be on the relation, `tags_at` when we last changed them there.
    `archive_refused`: the customer told the platform that his messages may not be kept.
    """

    shown_as = Record(
        Words("企业微信好友关系", "WeCom friendship"),
        columns={
            "userid": Words("成员账号", "Member account"),
            "external_userid": Words("外部联系人", "External contact"),
            "friend": Words("好友", "Friends"),
            "ended_early_by": Words("先到的结束", "Ended early by"),
            "greeted": Words("已欢迎", "Greeted"),
            "archive_refused": Words("不同意会话存档", "Refuses the archive"),
            "tag_ids": Words("平台标签", "Platform tags"),
            "tags_at": Words("标签时间", "Tags at"),
            "changed_at": Words("变更时间", "Changed at"),
        },
    )

    userid = models.TextField()
    external_userid = models.TextField()
    contact = models.ForeignKey("people.Contact", models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    friend = models.BooleanField(default=False)
    ended_early_by = models.TextField(default="")
    state = models.TextField(default="")
    greeted = models.BooleanField(default=False)
    archive_refused = models.BooleanField(default=False)
    tag_ids = ArrayField(models.TextField(), default=list)
    tags_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_relation"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "userid", "external_userid"], name="wecom_relation_once")
        ]
        indexes = [
            models.Index(fields=["contact"], condition=Q(friend=True), name="wecom_relation_of_contact"),
            models.Index(fields=["tenant_id", "external_userid"], name="wecom_relation_by_external"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomRelation]:
        """Return the relations of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

from __future__ import annotations

from django.db import models

from cove.engine.channels.wechat.models.accounts import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WechatDraft(TenantModel):
    """A draft of an account as last read from the platform: its `articles` without their texts, and what became of publishing it.

    A draft that was published is gone over there; its row stays.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHING = "publishing"
        PUBLISHED = "published"
        FAILED = "failed"

    shown_as = Record(
        Words("公众号草稿", "Draft of a WeChat account"),
        argument="draft_id",
        link="/settings/wechat/{account_id}",
        columns={
            "state": Words("状态", "State"),
            "published_at": Words("发布时间", "Published at"),
            "article_url": Words("文章地址", "Article's address"),
            "problem": Words("问题", "Problem"),
        },
    )

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="drafts")
    media_id = models.TextField()
    articles = models.JSONField(default=list)
    updated_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    publish_id = models.TextField(default="")
    article_id = models.TextField(default="")
    article_url = models.TextField(default="")
    published_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_draft"
        constraints = [models.UniqueConstraint(fields=["account", "media_id"], name="wechat_draft_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatDraft]:
        """Return the drafts of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatMass(TenantModel):
    """A mass message of an account: what is said to whom (`contracts/mass.py`), and how many were left out when it was ordered."""

    shown_as = Record(
        Words("公众号群发", "Mass message of a WeChat account"),
        argument="mass_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "message": Words("内容", "Message"),
            "target": Words("对象", "To whom"),
            "people": Words("人数", "People"),
            "held": Words("未发送人数", "People left out"),
        },
    )

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="masses")
    name = models.TextField()
    message = models.JSONField()
    target = models.JSONField()
    people = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_mass"
        indexes = [models.Index(fields=["account", "-id"], name="wechat_mass_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatMass]:
        """Return the mass messages of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatMassPart(TenantModel):
    """One call of a mass message, to at most 10,000 people, whom its order in the outbox names. `msg_id` is the platform's number of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        DONE = "done"
        FAILED = "failed"

    unaudited = "how far a mass message is; the message itself is audited"

    mass = models.ForeignKey(WechatMass, models.CASCADE, related_name="parts")
    number = models.IntegerField()
    people = models.IntegerField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    msg_id = models.TextField(default="")
    sent = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_mass_part"
        constraints = [models.UniqueConstraint(fields=["mass", "number"], name="wechat_mass_part_once")]
        indexes = [models.Index(fields=["tenant_id", "msg_id"], name="wechat_mass_part_msg")]

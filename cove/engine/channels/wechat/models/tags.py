from __future__ import annotations

from django.db import models

from cove.engine.channels.wechat.models.accounts import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WechatTag(TenantModel):
    """A tag that the platform keeps on followers of one account. `number` is the platform's, null until it has made the tag.

    `people` had it when it was last read. `leaving`: taken away here, and over there when its turn comes.
    """

    shown_as = Record(
        Words("公众号粉丝标签", "Tag of WeChat followers"),
        argument="wechat_tag_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "name": Words("名称", "Name"),
            "number": Words("平台编号", "Platform's number"),
            "leaving": Words("正在删除", "Being removed"),
            "problem": Words("问题", "Problem"),
        },
    )
    never_audited = ("people",)

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="tags")
    name = models.TextField()
    number = models.IntegerField(null=True)
    people = models.IntegerField(default=0)
    leaving = models.BooleanField(default=False)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_tag"
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="wechat_tag_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatTag]:
        """Return the platform's tags of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class WechatSpecialMenu(TenantModel):
    """A menu for those followers alone who have `tag`, or whose phone is of one kind (`platform`, the platform's 1 to 3), or both.

    `number` is the platform's, empty until it took the menu. `tag` is null in a rule without one, and when the tag is gone.
    """

    shown_as = Record(
        Words("公众号个性化菜单", "Special menu of a WeChat account"),
        argument="wechat_menu_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "name": Words("名称", "Name"),
            "tag_id": Words("粉丝标签", "Tag"),
            "platform": Words("手机系统", "Kind of phone"),
            "buttons": Words("按钮", "Buttons"),
            "put_at": Words("发布时间", "Published at"),
            "leaving": Words("正在删除", "Being removed"),
            "problem": Words("问题", "Problem"),
        },
    )

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="special_menus")
    name = models.TextField()
    tag = models.ForeignKey(WechatTag, models.SET_NULL, null=True, related_name="+")
    platform = models.TextField(default="")
    buttons = models.JSONField(default=list)
    number = models.TextField(default="")
    put_at = models.DateTimeField(null=True)
    leaving = models.BooleanField(default=False)
    problem = models.TextField(default="")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_special_menu"

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatSpecialMenu]:
        """Return the special menus of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

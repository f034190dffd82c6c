from __future__ import annotations

from django.db import models

from cove.engine.channels.wechat.models.accounts import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WechatEntry(TenantModel):
    """A way into a mini-program: a code to scan, an address that opens it from anywhere (`link`), or a ``weixin://`` one (`scheme`).

    `said` is the code's scene or the query of the page. A code lasts for ever and is kept as `picture`; the others have an `address` and
    end at `ends_at`. Until the platform has made it, or made it anew, `made_at` is null.
    """

    class Form(models.TextChoices):
        CODE = "code"
        LINK = "link"
        SCHEME = "scheme"

    shown_as = Record(
        Words("小程序入口", "Way into a mini-program"),
        argument="wechat_entry_id",
        link="/settings/wechat/{account_id}",
        title="name",
        columns={
            "name": Words("名称", "Name"),
            "form": Words("类型", "Kind"),
            "page": Words("页面", "Page"),
            "said": Words("参数", "Parameters"),
            "days": Words("有效天数", "Days"),
            "made_at": Words("生成时间", "Made at"),
            "ends_at": Words("到期时间", "Ends at"),
            "problem": Words("问题", "Problem"),
        },
    )
    never_audited = ("picture",)

    account = models.ForeignKey(WechatAccount, models.CASCADE, related_name="entries")
    name = models.TextField()
    form = models.TextField(choices=Form.choices)
    page = models.TextField(default="")
    said = models.TextField(default="")
    days = models.IntegerField(default=0)
    picture = models.BinaryField(default=b"")
    address = models.TextField(default="")
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    problem = models.TextField(default="")
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_entry"
        indexes = [models.Index(fields=["account", "-id"], name="wechat_entry_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatEntry]:
        """Return the ways in of the actor's tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

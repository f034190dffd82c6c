from __future__ import annotations

from django.db import models

from cove.engine.channels.wecom.contracts.tools import ToolState
from cove.engine.channels.wecom.permissions import SEE_TOOLS
from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomTool(TenantModel):
    """Something the company keeps at WeCom: an acquisition link, words that may not be sent, a welcome for groups.

    `body` is a `contracts.tools.Tool`, `platform_id` the platform's name for it, `url` a link's address. `revision` counts what was asked
    for; an answer about an older one leaves the state alone. `customers` is how many a link brought when it was last read.
    """

    shown_as = Record(
        Words("企业微信工具", "WeCom tool"),
        argument="tool_id",
        title="name",
        columns={
            "name": Words("名称", "Name"),
            "body": Words("内容", "Content"),
            "state": Words("状态", "State"),
            "reason": Words("原因", "Reason"),
        },
    )

    kind = models.TextField()
    name = models.TextField()
    body = models.JSONField()
    platform_id = models.TextField(default="")
    url = models.TextField(default="")
    revision = models.IntegerField(default=1)
    state = models.TextField(choices=[(one, one) for one in ToolState], default=ToolState.WAITING)
    reason = models.TextField(default="")
    errcode = models.IntegerField(null=True)
    customers = models.IntegerField(null=True)
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_tool"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "kind", "platform_id"],
                condition=~models.Q(platform_id=""),
                name="wecom_tool_once",
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "kind", "-id"], name="wecom_tool_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomTool]:
        """Return the tools of the actor's company. Raises Forbidden."""
        actor.require(SEE_TOOLS)
        return cls.objects.filter(tenant_id=actor.tenant_id)

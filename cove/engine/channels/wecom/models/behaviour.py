from __future__ import annotations

from django.db import models

from cove.engine.channels.wecom.permissions import SEE_BEHAVIOUR
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class WecomBehaviour(TenantModel):
    """What a member did with customers on a day of China's calendar, as the platform counts it (document 92132).

    `reply_share` is the part of chats that he answered, in percent, `reply_minutes` how long his first answer took; null on days on
    which nobody wrote. `lost` counts customers who deleted or blocked him.
    """

    unaudited = "figures of the platform, read each night"

    member = models.ForeignKey("org.Member", models.CASCADE, related_name="+")
    day = models.DateField()
    applications = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    chats = models.IntegerField(default=0)
    messages = models.IntegerField(default=0)
    reply_share = models.FloatField(null=True)
    reply_minutes = models.IntegerField(null=True)
    lost = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_behaviour"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "day", "member"], name="wecom_behaviour_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WecomBehaviour]:
        """Return the figures of the members whom the actor reaches."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(SEE_BEHAVIOUR)
        return rows if reach.everybody else rows.filter(member_id__in=reach.member_ids)

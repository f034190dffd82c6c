from __future__ import annotations

from django.db import models

from cove.engine.channels.wechat.models.keeping import WechatCode
from cove.engine.channels.wechat.permissions import SEE_ACCOUNTS
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class WechatScanner(TenantModel):
    """Somebody who came by a code: how often he scanned it, whether he began to follow by it, and when he last did either."""

    unaudited = "counted by the machine out of the facts that tell each scan"

    code = models.ForeignKey(WechatCode, models.CASCADE, related_name="scanners")
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    scans = models.IntegerField(default=0)
    followed = models.BooleanField(default=False)
    last_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wechat_scanner"
        constraints = [models.UniqueConstraint(fields=["code", "contact"], name="wechat_scanner_once")]
        indexes = [
            models.Index(fields=["code", "-last_at", "-id"], name="wechat_scanner_last"),
            models.Index(fields=["tenant_id", "last_at"], name="wechat_scanner_age"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[WechatScanner]:
        """Return the scanners of the tenant's codes. Raises Forbidden."""
        actor.require(SEE_ACCOUNTS)
        return cls.objects.filter(tenant_id=actor.tenant_id)

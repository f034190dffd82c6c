from __future__ import annotations

from django.db import models

from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words

USUAL_GRACE_DAYS = 7


class PrivacySettings(TenantModel):
    """What a tenant decided: days before an erasure begins, and how long each class of data is kept.

    `retention` holds days by class; null means kept. A class that is not in it is kept for as long as it says itself.
    """

    steward = "select"
    shown_as = Record(
        Words("隐私设置", "Privacy settings"),
        columns={
            "grace_days": Words("宽限天数", "Days of grace"),
            "retention": Words("保留期限", "Retention"),
        },
    )

    grace_days = models.IntegerField(default=USUAL_GRACE_DAYS)
    retention = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "privacy_settings"
        constraints = [models.UniqueConstraint(fields=["tenant_id"], name="privacy_settings_one_a_tenant")]

    @classmethod
    def of_tenant(cls) -> PrivacySettings:
        """Return the bound tenant's settings; the usual ones, unsaved, before anybody changed them."""
        return cls.objects.first() or cls()

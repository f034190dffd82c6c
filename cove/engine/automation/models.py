from __future__ import annotations

from django.db import models

from cove.kernel.scope import TenantModel


class Act(TenantModel):
    """One action on one contact, settled once: done, or refused for a reason.

    `once_key` names the occasion; a second call with the same key finds this row and does nothing. `chain` holds the facts and rules that
    led here, `on_behalf` the name of the thing that asked (a live code, a journey). `reason` is {code, zh, en} of a refusal.
    """

    unaudited = "a log itself: what was done or refused, and why"

    class State(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"

    once_key = models.TextField()
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    action = models.TextField()
    params = models.JSONField()
    state = models.TextField(choices=State.choices, default=State.DONE)
    reason = models.JSONField(null=True)
    chain = models.JSONField(default=list)
    on_behalf = models.TextField(default="")
    member_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "automation_act"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "once_key"], name="automation_act_once")]
        indexes = [models.Index(fields=["contact", "-at", "-id"], name="automation_act_of_contact")]

from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Sighting(TenantModel):
    """An event of a watched source as the collector judged it: kept for minutes, for whoever is looking.

    `texts` holds the refusal's or the note's text and those of faulty fields, in both languages; `properties` is a sample that fits,
    `left_out` how many came just before it that are not shown because they were too many.
    """

    steward = "select"
    unaudited = "what the live debugger shows for minutes"

    source = models.ForeignKey("tracking.Source", models.CASCADE, related_name="+")
    type = models.TextField()
    name = models.TextField()
    message_id = models.TextField()
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    verdict = models.TextField()
    code = models.TextField()
    texts = models.JSONField(default=dict)
    properties = models.JSONField(default=dict)
    left_out = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_sighting"
        indexes = [
            models.Index(fields=["source", "id"], name="tracking_sighting_of_source"),
            models.Index(fields=["noted_at"], name="tracking_sighting_age"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Sighting]:
        """Return the sightings this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

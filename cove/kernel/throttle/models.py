from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Throttled(models.Model):
    """The moments at which one key was used within its window, oldest first.

    It belongs to no tenant: who tries to sign in has none yet. A key is a keyed hash, so that a row tells nothing about anybody.
    """

    key = models.TextField(primary_key=True)
    moments = ArrayField(models.FloatField())
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "throttled"
        indexes = [models.Index(fields=["expires_at"], name="throttled_expired")]

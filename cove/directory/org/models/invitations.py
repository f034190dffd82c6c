from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cove.directory.org.models.members import Member
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class PasswordReset(TenantModel):
    """A link that sets a new password, once. Only the SHA-256 of its token is kept."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    token_hash = models.TextField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_password_reset"


class Invitation(TenantModel):
    """Somebody who is asked to join, with the places and roles he will have. A link sent again replaces the one before."""

    email = models.EmailField()
    name = models.TextField()
    department_ids = ArrayField(models.BigIntegerField(), default=list)
    role_ids = ArrayField(models.BigIntegerField(), default=list)
    token_hash = models.TextField(unique=True)
    locale = models.TextField(default="")
    invited_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "org_invitation"
        indexes = [models.Index(fields=["tenant_id", "-id"], name="org_invitation_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Invitation]:
        """Return the invitations this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)

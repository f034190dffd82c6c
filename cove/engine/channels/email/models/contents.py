from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class EmailContent(TenantModel):
    """What a mail says, as it was once written: it never changes, so that what was approved is what goes out.

    `html` has its styles written into its elements; `links` are the numbers of its tracked links by address.
    """

    unaudited = "a version of a text, kept beside the template whose change is in the audit log"

    subject = models.TextField()
    html = models.TextField()
    text = models.TextField()
    purpose = models.TextField(default="marketing")
    links = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_content"


class EmailLink(TenantModel):
    """An address to which links in mails lead. Its number stands in their signed addresses; the edge finds it by its signpost."""

    unaudited = "addresses found in texts of mails"

    url = models.TextField()
    digest = models.TextField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_link"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "digest"], name="email_link_once")]


class EmailTemplate(TenantModel):
    """A mail to be sent again and again. `html` and `text` are as they were written; what goes out is its `content`."""

    shown_as = Record(
        Words("邮件模板", "Mail template"),
        argument="template_id",
        link="/reach/email-templates/{id}",
        title="name",
        columns={
            "subject": Words("主题", "Subject"),
            "html": Words("正文", "Text"),
            "text": Words("纯文本", "Plain text"),
            "purpose": Words("用途", "Purpose"),
            "content_id": Words("版本", "Version"),
            "deleted_at": Words("删除时间", "Deleted at"),
        },
    )

    name = models.TextField()
    subject = models.TextField()
    html = models.TextField()
    text = models.TextField(default="")
    purpose = models.TextField(default="marketing")
    content = models.ForeignKey(EmailContent, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    created_by = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_template"
        constraints = [
            models.UniqueConstraint(
                "tenant_id", Lower("name"), condition=Q(deleted_at__isnull=True), name="email_template_name_once"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "-changed_at", "-id"], name="email_template_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[EmailTemplate]:
        """Return the templates this actor may see: all of his tenant that are not deleted."""
        return cls.objects.filter(tenant_id=actor.tenant_id, deleted_at__isnull=True)

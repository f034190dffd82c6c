from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.wechat.contracts.answers import Template
from cove.engine.channels.wechat.models import WechatAccount, WechatTemplate
from cove.engine.channels.wechat.permissions import SYNC, TAKE_OVER
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun

SYNC_JOB = "wechat.sync_account"


@command(SYNC)
def schedule_sync(actor: Actor, *, account_id: int) -> JobRun:
    """Start taking over an account's followers and templates, unless the same already waits; return the job's row. Raises NotFound."""
    if not WechatAccount.visible_to(actor).filter(id=account_id).exists():
        raise NotFound
    arguments = {"account_id": account_id}
    waiting = JobRun.objects.filter(kind=SYNC_JOB, state=JobRun.State.WAITING, arguments=arguments).first()
    return waiting or start_job(actor, jobs[SYNC_JOB], **arguments)


@command(TAKE_OVER)
def take_over_templates(actor: Actor, *, account_id: int, form: str, templates: Sequence[Template]) -> int:
    """Make the templates of one form equal to the platform's; return how many there are."""
    WechatTemplate.visible_to(actor).filter(account_id=account_id, form=form).exclude(
        template_id__in=[one.template_id for one in templates]
    ).delete()
    WechatTemplate.objects.bulk_create(
        [
            WechatTemplate(
                account_id=account_id,
                form=form,
                template_id=template_id,
                title=one.title,
                content=one.content,
                example=one.example,
            )
            for template_id, one in {one.template_id: one for one in templates}.items()
        ],
        update_conflicts=True,
        unique_fields=["account", "template_id"],
        update_fields=["form", "title", "content", "example"],
    )
    return len(templates)

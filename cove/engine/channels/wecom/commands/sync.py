from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryDepartment
from cove.engine.channels.wecom.commands.members import stated_member
from cove.engine.channels.wecom.contracts.answers import Department, User
from cove.engine.channels.wecom.errors import NothingVisible
from cove.engine.channels.wecom.models import WecomChannel
from cove.engine.channels.wecom.permissions import SYNC, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun

SYNC_JOB = "wecom.sync_directory"
LONGEST_SYNC = timedelta(days=1)


@command(SYNC)
def schedule_sync(actor: Actor, *, customers: bool = True) -> JobRun:
    """Start taking over the directory (and the customers), unless the same already waits; return the job's progress row."""
    arguments = {"customers": customers}
    waiting = JobRun.objects.filter(kind=SYNC_JOB, state=JobRun.State.WAITING, arguments=arguments).first()
    return waiting or start_job(actor, jobs[SYNC_JOB], **arguments)


@command(TAKE_OVER)
def catch_up(actor: Actor, *, at_most_every: timedelta = timedelta(0)) -> bool:
    """Compare everything with the platform, unless that was never done or was begun within `at_most_every`; tell whether it begins.

    News that never arrived heals by this: what the platform has and we do not is taken over and told, once.
    """
    if not WecomChannel.visible_to(actor).filter(synced_at__isnull=False).exclude(secret="").exists():
        return False
    begun = JobRun.objects.filter(kind=SYNC_JOB, arguments={"customers": True})
    recent, running = clock.now() - at_most_every, clock.now() - LONGEST_SYNC
    if begun.filter(Q(asked_at__gt=recent) | Q(finished_at=None, asked_at__gt=running)).exists():
        return False
    start_job(actor, jobs[SYNC_JOB], customers=True)
    return True


@command(TAKE_OVER)
def take_over_organisation(
    actor: Actor, *, departments: Sequence[Department], users: Sequence[User]
) -> tuple[int, int]:
    """Make departments and members equal to the platform's; return how many of each.

    Raises NothingVisible where the platform shows none: that is the application's visible range, and not everybody's resignation.
    """
    if not departments or not users:
        raise NothingVisible
    known = {entry.id for entry in departments}
    return org.take_over_directory(
        actor,
        departments=[
            DirectoryDepartment(
                id=entry.id,
                parent_id=entry.parentid if entry.parentid in known else None,
                name=entry.name or str(entry.id),
                order=entry.order,
            )
            for entry in departments
        ],
        members=[stated_member(user) for user in users],
    )

"""Tasks whose results must be asked for: often at first, then ever less."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom.contracts.states import MassState, MomentState
from cove.engine.channels.wecom.models import WecomMassTask, WecomMoment
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)


@command(TAKE_OVER, audited=False)
def ask_for_results(actor: Actor) -> int:
    """Ask how mass messages and moments went, of those that are due; return how many."""
    now, asked = clock.now(), 0
    for task in WecomMassTask.objects.filter(state=MassState.MADE).order_by("id"):
        if _due(task.made_at or task.asked_at, task.read_at, now):
            payload = {"task_id": task.id, "msgid": task.msgid}
            asked += delivery.deliver(actor, "wecom.read_mass", f"wecom.read_mass:{task.id}:{_minute(now)}", payload)
    open_ones = Q(state__in=[MomentState.ASKED, MomentState.MADE])
    # Whoever published it is told at once; customers like it and comment on it for days.
    for moment in WecomMoment.objects.filter(open_ones | Q(state=MomentState.DONE, ends_at__gt=now)).order_by("id"):
        if _due(moment.asked_at, moment.read_at, now):
            asked += _ask_moment(actor, moment, now)
    return asked


def _ask_moment(actor: Actor, moment: WecomMoment, now: datetime) -> bool:
    if moment.state == MomentState.ASKED:
        payload = {"row_id": moment.id, "jobid": moment.jobid}
        return delivery.deliver(actor, "wecom.read_moment_job", f"wecom.read_moment_job:{moment.id}", payload)
    payload = {"row_id": moment.id, "moment_id": moment.moment_id}
    return delivery.deliver(actor, "wecom.read_moment", f"wecom.read_moment:{moment.id}:{_minute(now)}", payload)


def _due(begun: datetime, read_at: datetime | None, now: datetime) -> bool:
    """Tell whether to ask again: after a tenth of the time since it began, within these bounds."""
    if read_at is None:
        return True
    return now - read_at >= min(max((now - begun) / 10, SHORTEST), LONGEST)


def _minute(now: datetime) -> int:
    return int(now.timestamp() // 60)

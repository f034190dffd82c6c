from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cove.directory.org import facade as org
from cove.engine.channels.wecom.contracts.tasks import Behaviour
from cove.engine.channels.wecom.models import WecomBehaviour
from cove.engine.channels.wecom.permissions import SYNC, TAKE_OVER
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs

CHINA = ZoneInfo("Asia/Shanghai")


BEHAVIOUR_JOB = "wecom.read_behaviour"


@command(SYNC)
def start_reading(actor: Actor) -> int:
    """Start reading the figures of members as a job; return the number of its progress row."""
    return start_job(actor, jobs[BEHAVIOUR_JOB]).id


@command(TAKE_OVER)
def take_over_behaviour(actor: Actor, *, userid: str, days: Sequence[Behaviour]) -> int:
    """Keep what the platform counted for a member, day by day; return how many days. Whoever we do not know is passed over."""
    member = org.member_by_wecom_userid(actor, userid)
    if member is None:
        return 0
    for one in days:
        WecomBehaviour.objects.update_or_create(
            member_id=member.id,
            day=datetime.fromtimestamp(one.stat_time, UTC).astimezone(CHINA).date(),
            defaults={
                "applications": one.new_apply_cnt,
                "added": one.new_contact_cnt,
                "chats": one.chat_cnt,
                "messages": one.message_cnt,
                "reply_share": one.reply_percentage,
                "reply_minutes": one.avg_reply_time,
                "lost": one.negative_feedback_cnt,
            },
        )
    return len(days)

"""Moments of the company: asked for here, published by members in WeCom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.states import MomentState
from cove.engine.channels.wecom.contracts.tasks import MomentMember
from cove.engine.channels.wecom.models import WecomMoment, WecomMomentMember
from cove.engine.channels.wecom.permissions import SEND_MASS, TAKE_OVER
from cove.facts.wecom import MomentPublished
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

READ_FOR = timedelta(days=7)
MOST_PICTURES = 9
_ATTACHMENTS = Words(
    "朋友圈可带 9 张图片、1 个视频或 1 个链接，不能混用",
    "A moment has up to nine pictures, or one video, or one link; never several kinds",
)


@command(SEND_MASS)
def ask_moment(
    actor: Actor,
    *,
    key: str,
    content: Content,
    member_ids: Collection[int] = (),
    tag_ids: Collection[int] = (),
    subject: str = "",
) -> int:
    """Have members publish a moment, once for `key`; return its number. Without members everybody who has customers gets it.

    With tags, only customers who have one of them see it. Raises InvalidInput for attachments that a moment cannot have.
    """
    _check(content)
    cards = org.members_by_id(actor, member_ids)
    now = clock.now()
    row, new = WecomMoment.objects.get_or_create(
        key=key,
        defaults={
            "content": content.model_dump(mode="json"),
            "userids": sorted(card.wecom_userid for card in cards.values() if card.wecom_userid),
            "tag_ids": sorted(tag_ids),
            "subject": subject,
            "asked_at": now,
            "ends_at": now + READ_FOR,
        },
    )
    if new:
        delivery.deliver(actor, "wecom.make_moment", f"wecom.make_moment:{key}", {"row_id": row.id})
    return int(row.id)


@command(SEND_MASS)
def cancel_moment(actor: Actor, *, row_id: int) -> bool:
    """Take a moment from members who did not publish it yet; False if the platform does not have it."""
    row = WecomMoment.objects.select_for_update().filter(id=row_id, state=MomentState.MADE).first()
    if row is None:
        return False
    row.state = MomentState.CANCELLED
    row.save(update_fields=["state"])
    return delivery.deliver(actor, "wecom.cancel_moment", f"wecom.cancel_moment:{row.id}", {"moment_id": row.moment_id})


@command(TAKE_OVER)
def note_moment_asked(actor: Actor, *, row_id: int, verdict: Verdict) -> None:
    """Note that the platform makes a moment, or why it does not."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    if verdict.state is State.SENT:
        row.state, row.jobid = MomentState.ASKED, verdict.result["jobid"]
    else:
        row.state, row.reason, row.errcode = MomentState.FAILED, verdict.reason, verdict.errcode
    row.save(update_fields=["state", "jobid", "reason", "errcode"])


@command(TAKE_OVER)
def note_moment_made(actor: Actor, *, row_id: int, moment_id: str, reason: str, errcode: int | None) -> None:
    """Note what came of the platform's job."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    row.state, row.moment_id = (MomentState.MADE, moment_id) if moment_id else (MomentState.FAILED, "")
    row.reason, row.errcode, row.read_at = reason, errcode, clock.now()
    row.save(update_fields=["state", "moment_id", "reason", "errcode", "read_at"])


@command(TAKE_OVER)
def note_moment_members(actor: Actor, *, row_id: int, members: Sequence[MomentMember]) -> None:
    """Note who published a moment, and tell it once."""
    row = WecomMoment.objects.select_for_update().get(id=row_id)
    known = {one.userid: one for one in WecomMomentMember.objects.filter(moment=row)}
    for one in members:
        mine = known.get(one.userid) or WecomMomentMember(moment=row, userid=one.userid)
        news = bool(one.publish_status) and mine.published_at is None
        mine.published_at = clock.now() if news else mine.published_at
        mine.save()
        if news:
            card = org.member_by_wecom_userid(actor, one.userid)
            publish(MomentPublished(member_id=card.id if card else None, moment_id=row.id, subject=row.subject))
    over = row.ends_at <= clock.now() or all(one.publish_status for one in members)
    row.read_at = clock.now()
    row.state = MomentState.DONE if over and row.state == MomentState.MADE else row.state
    row.save(update_fields=["read_at", "state"])


def _check(content: Content) -> None:
    kinds = [part.kind for part in content.attachments]
    pictures = set(kinds) == {"image"} and len(kinds) <= MOST_PICTURES
    if kinds and not pictures and kinds not in (["video"], ["link"]):
        raise InvalidInput(fields={"attachments": _ATTACHMENTS})

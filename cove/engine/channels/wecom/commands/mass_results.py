"""What came of mass messages, as the platform tells it: who has one to confirm, who sent it, what became of each customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict, Wanted
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.states import MassState, TargetState
from cove.engine.channels.wecom.contracts.tasks import MassMember, MassResult
from cove.engine.channels.wecom.models import WecomMassMember, WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.permissions import SEND_MASS, TAKE_OVER
from cove.facts.messages import MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.live.publish import tell_live

MEMBER_SENT = 2
# Document 93338; 0 is "not yet".
STATES = {1: TargetState.SENT, 2: TargetState.NO_FRIEND, 3: TargetState.HAD_THE_MOST}
_KEPT = ["state", "reason", "sent_at", "userid"]


@command(TAKE_OVER)
def note_mass_made(actor: Actor, *, task_id: int, verdict: Verdict, left_out: Mapping[int, str] | None = None) -> None:
    """Note what the platform made of a task; those whom it cannot reach, and whom the gate held back (`left_out`), are told."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    waiting = row.targets.filter(state=TargetState.WAITING)
    held = dict.fromkeys(waiting.filter(contact_id__in=list(left_out or {})), TargetState.LEFT_OUT)
    _fail(row, held, left_out or {})
    if verdict.state is State.SENT:
        row.state, row.msgid, row.made_at = MassState.MADE, verdict.result["msgid"], clock.now()
        for name, state in (("fail_list", TargetState.UNREACHABLE), ("full", TargetState.HAD_THE_MOST)):
            _fail(row, dict.fromkeys(waiting.filter(target__in=verdict.result[name]), state))
    else:
        row.state, row.reason, row.errcode = MassState.FAILED, verdict.reason, verdict.errcode
        for target in waiting.filter(contact__isnull=False):
            publish(failed_message(target.contact_id, _key(row, target), row.cause, row.subject, verdict.reason, None))
    row.save(update_fields=["state", "msgid", "made_at", "reason", "errcode"])
    tell_mass(actor, row.id)


@command(TAKE_OVER)
def note_mass_members(actor: Actor, *, task_id: int, members: Sequence[MassMember]) -> None:
    """Note who has it and who sent; what each of them reached is asked for next."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    row.read_at = clock.now()
    known = {one.userid: one for one in row.members.all()}
    news = {one.userid: WecomMassMember(task=row, userid=one.userid) for one in members if one.userid not in known}
    sent = [one for one in members if one.status == MEMBER_SENT]
    for one in sent:
        mine = known.get(one.userid) or news[one.userid]
        mine.sent_at = mine.sent_at or _moment(one.send_time) or row.read_at
    WecomMassMember.objects.bulk_create(news.values())
    WecomMassMember.objects.bulk_update([known[one.userid] for one in sent if one.userid in known], ["sent_at"])
    delivery.deliver_many(actor, "wecom.read_mass_results", [_results_of(row, one) for one in sent])
    if row.ends_at <= row.read_at and row.state == MassState.MADE:
        row.state = MassState.DONE
    row.save(update_fields=["state", "read_at"])
    tell_mass(actor, row.id)


@command(TAKE_OVER)
def note_mass_results(actor: Actor, *, task_id: int, results: Sequence[MassResult]) -> None:
    """Note what became of each customer or group, and tell it once."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    waiting = {one.target: one for one in row.targets.filter(state=TargetState.WAITING)}
    cards = org.members_by_wecom_userids(actor, {one.userid.lower() for one in results})
    changed: list[WecomMassTarget] = []
    for one in results:
        target, state = waiting.get(one.external_userid or one.chat_id), STATES.get(one.status)
        if target is None or state is None:
            continue
        target.userid, target.state, target.sent_at = one.userid or target.userid, state, _moment(one.send_time)
        target.reason = queries.why_not(state, "")
        changed.append(target)
        card = cards.get(one.userid.lower())
        _tell(row, target, card.id if card else None)
    WecomMassTarget.objects.bulk_update(changed, _KEPT, batch_size=1000)
    if row.state == MassState.MADE and not row.targets.filter(state=TargetState.WAITING).exists():
        row.state = MassState.DONE
        row.save(update_fields=["state"])
    tell_mass(actor, row.id)


@command(TAKE_OVER)
def note_mass_cancelled(actor: Actor, *, task_id: int, verdict: Verdict) -> None:
    """Note that a task was taken back, or why not; whoever sent before is asked after once more."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    if verdict.state is State.SENT:
        row.state, row.reason, row.errcode = MassState.CANCELLED, "", None
        payload = {"task_id": row.id, "msgid": row.msgid}
        delivery.deliver(actor, "wecom.read_mass", f"wecom.read_mass:{row.id}:cancelled", payload)
    else:
        row.reason, row.errcode = verdict.trouble, verdict.errcode
    row.save(update_fields=["state", "reason", "errcode"])
    tell_mass(actor, row.id)


@command(TAKE_OVER)
def note_mass_reminded(actor: Actor, *, task_id: int, verdict: Verdict) -> None:
    """Note that members were reminded, or why they were not."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    sent = verdict.state is State.SENT
    row.reminder = verdict.trouble
    row.reminded_at = clock.now() if sent else row.reminded_at
    row.save(update_fields=["reminder", "reminded_at"])
    tell_mass(actor, row.id)


def tell_mass(actor: Actor, task_id: int) -> None:
    """Tell open browsers that something about a mass message is new."""
    tell_live(actor.tenant_id, "wecom_mass", {"id": task_id}, needs=SEND_MASS)


def failed_message(
    contact_id: int | None, key: str, cause: str, subject: str, reason: str, member_id: int | None
) -> MessageFailed:
    """Return the fact that somebody did not get a mass message, and why."""
    said: dict[str, Any] = {"source": "wecom", "channel": "wecom", "message_key": key, "cause": cause}
    return MessageFailed(contact_id=contact_id, member_id=member_id, subject=subject, reason=reason, **said)


def _fail(
    task: WecomMassTask, targets: Mapping[WecomMassTarget, TargetState], reasons: Mapping[int, str] | None = None
) -> None:
    for target, state in targets.items():
        target.state = state
        target.reason = queries.why_not(state, str((reasons or {}).get(target.contact_id or 0, "")))
        _tell(task, target, None)
    WecomMassTarget.objects.bulk_update(list(targets), _KEPT, batch_size=1000)


def _tell(task: WecomMassTask, target: WecomMassTarget, member_id: int | None) -> None:
    if target.contact_id is None:
        return
    key = _key(task, target)
    if target.state != TargetState.SENT:
        publish(failed_message(target.contact_id, key, task.cause, task.subject, target.reason, member_id))
        return
    said: dict[str, Any] = {"source": "wecom", "channel": "wecom", "message_key": key, "cause": task.cause}
    fact = MessageSent(contact_id=target.contact_id, member_id=member_id, subject=task.subject, **said)
    publish(fact, at=target.sent_at)


def _results_of(row: WecomMassTask, one: MassMember) -> Wanted:
    payload = {"task_id": row.id, "msgid": row.msgid, "userid": one.userid}
    return Wanted(f"wecom.read_mass_results:{row.id}:{one.userid}:{one.send_time}", payload)


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def _key(task: WecomMassTask, target: WecomMassTarget) -> str:
    return f"{task.key}:{target.id}"

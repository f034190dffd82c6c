"""Mass messages: asked for here, confirmed by members in WeCom, results read back customer by customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from cove.directory.org import facade as org
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.states import MassState, TargetState
from cove.engine.channels.wecom.contracts.tasks import MassMember, MassResult
from cove.engine.channels.wecom.models import WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.permissions import SEND_MASS, TAKE_OVER
from cove.facts.messages import MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

CUSTOMERS_A_TASK = 10_000
READ_FOR = timedelta(days=7)
MEMBER_SENT = 2
# Document 93338; 0 is "not yet".
STATES = {1: TargetState.SENT, 2: TargetState.NO_FRIEND, 3: TargetState.HAD_THE_MOST}


@command(SEND_MASS)
def ask_mass_message(
    actor: Actor,
    *,
    key: str,
    content: Content,
    contact_ids: Collection[int],
    sender_id: int | None = None,
    cause: str = "",
    subject: str = "",
) -> list[int]:
    """Have members send contacts a message, once for `key`; return the tasks' numbers, one for each 10,000 customers.

    Each goes out by the member who last talked with the customer, or by the member `sender_id`. Whoever is no friend of ours,
    unsubscribed, has not agreed or had as many as the platform allows is left out, and a fact says why. The gate asks again when the
    task is made, and for quiet hours and caps.
    """
    held = privacy.held_back(actor, contact_ids, channel="wecom")
    sender = _userid(actor, sender_id)
    reached = queries.external_userids(actor, set(contact_ids) - held.keys(), userid=sender)
    full = queries.had_the_most(actor, set(reached.values()))
    left_out = {**held, **dict.fromkeys(set(contact_ids) - held.keys() - reached.keys(), "not_a_friend")}
    left_out |= {contact_id: "had_the_most" for contact_id, external in reached.items() if external in full}
    for contact_id, reason in sorted(left_out.items()):
        publish(_failed(contact_id, f"{key}:{contact_id}", cause, subject, str(reason), sender_id))
    made = []
    wanted = sorted((contact_id, external) for contact_id, external in reached.items() if external not in full)
    for number, start in enumerate(range(0, len(wanted), CUSTOMERS_A_TASK)):
        targets = {external: contact_id for contact_id, external in wanted[start : start + CUSTOMERS_A_TASK]}
        made.append(_ask(actor, f"{key}:{number}", "single", content, sender, cause, subject, targets))
    return made


@command(SEND_MASS)
def ask_group_message(
    actor: Actor, *, key: str, content: Content, group_ids: Collection[int], cause: str = "", subject: str = ""
) -> list[int]:
    """Have the owners of groups send these groups a message, once for `key`; return the tasks' numbers, one for each owner."""
    owners: dict[str, list[str]] = {}
    for group in queries.living_groups(actor, group_ids):
        owners.setdefault(group.owner_userid, []).append(group.chat_id)
    return [
        _ask(actor, f"{key}:{userid}", "group", content, userid, cause, subject, dict.fromkeys(chats))
        for userid, chats in sorted(owners.items())
    ]


def _ask(
    actor: Actor,
    key: str,
    chat_type: str,
    content: Content,
    sender: str,
    cause: str,
    subject: str,
    targets: Mapping[str, int | None],
) -> int:
    now = clock.now()
    row, new = WecomMassTask.objects.get_or_create(
        key=key,
        defaults={
            "chat_type": chat_type,
            "content": content.model_dump(mode="json"),
            "sender": sender,
            "cause": cause,
            "subject": subject,
            "asked_at": now,
            "ends_at": now + READ_FOR,
        },
    )
    if new:
        WecomMassTarget.objects.bulk_create(
            WecomMassTarget(task=row, target=target, contact_id=contact_id, userid=sender)
            for target, contact_id in targets.items()
        )
        people = {"contact_ids": [one for one in targets.values() if one is not None]} if chat_type == "single" else {}
        delivery.deliver(actor, "wecom.mass_send", f"wecom.mass_send:{key}", {"task_id": row.id, **people})
    return int(row.id)


@command(SEND_MASS)
def cancel_mass_message(actor: Actor, *, task_id: int) -> bool:
    """Take a mass message from members who did not send it yet; False if there is nothing to take back."""
    row = WecomMassTask.objects.select_for_update().filter(id=task_id, state=MassState.MADE).first()
    if row is None:
        return False
    payload = {"task_id": row.id, "msgid": row.msgid}
    return delivery.deliver(actor, "wecom.cancel_mass", f"wecom.cancel_mass:{row.id}", payload)


@command(SEND_MASS)
def remind_of_mass_message(actor: Actor, *, task_id: int) -> bool:
    """Remind members who did not send yet; the platform allows three times in 24 hours. False if the task is not under way."""
    row = WecomMassTask.objects.filter(id=task_id, state=MassState.MADE).first()
    if row is None:
        return False
    name = f"wecom.remind_mass:{row.id}:{int(clock.now().timestamp())}"
    return delivery.deliver(actor, "wecom.remind_mass", name, {"msgid": row.msgid})


@command(TAKE_OVER)
def note_mass_made(actor: Actor, *, task_id: int, verdict: Verdict, left_out: Mapping[int, str] | None = None) -> None:
    """Note what the platform made of a task; those whom it cannot reach, and whom the gate held back (`left_out`), are told."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    waiting = row.targets.filter(state=TargetState.WAITING)
    _hold_back(row, waiting, left_out or {})
    if verdict.state is State.SENT:
        row.state, row.msgid, row.made_at = MassState.MADE, verdict.result["msgid"], clock.now()
        row.save(update_fields=["state", "msgid", "made_at"])
        for name, state in (("fail_list", TargetState.UNREACHABLE), ("full", TargetState.HAD_THE_MOST)):
            for target in waiting.filter(target__in=verdict.result[name]):
                _settle_target(row, target, state, None, None)
        return
    row.state, row.reason, row.errcode = MassState.FAILED, verdict.reason, verdict.errcode
    row.save(update_fields=["state", "reason", "errcode"])
    for target in waiting.filter(contact__isnull=False):
        publish(_failed(target.contact_id, _key(row, target), row.cause, row.subject, verdict.reason, None))


def _hold_back(task: WecomMassTask, waiting: QuerySet[WecomMassTarget], left_out: Mapping[int, str]) -> None:
    for target in waiting.filter(contact_id__in=list(left_out)):
        target.state = TargetState.LEFT_OUT
        target.save(update_fields=["state"])
        reason = left_out[target.contact_id or 0]
        publish(_failed(target.contact_id, _key(task, target), task.cause, task.subject, reason, None))


@command(TAKE_OVER)
def note_mass_members(actor: Actor, *, task_id: int, members: Sequence[MassMember]) -> None:
    """Note who sent; what each of them reached is asked for next."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    row.read_at = clock.now()
    row.save(update_fields=["read_at"])
    for one in members:
        if one.status == MEMBER_SENT:
            payload = {"task_id": row.id, "msgid": row.msgid, "userid": one.userid}
            name = f"wecom.read_mass_results:{row.id}:{one.userid}:{one.send_time}"
            delivery.deliver(actor, "wecom.read_mass_results", name, payload)
    if row.ends_at <= clock.now():
        row.state = MassState.DONE
        row.save(update_fields=["state"])


@command(TAKE_OVER)
def note_mass_results(actor: Actor, *, task_id: int, results: Sequence[MassResult]) -> None:
    """Note what became of each customer or group, and tell it once."""
    row = WecomMassTask.objects.select_for_update().get(id=task_id)
    waiting = {one.target: one for one in row.targets.filter(state=TargetState.WAITING)}
    userids = {one.userid for one in results}
    members = {userid: card.id for userid in userids if (card := org.member_by_wecom_userid(actor, userid))}
    for one in results:
        target, state = waiting.get(one.external_userid or one.chat_id), STATES.get(one.status)
        if target is not None and state is not None:
            target.userid = one.userid or target.userid
            at = datetime.fromtimestamp(one.send_time, UTC) if one.send_time else None
            _settle_target(row, target, state, at, members.get(one.userid))
    if row.state == MassState.MADE and not row.targets.filter(state=TargetState.WAITING).exists():
        row.state = MassState.DONE
        row.save(update_fields=["state"])


@command(TAKE_OVER)
def note_mass_cancelled(actor: Actor, *, task_id: int) -> None:
    """Note that a task was taken back; whom it had not reached it will not reach."""
    WecomMassTask.objects.filter(id=task_id).update(state=MassState.CANCELLED)


def _settle_target(
    task: WecomMassTask, target: WecomMassTarget, state: TargetState, at: datetime | None, member_id: int | None
) -> None:
    target.state, target.sent_at = state, at
    target.save(update_fields=["state", "sent_at", "userid"])
    if target.contact_id is None:
        return
    if state is not TargetState.SENT:
        reason = "nobody_reachable" if state is TargetState.UNREACHABLE else str(state)
        publish(_failed(target.contact_id, _key(task, target), task.cause, task.subject, reason, member_id))
        return
    publish(
        MessageSent(
            contact_id=target.contact_id,
            member_id=member_id,
            source="wecom",
            channel="wecom",
            message_key=_key(task, target),
            cause=task.cause,
            subject=task.subject,
        ),
        at=at,
    )


def _key(task: WecomMassTask, target: WecomMassTarget) -> str:
    return f"{task.key}:{target.id}"


def _failed(
    contact_id: int | None, key: str, cause: str, subject: str, reason: str, member_id: int | None
) -> MessageFailed:
    said: dict[str, Any] = {"source": "wecom", "channel": "wecom", "message_key": key, "cause": cause}
    return MessageFailed(contact_id=contact_id, member_id=member_id, subject=subject, reason=reason, **said)


def _userid(actor: Actor, member_id: int | None) -> str:
    if member_id is None:
        return ""
    card = org.members_by_id(actor, [member_id]).get(member_id)
    return (card.wecom_userid or "") if card else ""

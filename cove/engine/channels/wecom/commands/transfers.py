"""Customers who were handed over here move on the platform as well: asked in batches, and asked again how it went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.contracts.states import TransferState
from cove.engine.channels.wecom.contracts.tasks import TransferAsked
from cove.engine.channels.wecom.contracts.tasks import TransferState as Told
from cove.engine.channels.wecom.models import WecomRelation, WecomTransfer
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.engine.channels.wecom.troubles import trouble_of
from cove.facts.people import ContactHandedOver
from cove.facts.wecom import TransferFailed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

CUSTOMERS_A_CALL = 100
CHECK_EVERY = timedelta(minutes=30)
# A customer has 24 hours to refuse (document 92125); the platform may be slow to tell.
WAIT_FOR = timedelta(days=3)
REFUSALS = {3: "customer_refused", 4: "member_full"}
DONE = 1
# 0: asked now. The others: he is being transferred already, by us when an answer was lost.
UNDER_WAY = frozenset({0, 40100, 40129})
FAIL_REASONS = {"customer_refused": "customer_refused", "customer_limit_exceed": "member_full"}


@command(TAKE_OVER)
def want_transfer(actor: Actor, *, fact: ContactHandedOver) -> int:
    """Note that a contact's friendship with one member is to move to another; return how many are to move, none if there is nothing to."""
    cards = org.members_by_id(actor, [fact.from_id, fact.member_id])
    was, now = cards.get(fact.from_id), cards.get(fact.member_id)
    if was is None or now is None or not was.wecom_userid or not now.wecom_userid:
        return 0
    friends = WecomRelation.visible_to(actor).filter(contact_id=fact.contact_id, friend=True)
    rows = [
        WecomTransfer(
            contact_id=fact.contact_id,
            external_userid=relation.external_userid,
            from_member_id=was.id,
            to_member_id=now.id,
            from_userid=was.wecom_userid,
            to_userid=now.wecom_userid,
            resigned=not was.active,
            change_set_id=fact.change_set_id,
            wanted_at=clock.now(),
        )
        for relation in friends.filter(userid__iexact=was.wecom_userid)
    ]
    WecomTransfer.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@command(TAKE_OVER)
def withdraw_transfers(actor: Actor, *, contact_id: int, change_set_id: int) -> int:
    """Forget transfers that the platform was not asked for yet, because the hand-over was taken back; return how many."""
    rows = WecomTransfer.objects.filter(contact_id=contact_id, change_set_id=change_set_id, state=TransferState.WANTED)
    return int(rows.delete()[0])


@command(TAKE_OVER)
def ask_for_transfers(actor: Actor) -> int:
    """Order what is wanted, up to a hundred customers a call; return how many calls."""
    wanted = WecomTransfer.objects.select_for_update(skip_locked=True).filter(state=TransferState.WANTED).order_by("id")
    batches: dict[tuple[str, str, bool], list[int]] = {}
    for row in wanted:
        batches.setdefault((row.from_userid, row.to_userid, row.resigned), []).append(row.id)
    calls = 0
    for (from_userid, to_userid, resigned), ids in batches.items():
        for start in range(0, len(ids), CUSTOMERS_A_CALL):
            part = ids[start : start + CUSTOMERS_A_CALL]
            payload = {"ids": part, "from_userid": from_userid, "to_userid": to_userid, "resigned": resigned}
            calls += delivery.deliver(actor, "wecom.transfer", f"wecom.transfer:{part[0]}:{part[-1]}", payload)
            WecomTransfer.objects.filter(id__in=part).update(state=TransferState.ASKING, asked_at=clock.now())
    return calls


@command(TAKE_OVER)
def note_transfers_asked(
    actor: Actor, *, ids: Sequence[int], answers: Sequence[TransferAsked], verdict: Verdict
) -> None:
    """Note what the platform said to each customer of a call."""
    rows = WecomTransfer.objects.select_for_update().filter(id__in=list(ids), state=TransferState.ASKING)
    said = {one.external_userid: one.errcode for one in answers}
    for row in rows:
        if verdict.state is not State.SENT:
            _fail(row, verdict.reason, verdict.errcode)
        elif (errcode := said.get(row.external_userid, 0)) not in UNDER_WAY:
            _fail(row, trouble_of(errcode).reason, errcode)
        else:
            row.state, row.checked_at = TransferState.WAITING, clock.now()
            row.save(update_fields=["state", "checked_at"])


@command(TAKE_OVER)
def check_transfers(actor: Actor) -> int:
    """Ask how transfers went that were not asked after lately; return how many pairs of members are asked about."""
    due = WecomTransfer.objects.filter(state=TransferState.WAITING, checked_at__lt=clock.now() - CHECK_EVERY)
    pairs = set(due.values_list("from_userid", "to_userid", "resigned"))
    turn = int(clock.now().timestamp() // CHECK_EVERY.total_seconds())
    for from_userid, to_userid, resigned in sorted(pairs):
        payload = {"from_userid": from_userid, "to_userid": to_userid, "resigned": resigned}
        name = f"wecom.read_transfers:{from_userid}:{to_userid}:{resigned}:{turn}"
        delivery.deliver(actor, "wecom.read_transfers", name, payload)
    due.update(checked_at=clock.now())
    return len(pairs)


@command(TAKE_OVER)
def note_transfer_states(actor: Actor, *, from_userid: str, to_userid: str, states: Iterable[Told]) -> None:
    """Take over how transfers between two members went. That somebody moved is told by the platform's own events."""
    told = {one.external_userid: one.status for one in states}
    open_rows = WecomTransfer.objects.select_for_update().filter(
        state=TransferState.WAITING, from_userid=from_userid, to_userid=to_userid
    )
    for row in open_rows:
        status = told.get(row.external_userid)
        if status == DONE:
            row.state, row.settled_at = TransferState.DONE, clock.now()
            row.save(update_fields=["state", "settled_at"])
        elif status in REFUSALS:
            _fail(row, REFUSALS[status], None)
        elif row.asked_at and clock.now() - row.asked_at > WAIT_FOR:
            _fail(row, "no_answer", None)


@command(TAKE_OVER)
def note_transfer_failed(actor: Actor, *, to_userid: str, external_userid: str, why: str) -> None:
    """Take over the event that a transfer failed (document 92130, transfer_fail)."""
    open_states = [TransferState.ASKING, TransferState.WAITING]
    rows = WecomTransfer.objects.select_for_update().filter(external_userid=external_userid, state__in=open_states)
    for row in rows.filter(to_userid__iexact=to_userid):
        _fail(row, FAIL_REASONS.get(why, "refused"), None)


def _fail(row: WecomTransfer, reason: str, errcode: int | None) -> None:
    row.state, row.reason, row.errcode, row.settled_at = TransferState.FAILED, reason, errcode, clock.now()
    row.save(update_fields=["state", "reason", "errcode", "settled_at"])
    publish(
        TransferFailed(
            contact_id=row.contact_id,
            member_id=row.to_member_id,
            from_id=row.from_member_id,
            reason=reason,
            errcode=errcode,
        )
    )

"""Cards with buttons: members are asked, what each presses first is told, and his card says so."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from cove.directory.org import facade as org
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.contracts.questions import Question
from cove.engine.channels.wecom.models import WecomCard, WecomCardAnswer
from cove.engine.channels.wecom.permissions import CALL, TAKE_OVER
from cove.facts.wecom_staff import CardPressed
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

MEMBERS_A_CALL = 1_000
TASK_ID_LENGTH = 32
# Fact sheet G6, UNCONFIRMED: how long a card can be changed after a press.
CODE_LIVES = timedelta(hours=72)


@command(CALL)
def ask_members(actor: Actor, *, key: str, member_ids: Collection[int], question: Question, cause: str = "") -> bool:
    """Send members a card with buttons, once for `key`; False if that was asked before, or none of them has a WeCom account.

    Whatever a member presses first is told by `wecom_staff.card_pressed` with this `key` and `cause`.
    """
    cards = org.members_by_id(actor, member_ids)
    userids = sorted(card.wecom_userid for card in cards.values() if card.wecom_userid)
    if not userids or WecomCard.objects.filter(key=key).exists():
        return False
    row = WecomCard.objects.create(
        key=key,
        task_id=hashlib.sha256(f"{actor.tenant_id}:{key}".encode()).hexdigest()[:TASK_ID_LENGTH],
        title=question.title,
        text=question.text,
        buttons=[[one.key, one.text] for one in question.buttons],
        closing=question.closing,
        cause=cause,
        asked_at=clock.now(),
    )
    for number, start in enumerate(range(0, len(userids), MEMBERS_A_CALL)):
        payload = {"card_id": row.id, "userids": userids[start : start + MEMBERS_A_CALL]}
        delivery.deliver(actor, "wecom.send_card", f"wecom.send_card:{row.id}:{number}", payload)
    return True


@command(TAKE_OVER)
def note_card_sent(actor: Actor, *, card_id: int, verdict: Verdict) -> None:
    """Note whether a card went out; one that reached some of its members counts as sent."""
    row = WecomCard.objects.select_for_update().get(id=card_id)
    if verdict.state is State.SENT:
        row.state, row.reason = "sent", ""
    elif row.state != "sent":
        row.state, row.reason = "failed", verdict.trouble
    row.save(update_fields=["state", "reason"])


@command(TAKE_OVER)
def take_press(actor: Actor, *, task_id: str, userid: str, button: str, response_code: str, at: datetime) -> bool:
    """Take over what a member pressed and have his card say so; False for cards that are none of ours, and for a second press."""
    row = WecomCard.objects.filter(task_id=task_id).first()
    member = org.member_by_wecom_userid(actor, userid)
    text = dict(row.buttons).get(button) if row else None
    if row is None or member is None or text is None:
        return False
    _, first = WecomCardAnswer.objects.get_or_create(
        card=row, member_id=member.id, defaults={"button": button, "pressed_at": at}
    )
    if response_code:
        said = row.closing.replace("{button}", text)
        payload = {"response_code": response_code, "userid": userid, "text": said}
        name = f"wecom.close_card:{row.id}:{hashlib.sha256(response_code.encode()).hexdigest()[:TASK_ID_LENGTH]}"
        delivery.deliver(actor, "wecom.close_card", name, payload, not_after=at + CODE_LIVES)
    if first:
        said_of = {"key": row.key, "title": row.title, "cause": row.cause}
        publish(CardPressed(member_id=member.id, button=button, button_text=text, **said_of), at=at)
    return first

"""Mass messages of an account: ordered here, in calls of at most 10,000 people, each through the gate.

They go to lists and never by the platform's "to all": only so can whoever refused, or had enough, be left out (docs/decisions/0085).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, Value, When

from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wechat.contracts.mass import fault_of
from cove.engine.channels.wechat.contracts.quotas import FEWEST, MOST_A_CALL
from cove.engine.channels.wechat.errors import NobodyToReach
from cove.engine.channels.wechat.models import (
    WechatAccount,
    WechatDraft,
    WechatFollower,
    WechatMass,
    WechatMassPart,
)
from cove.engine.channels.wechat.permissions import SEND, TAKE_OVER
from cove.engine.channels.wechat.queries.publishing import aimed, month, official, reach
from cove.facts.messages import MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

# The platform remembers our number of a call for a while, not for ever.
SENT_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MassWish:
    """What shall be said to whom; `message` and `target` are as in `contracts/mass.py`."""

    name: str
    message: Mapping[str, Any]
    target: Mapping[str, Any]


@command(SEND)
def send_mass(actor: Actor, *, account_id: int, wish: MassWish) -> WechatMass:
    """Order a mass message to those of its target who may be written to. Raises NotFound, InvalidInput, NobodyToReach."""
    account = official(actor, account_id)
    message = checked(actor, account, wish.message)
    if not wish.name.strip():
        raise InvalidInput(fields={"name": Words("请填写名称", "Fill in a name")})
    reached = reach(actor, account, aimed(actor, wish.target))
    if len(reached.contact_ids) < FEWEST:
        raise NobodyToReach
    row = WechatMass.objects.create(
        account=account,
        name=wish.name.strip(),
        message=message,
        target=aimed(actor, wish.target),
        people=len(reached.contact_ids),
        held=reached.found - len(reached.contact_ids),
        created_at=clock.now(),
    )
    for number, contact_ids in enumerate(_calls(reached.contact_ids)):
        part = WechatMassPart.objects.create(mass=row, number=number, people=len(contact_ids))
        payload = {"account_id": account.id, "part_id": part.id, "message": message, "contact_ids": list(contact_ids)}
        until = clock.now() + SENT_WITHIN
        key, lane = f"wechat.mass_send:{part.id}", f"wechat.mass:{account.id}"
        delivery.deliver(actor, "wechat.mass_send", key, payload, lane=lane, not_after=until)
    return row


@command(SEND)
def try_mass(actor: Actor, *, account_id: int, message: Mapping[str, Any], contact_id: int) -> None:
    """Send a mass message to one follower to look at. Raises NotFound, InvalidInput, NobodyToReach."""
    account = official(actor, account_id)
    wanted = checked(actor, account, message)
    row = follower_of(actor, account, contact_id)
    payload = {"account_id": account.id, "contact_id": row.contact_id, "message": wanted}
    key = f"wechat.mass_preview:{account.id}:{contact_id}:{clock.now().isoformat()}"
    delivery.deliver(actor, "wechat.mass_preview", key, payload)


def follower_of(actor: Actor, account: WechatAccount, contact_id: int) -> WechatFollower:
    """Return as whom an account knows a contact that the actor may see. Raises NotFound, NobodyToReach if he does not follow it."""
    if contact_id not in people.contacts_by_id(actor, [contact_id]):
        raise NotFound
    family = people.family_of(Actor.system(actor.tenant_id), contact_id)
    row = WechatFollower.visible_to(actor).filter(account=account, contact_id__in=family, following=True).first()
    if row is None:
        raise NobodyToReach
    return row


def checked(actor: Actor, account: WechatAccount, message: Mapping[str, Any]) -> dict[str, str]:
    """Return a message as it is kept: {"form": "draft", "draft_id": …} gets the draft's media id. Raises InvalidInput."""
    form = str(message.get("form") or "text")
    wanted = {"form": form, "content": str(message.get("content") or "").strip(), "media_id": "", "title": ""}
    if form == "draft":
        rows = WechatDraft.visible_to(actor).filter(account=account, state=WechatDraft.State.DRAFT)
        draft = rows.filter(id=message.get("draft_id") or 0).first()
        if draft is not None:
            wanted |= {"media_id": draft.media_id, "title": str((draft.articles or [{}])[0].get("title", ""))}
    fault = fault_of(wanted)
    if fault is not None:
        raise InvalidInput(fields={"message": fault})
    return wanted


@command(TAKE_OVER, audited=False)
def note_mass_sent(
    actor: Actor, *, part_id: int, key: str, contact_ids: Sequence[int], left_out: Mapping[int, str], verdict: Verdict
) -> None:
    """Note what became of one call, and tell it of each person."""
    part = WechatMassPart.objects.select_for_update().select_related("mass__account").filter(id=part_id).first()
    if part is None:
        return
    sent = verdict.state is State.SENT
    # The end may have been told before the answer was noted.
    if part.state == WechatMassPart.State.WAITING:
        part.state = WechatMassPart.State.SENT if sent else WechatMassPart.State.FAILED
    part.msg_id = str(verdict.result.get("msg_id", "")) if sent else ""
    part.problem = verdict.trouble
    part.failed = len(left_out) if sent else len(contact_ids)
    part.sent = len(contact_ids) - part.failed
    part.save()
    reached = [one for one in contact_ids if one not in left_out]
    for contact_id in reached if sent else contact_ids:
        said = _said(part, key, contact_id)
        if sent:
            publish(MessageSent(**said, confirmed=not verdict.doubtful))
        else:
            publish(MessageFailed(**said, reason=left_out.get(contact_id, part.problem)))
    for contact_id, reason in left_out.items() if sent else ():
        publish(MessageFailed(**_said(part, key, contact_id), reason=reason))
    if sent:
        _count(actor, part.mass.account_id, reached)


@command(TAKE_OVER, audited=False)
def note_mass_done(actor: Actor, *, account_id: int, event: dict[str, Any], at: datetime) -> None:
    """Note how the platform says that a call ended (MASSSENDJOBFINISH)."""
    rows = WechatMassPart.objects.filter(tenant_id=actor.tenant_id, mass__account_id=account_id)
    part = rows.select_for_update().filter(msg_id=text_of(event, "MsgID")).exclude(msg_id="").first()
    if part is None:
        return
    good = "".join(text_of(event, "Status").lower().split()) == "sendsuccess"
    part.state = WechatMassPart.State.DONE if good else WechatMassPart.State.FAILED
    part.problem = "" if good else "content_refused"
    sent = _number(event, "SentCount") if good else 0
    part.sent, part.failed = min(sent, part.people), part.people - min(sent, part.people)
    part.save()


def _calls(contact_ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut a list into calls of 2 to 10,000."""
    calls = [contact_ids[start : start + MOST_A_CALL] for start in range(0, len(contact_ids), MOST_A_CALL)]
    if len(calls) > 1 and len(calls[-1]) < FEWEST:
        both = [*calls[-2], *calls[-1]]
        calls[-2:] = [both[:-FEWEST], both[-FEWEST:]]
    return calls


def _said(part: WechatMassPart, key: str, contact_id: int) -> dict[str, Any]:
    return {
        "contact_id": contact_id,
        "source": "official_account",
        "channel": "official_account",
        "message_key": f"{key}:{contact_id}",
        "cause": f"wechat_mass:{part.mass_id}",
        "subject": part.mass.name,
    }


def _count(actor: Actor, account_id: int, contact_ids: Sequence[int]) -> None:
    rows = WechatFollower.visible_to(actor).filter(account_id=account_id, contact_id__in=contact_ids)
    now = month()
    again = When(mass_month=now, then=F("mass_count") + 1)
    rows.update(mass_count=Case(again, default=Value(1)), mass_month=now)


def _number(event: dict[str, Any], name: str) -> int:
    text = text_of(event, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 -- fits the column

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from cove.engine.channels.wecom.contracts.states import TargetState, TransferState
from cove.engine.channels.wecom.models import (
    WecomKfAccount,
    WecomKfTalk,
    WecomMassTask,
    WecomMedia,
    WecomMoment,
    WecomTicket,
    WecomTransfer,
)
from cove.engine.channels.wecom.queries.reach import had_the_most
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def mass_content(
    actor: Actor, task_id: int, *, left_out: Collection[int] = ()
) -> tuple[WecomMassTask, list[str], list[str]]:
    """Return a task that is to be made, whom it may go to now, and who had as many as the platform allows.

    `left_out` are contacts whom the gate holds back; who was erased in the meantime is not written to either.
    """
    with tenant_scope(actor.tenant_id):
        row = WecomMassTask.objects.get(id=task_id)
        waiting = row.targets.filter(state=TargetState.WAITING).order_by("id")
        if row.chat_type == "single":
            waiting = waiting.filter(contact__isnull=False).exclude(contact_id__in=list(left_out))
        targets = list(waiting.values_list("target", flat=True))
        full = had_the_most(actor, targets)
    return row, [one for one in targets if one not in full], sorted(full)


def media(actor: Actor, *, file_id: int, purpose: int, corp_id: str, until: datetime) -> str:
    """Return what the platform calls a file, if it will know it until then; empty otherwise."""
    with tenant_scope(actor.tenant_id):
        rows = WecomMedia.objects.filter(file_id=file_id, purpose=purpose, corp_id=corp_id, expires_at__gt=until)
        return rows.values_list("media_id", flat=True).first() or ""


def ticket(actor: Actor, *, channel_id: int, kind: str, until: datetime) -> str:
    """Return the shared ticket, if it is good until then; empty otherwise."""
    with tenant_scope(actor.tenant_id):
        row = WecomTicket.objects.filter(channel_id=channel_id, kind=kind, expires_at__gt=until).first()
        return row.ticket if row else ""


def kf_cursor(actor: Actor, open_kfid: str) -> str:
    """Return how far an account's messages were read."""
    with tenant_scope(actor.tenant_id):
        return WecomKfAccount.objects.filter(open_kfid=open_kfid).values_list("cursor", flat=True).first() or ""


def kf_talk(actor: Actor, *, open_kfid: str, external_userid: str) -> WecomKfTalk | None:
    """Return a customer's conversation with an account, or None."""
    with tenant_scope(actor.tenant_id):
        return WecomKfTalk.objects.filter(account__open_kfid=open_kfid, external_userid=external_userid).first()


def transfers_named(actor: Actor, ids: Iterable[int]) -> list[str]:
    """Return the customers of these transfers that are still wanted from the platform."""
    with tenant_scope(actor.tenant_id):
        rows = WecomTransfer.objects.filter(id__in=list(ids), state=TransferState.ASKING).order_by("id")
        return list(rows.values_list("external_userid", flat=True))


def moment(actor: Actor, row_id: int) -> WecomMoment:
    """Return a moment that is to be made. Raises WecomMoment.DoesNotExist."""
    with tenant_scope(actor.tenant_id):
        return WecomMoment.objects.get(id=row_id)

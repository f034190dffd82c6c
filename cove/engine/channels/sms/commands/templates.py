from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.contracts.accounts import PlatformSignature, PlatformTemplate, Provider, Purpose
from cove.engine.channels.sms.errors import NotConfigured
from cove.engine.channels.sms.models import SmsAccount, SmsSignature, SmsTemplate
from cove.engine.channels.sms.permissions import CONFIGURE, TAKE_OVER
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

SYNC = "sms.sync"


@command(CONFIGURE)
def order_sync(actor: Actor, *, provider: Provider) -> None:
    """Have the provider's templates and signatures taken over. Raises NotConfigured."""
    row = SmsAccount.visible_to(actor).filter(provider=provider).first()
    if row is None or not row.secret:
        raise NotConfigured
    _order(actor, row.id)


@command(TAKE_OVER, audited=False)
def order_due_sync(actor: Actor, *, account_id: int) -> None:
    """The same, because it is time."""
    _order(actor, account_id)


@command(CONFIGURE)
def enter_signature(actor: Actor, *, provider: Provider, name: str, code: str = "") -> SmsSignature:
    """Write a signature down by hand: some providers list none that is not asked for. Raises NotConfigured, InvalidInput."""
    row = SmsAccount.visible_to(actor).select_for_update().filter(provider=provider).first()
    if row is None:
        raise NotConfigured
    if provider == "tencent" and not code.isdecimal():
        raise InvalidInput(fields={"code": Words("请填写签名 ID（数字）", "Fill in the signature's id, a number")})
    found, _ = SmsSignature.objects.update_or_create(account=row, name=name, defaults={"code": code, "gone": False})
    _order(actor, row.id)
    return found


@command(CONFIGURE)
def mark_template(actor: Actor, *, sms_template_id: int, purpose: Purpose) -> SmsTemplate:
    """Say what a template is for, where the provider does not say it. Raises NotFound."""
    row = queries.templates(actor).select_for_update(of=("self",)).filter(id=sms_template_id).first()
    if row is None:
        raise NotFound
    row.purpose, row.marked = purpose, True
    row.save(update_fields=["purpose", "marked"])
    return row


@command(TAKE_OVER)
def keep_templates(actor: Actor, *, sms_account_id: int, found: Sequence[PlatformTemplate]) -> int:
    """Make an account's templates equal to the provider's; return how many it has. One that is no longer there stays for its messages."""
    known = {
        row.code: row for row in SmsTemplate.visible_to(actor).filter(account_id=sms_account_id).select_for_update()
    }
    for one in found:
        row = known.pop(one.code, None) or SmsTemplate(account_id=sms_account_id, code=one.code)
        said = {
            "name": one.name,
            "content": one.content,
            "purpose": row.purpose if row.marked else one.purpose,
            "approval": one.approval,
            "reason": one.reason,
            "gone": False,
        }
        _save(row, said)
    for row in known.values():
        _save(row, {"gone": True})
    return len(found)


@command(TAKE_OVER)
def keep_signatures(actor: Actor, *, sms_account_id: int, found: Sequence[PlatformSignature], whole: bool) -> int:
    """Take over what the provider says of signatures; with `whole` it listed all, so that the others are gone. Return how many it has."""
    rows = SmsSignature.visible_to(actor).filter(account_id=sms_account_id).select_for_update()
    known = {row.name: row for row in rows}
    for one in found:
        row = known.pop(one.name, None) or SmsSignature(account_id=sms_account_id, name=one.name)
        _save(row, {"code": one.code or row.code, "approval": one.approval, "reason": one.reason, "gone": False})
    for row in known.values() if whole else ():
        _save(row, {"gone": True})
    return len(found)


@command(TAKE_OVER, audited=False)
def note_synced(actor: Actor, *, account_id: int, at: datetime) -> None:
    """Remember that templates and signatures were looked at."""
    SmsAccount.visible_to(actor).filter(id=account_id).update(synced_at=at)


def _save(row: SmsTemplate | SmsSignature, said: dict[str, object]) -> None:
    if row.pk and all(getattr(row, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.save()


def _order(actor: Actor, account_id: int) -> None:
    # Two who ask within the same ten seconds are answered together.
    slot = int(clock.now().timestamp() // 10)
    delivery.deliver(actor, SYNC, f"{SYNC}:{account_id}:{slot}", {"account_id": account_id})

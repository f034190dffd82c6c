from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from cove.engine.channels.sms.contracts.accounts import Credentials, OutgoingText, Provider
from cove.engine.channels.sms.contracts.counting import variables_of
from cove.engine.channels.sms.contracts.marks import mark_of
from cove.engine.channels.sms.errors import NotConfigured
from cove.engine.channels.sms.models import SmsAccount, SmsMessage, SmsSignature, SmsTemplate
from cove.engine.channels.sms.permissions import CALL, SEE_SMS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.scope import every_tenant, tenant_scope

SYNC_EACH = timedelta(hours=24)
SYNC_WHILE_WAITING = timedelta(minutes=30)
PULL_EACH = timedelta(minutes=10)
AWAITED_AFTER = timedelta(minutes=10)
AWAITED_UNTIL = timedelta(hours=72)
"""Carriers give up after three days; until then a receipt that was not pushed is asked for."""
ASKED_AT_ONCE = 50


def accounts(actor: Actor) -> list[SmsAccount]:
    """Return the tenant's accounts by provider. Raises Forbidden."""
    actor.require(SEE_SMS)
    return list(SmsAccount.visible_to(actor).order_by("provider"))


def account(actor: Actor, provider: Provider) -> SmsAccount:
    """Return one account. Raises Forbidden, NotConfigured."""
    actor.require(SEE_SMS)
    found = SmsAccount.visible_to(actor).filter(provider=provider).first()
    if found is None:
        raise NotConfigured
    return found


def signatures(actor: Actor) -> list[SmsSignature]:
    """Return the signatures of all accounts, those that are still at the provider. Raises Forbidden."""
    actor.require(SEE_SMS)
    return list(SmsSignature.visible_to(actor).filter(gone=False).select_related("account").order_by("name", "id"))


def templates(
    actor: Actor, *, search: str = "", purpose: str = "", approval: str = "", provider: str = ""
) -> QuerySet[SmsTemplate]:
    """Return the templates that are still at their provider and meet all that is asked. Raises Forbidden."""
    actor.require(SEE_SMS)
    rows = SmsTemplate.visible_to(actor).filter(gone=False).select_related("account")
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(content__icontains=search) | Q(code__iexact=search))
    given = {"purpose": purpose, "approval": approval, "account__provider": provider}
    return rows.filter(**{name: value for name, value in given.items() if value})


def template(actor: Actor, template_id: int) -> SmsTemplate:
    """Return one template. Raises Forbidden, NotFound."""
    found = templates(actor).filter(id=template_id).first()
    if found is None:
        raise NotFound
    return found


def signature(actor: Actor, signature_id: int, *, account_id: int) -> SmsSignature:
    """Return one signature of an account. Raises Forbidden, NotFound."""
    actor.require(SEE_SMS)
    found = SmsSignature.visible_to(actor).filter(id=signature_id, account_id=account_id, gone=False).first()
    if found is None:
        raise NotFound
    return found


def credentials_of(row: SmsAccount) -> Credentials:
    """Return what is needed to call the provider of an account. Raises NotConfigured."""
    if not row.key_id or not row.secret:
        raise NotConfigured
    provider = cast("Provider", row.provider)
    return Credentials(row.tenant_id, row.id, provider, row.base_url, row.key_id, row.app_id, row.secret)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with all that is needed to send it now. Without `credentials` its account is not set up (any more)."""

    message_id: int
    credentials: Credentials | None
    text: OutgoingText


def letters(actor: Actor, ids: Iterable[int]) -> list[Letter]:
    """Return of these messages those that are still to be sent."""
    with tenant_scope(actor.tenant_id):
        rows = SmsMessage.visible_to(actor, CALL).select_related("account", "template")
        return [
            _letter(row) for row in rows.filter(SmsMessage.UNSENT, id__in=list(ids)).exclude(phone="").order_by("id")
        ]


def _letter(row: SmsMessage) -> Letter:
    values = tuple((name, str(row.variables.get(name, ""))) for name in variables_of(row.template.content))
    # Who waits for a code should not wait for others (Aliyun, document 102364).
    alone = row.template.purpose == "code"
    text = OutgoingText(row.phone, row.signature, row.template.code, values, mark_of([row.id]), alone)
    account = row.account
    return Letter(row.id, credentials_of(account) if account.key_id and account.secret else None, text)


def account_credentials(actor: Actor, account_id: int) -> Credentials:
    """Return what is needed to call the provider. Raises NotConfigured."""
    with tenant_scope(actor.tenant_id):
        row = SmsAccount.visible_to(actor).filter(id=account_id).first()
        if row is None:
            raise NotConfigured
        return credentials_of(row)


def signature_codes(actor: Actor, account_id: int) -> list[str]:
    """Return the provider's numbers of an account's signatures, as far as they are known."""
    with tenant_scope(actor.tenant_id):
        rows = SmsSignature.visible_to(actor).filter(account_id=account_id).exclude(code="")
        return list(rows.values_list("code", flat=True))


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message of which nothing was heard since it was sent."""

    serial: str
    phone: str
    sent_at: datetime


def awaited(actor: Actor, account_id: int) -> list[Awaited]:
    """Return messages of an account that have waited for their receipt long enough to ask, the oldest first."""
    with tenant_scope(actor.tenant_id):
        rows = _awaited(clock.now()).filter(tenant_id=actor.tenant_id, account_id=account_id).exclude(phone="")
        found = rows.order_by("sent_at").values_list("serial", "phone", "sent_at")[:ASKED_AT_ONCE]
        return [Awaited(serial, phone, at) for serial, phone, at in found if at is not None]


def _awaited(now: datetime) -> QuerySet[SmsMessage]:
    waiting = SmsMessage.unsealed.filter(state="sent", sent_at__lt=now - AWAITED_AFTER, sent_at__gt=now - AWAITED_UNTIL)
    return waiting.exclude(serial="")


@dataclass(frozen=True, slots=True)
class Due:
    """What an account is due for."""

    tenant_id: int
    account_id: int


def due_for_sync(now: datetime) -> list[Due]:
    """Return the accounts, of all tenants, whose templates have not been looked at for a day, or half an hour where one waits."""
    with every_tenant("accounts for text messages that are due are found"):
        waiting = SmsTemplate.unsealed.filter(account=OuterRef("id"), approval="waiting", gone=False)
        old = Q(synced_at__isnull=True) | Q(synced_at__lt=now - SYNC_EACH)
        soon = Q(Exists(waiting), synced_at__lt=now - SYNC_WHILE_WAITING)
        rows = SmsAccount.unsealed.filter(old | soon).values_list("tenant_id", "id")
        return [Due(tenant_id, row_id) for tenant_id, row_id in rows]


def due_for_pull(now: datetime) -> list[Due]:
    """Return the accounts, of all tenants, that wait for receipts and have not been asked for some minutes."""
    with every_tenant("accounts for text messages that are due are found"):
        waiting = _awaited(now).filter(account=OuterRef("id"))
        rested = Q(pulled_at__isnull=True) | Q(pulled_at__lt=now - PULL_EACH)
        rows = SmsAccount.unsealed.filter(rested, Exists(waiting)).values_list("tenant_id", "id")
        return [Due(tenant_id, row_id) for tenant_id, row_id in rows]


def provider_of(actor: Actor, account_id: int) -> Provider | None:
    """Return the provider of an account, None if there is no such account."""
    row = SmsAccount.visible_to(actor).filter(id=account_id).first()
    return cast("Provider", row.provider) if row else None


@dataclass(frozen=True, slots=True)
class Figures:
    """What went out by an account in the last thirty days. `cost` in ten-thousandths of a yuan."""

    messages: int
    parts: int
    cost: int
    arrived: int
    failed: int


def figures(actor: Actor) -> dict[int, Figures]:
    """Return the figures of the last thirty days by account. Raises Forbidden."""
    since = clock.now() - timedelta(days=30)
    rows = SmsMessage.visible_to(actor).filter(ordered_at__gte=since).values("account_id")
    gone_out = Q(state__in=("sent", "arrived", "unknown")) | Q(state="failed", serial__gt="")
    counted = rows.annotate(
        n=Count("id"),
        paid=Sum("parts", filter=gone_out),
        spent=Sum("cost", filter=gone_out),
        good=Count("id", filter=Q(state="arrived")),
        bad=Count("id", filter=Q(state="failed")),
    )
    return {
        row["account_id"]: Figures(row["n"], row["paid"] or 0, row["spent"] or 0, row["good"], row["bad"])
        for row in counted
    }


def messages(actor: Actor, *, state: str = "") -> QuerySet[SmsMessage]:
    """Return the messages, those in a state where one is given. Raises Forbidden."""
    # Not joined: beside templates of many companies the planner would join all messages before it takes the first of them.
    rows = SmsMessage.visible_to(actor).prefetch_related("template", "account")
    return rows.filter(state=state) if state else rows

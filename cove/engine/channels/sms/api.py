"""Console: setting text messages up, trying them out, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.people import facade as people
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import configure_account
from cove.engine.channels.sms.commands.messages import send_message, send_test
from cove.engine.channels.sms.commands.templates import enter_signature, mark_template, order_sync
from cove.engine.channels.sms.contracts.accounts import BASE_URLS, PROVIDERS, Approval, Draft, Provider, Purpose
from cove.engine.channels.sms.contracts.counting import (
    LONGEST,
    counted,
    says_how_to_refuse,
    variables_of,
)
from cove.engine.channels.sms.errors import NoPhone, NotApproved, NotConfigured, NoWayToRefuse, TooLong
from cove.engine.channels.sms.models import USUAL_PRICE, SmsAccount, SmsMessage, SmsSignature, SmsTemplate
from cove.engine.channels.sms.permissions import CONFIGURE, SEE_SMS, SEND
from cove.engine.channels.sms.schemas import (
    NewSmsSignature,
    SmsAccountAnswer,
    SmsAccountChange,
    SmsAccountsAnswer,
    SmsDraft,
    SmsFiguresAnswer,
    SmsMessageAnswer,
    SmsPreviewAnswer,
    SmsSignatureAnswer,
    SmsSignaturesAnswer,
    SmsTemplateAnswer,
    SmsTemplateChange,
    SmsTest,
    SmsToContact,
    State,
)
from cove.engine.channels.sms.troubles import said_of
from cove.facts.delivery import REASONS
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.sensitive import mask_phone
from cove.kernel.words import Words

console = Router(tags=["channels"])

CALLBACKS = "/callbacks/sms/"
STATES: dict[str, Words] = {
    "ordered": Words("待发送", "Waiting"),
    "sent": Words("已发送，待回执", "Sent, no receipt yet"),
    "arrived": Words("已送达", "Arrived"),
    "failed": Words("失败", "Failed"),
    "unknown": Words("结果未知", "Unknown"),
}
_NOTHING = queries.Figures(0, 0, 0, 0, 0)


@console.get("/channels/sms", response={200: SmsAccountsAnswer, **refusals(Forbidden)}, **needs(SEE_SMS))
def list_sms_accounts(request: HttpRequest) -> SmsAccountsAnswer:
    """Show each provider with its account and state, also those that are not set up."""
    who = actor(request)
    known = {row.provider: row for row in queries.accounts(who)}
    counted_by = queries.figures(who)
    items = [
        _account(provider, row, counted_by.get(row.id, _NOTHING) if row else _NOTHING)
        for provider in PROVIDERS
        for row in [known.get(provider)]
    ]
    return SmsAccountsAnswer(items=items)


@console.put("/channels/sms/{provider}", response={200: SmsAccountAnswer, **refusals(Forbidden)}, **needs(CONFIGURE))
def change_sms_account(request: HttpRequest, provider: Provider, payload: SmsAccountChange) -> SmsAccountAnswer:
    """Set a provider up or change it; it takes effect at once."""
    who = actor(request)
    row = configure_account(who, provider=provider, **payload.model_dump())
    return _account(provider, row, queries.figures(who).get(row.id, _NOTHING))


@console.post(
    "/channels/sms/{provider}/sync",
    response={202: None, **refusals(Forbidden, NotConfigured)},
    **needs(CONFIGURE),
)
def sync_sms_templates(request: HttpRequest, provider: Provider) -> Status[None]:
    """Take over templates and signatures with their approval from the provider, in the background, within seconds."""
    order_sync(actor(request), provider=provider)
    return Status(202, None)


@console.get("/sms/signatures", response={200: SmsSignaturesAnswer, **refusals(Forbidden)}, **needs(SEE_SMS))
def list_sms_signatures(request: HttpRequest) -> SmsSignaturesAnswer:
    """List the signatures of all providers."""
    return SmsSignaturesAnswer(items=[_signature(row) for row in queries.signatures(actor(request))])


@console.post(
    "/sms/signatures", response={201: SmsSignatureAnswer, **refusals(Forbidden, NotConfigured)}, **needs(CONFIGURE)
)
def add_sms_signature(request: HttpRequest, payload: NewSmsSignature) -> Status[SmsSignatureAnswer]:
    """Write a signature down by hand; its approval is asked for at once."""
    row = enter_signature(actor(request), provider=payload.provider, name=payload.name, code=payload.code)
    return Status(201, _signature(row))


@console.get("/sms/templates", response={200: Page[SmsTemplateAnswer], **refusals(Forbidden)}, **needs(SEE_SMS))
def list_sms_templates(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    purpose: Purpose | None = None,
    approval: Approval | None = None,
    provider: Provider | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[SmsTemplateAnswer]:
    """List templates by name, with their approval."""
    rows = queries.templates(
        actor(request),
        search=search.strip(),
        purpose=purpose or "",
        approval=approval or "",
        provider=provider or "",
    )
    found, following = slice_after(rows, sort="name", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_template(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.patch(
    "/sms/templates/{sms_template_id}",
    response={200: SmsTemplateAnswer, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE),
)
def change_sms_template(request: HttpRequest, sms_template_id: int, payload: SmsTemplateChange) -> SmsTemplateAnswer:
    """Say what a template is for: marketing goes only to whoever agreed to it."""
    return _template(mark_template(actor(request), sms_template_id=sms_template_id, purpose=payload.purpose))


@console.post("/sms/preview", response={200: SmsPreviewAnswer, **refusals(Forbidden, NotFound)}, **needs(SEE_SMS))
def preview_sms(request: HttpRequest, payload: SmsDraft) -> SmsPreviewAnswer:
    """Show what would go out, how long it is and what it costs, before anything is sent."""
    who = actor(request)
    template = queries.template(who, payload.sms_template_id)
    signature = queries.signature(who, payload.sms_signature_id, account_id=template.account_id)
    return _preview(template, signature, payload.values)


@console.post(
    "/sms/test",
    response={202: None, **refusals(Forbidden, NotFound, NotApproved, NoWayToRefuse, TooLong)},
    **needs(CONFIGURE),
)
def test_sms(request: HttpRequest, payload: SmsTest) -> Status[None]:
    """Send a template to a number that was typed."""
    send_test(actor(request), phone=payload.phone, draft=_draft(payload))
    return Status(202, None)


@console.post(
    "/sms/messages",
    response={202: NamedId, **refusals(Forbidden, NotFound, NoPhone, NotApproved, NoWayToRefuse, TooLong)},
    **needs(SEND),
)
def send_sms(request: HttpRequest, payload: SmsToContact) -> Status[NamedId]:
    """Send one message to a contact; what becomes of it is on his timeline and in the list of messages."""
    row = send_message(
        actor(request),
        key=payload.key,
        contact_id=payload.contact_id,
        draft=_draft(payload),
    )
    return Status(202, NamedId(id=row.id, name=row.template.name))


@console.get("/sms/messages", response={200: Page[SmsMessageAnswer], **refusals(Forbidden)}, **needs(SEE_SMS))
def list_sms_messages(
    request: HttpRequest, state: State | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[SmsMessageAnswer]:
    """List messages, newest first, with what became of them."""
    who = actor(request)
    rows = queries.messages(who, state=state or "")
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    names = {key: card.name for key, card in people.contacts_by_id(who, {row.contact_id or 0 for row in found}).items()}
    return Page(items=[_message(row, names) for row in found], next_cursor=following, total=total, total_exact=exact)


def _draft(payload: SmsDraft) -> Draft:
    return Draft(payload.sms_template_id, payload.sms_signature_id, payload.values)


def _account(provider: Provider, row: SmsAccount | None, said: queries.Figures) -> SmsAccountAnswer:
    address = f"{settings.PUBLIC_URL}{CALLBACKS}{row.public_id}" if row else ""
    problem = said_of(row.problem) if row and row.problem in REASONS else None
    return SmsAccountAnswer(
        provider=provider,
        name=PROVIDERS[provider].here(),
        configured=bool(row and row.key_id and row.secret),
        key_id=row.key_id if row else "",
        secret_set=bool(row and row.secret),
        app_id=row.app_id if row else "",
        base_url=row.base_url if row else BASE_URLS[provider],
        price=row.price if row else USUAL_PRICE,
        receipts_url=f"{address}/receipts" if row else "",
        replies_url=f"{address}/replies" if row else "",
        synced_at=row.synced_at if row else None,
        told_at=row.told_at if row else None,
        problem=problem.here() if problem else "",
        figures=SmsFiguresAnswer(
            messages=said.messages, parts=said.parts, cost=said.cost, arrived=said.arrived, failed=said.failed
        ),
    )


def _signature(row: SmsSignature) -> SmsSignatureAnswer:
    return SmsSignatureAnswer.model_validate(
        {
            "id": row.id,
            "provider": row.account.provider,
            "name": row.name,
            "code": row.code,
            "approval": row.approval,
            "reason": row.reason,
        }
    )


def _template(row: SmsTemplate) -> SmsTemplateAnswer:
    return SmsTemplateAnswer.model_validate(
        {
            "id": row.id,
            "provider": row.account.provider,
            "code": row.code,
            "name": row.name,
            "content": row.content,
            "purpose": row.purpose,
            "approval": row.approval,
            "reason": row.reason,
            "variables": variables_of(row.content),
            "refusable": says_how_to_refuse(row.content),
        }
    )


def _preview(template: SmsTemplate, signature: SmsSignature, values: Mapping[str, str]) -> SmsPreviewAnswer:
    said = counted(signature.name, template.content, values)
    return SmsPreviewAnswer(
        text=said.text,
        length=said.length,
        longest=LONGEST,
        parts=said.parts,
        cost=said.parts * template.account.price,
        missing=[name for name in variables_of(template.content) if not values.get(name, "").strip()],
    )


def _message(row: SmsMessage, names: Mapping[int, str]) -> SmsMessageAnswer:
    reason = REASONS.get(row.reason)
    key = row.contact_id or 0
    contact = NamedId(id=key, name=names[key]) if key in names else None
    return SmsMessageAnswer.model_validate(
        {
            "id": row.id,
            "provider": row.account.provider,
            "template": NamedId(id=row.template_id, name=row.template.name),
            "contact": contact,
            "phone": mask_phone(row.phone) if row.phone else "",
            "parts": row.parts,
            "cost": row.cost,
            "state": row.state,
            "state_label": STATES[row.state].here(),
            "reason": reason.here() if reason else "",
            "errcode": row.errcode,
            "ordered_at": row.ordered_at,
            "ended_at": row.ended_at,
        }
    )

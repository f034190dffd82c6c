"""What the doctor looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.contracts.accounts import PROVIDERS
from cove.engine.channels.sms.models import SmsAccount, SmsMessage, SmsSignature, SmsTemplate
from cove.engine.channels.sms.permissions import CALL
from cove.engine.channels.sms.troubles import remedy_of, said_of
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

EMPTY = "balance_empty"
REMEMBERED = timedelta(days=7)
_OF_ACCOUNT = Words("{account}：{what}", "{account}: {what}")
_CALLS = Words("接受我们的请求", "takes our requests")
_SIGNATURES = Words("有通过审核的签名", "signatures are approved")
_TEMPLATES = Words("有通过审核的模板", "templates are approved")
_BALANCE = Words("余额或套餐充足", "there is balance")
_RECEIPTS = Words("推送回执", "pushes receipts")
_NONE = Words("平台上还没有", "There is none at the provider yet")
_WAITING = Words("仍在审核中", "Still being looked at")
_REFUSED = Words("均未通过审核", "None was approved")
_APPLY = Words(
    "请在云平台申请并等待审核通过，再到短信设置中同步",
    "Apply at the cloud platform, wait for approval, then synchronise in the settings",
)
_TOP_UP = Words("请在云平台充值或购买套餐", "Top up or buy a package at the cloud platform")
SILENT_AFTER = timedelta(hours=1)
ENOUGH = 5

patient(
    "sms",
    "短信",
    "Text messages",
    path="/settings/sms",
    in_use=lambda actor: bool(SmsAccount.visible_to(actor).exists()),
)


@checkup("sms.provider_accepts_us", "短信平台接受我们的请求", "The provider accepts our requests")
def provider_accepts_us(actor: Actor) -> list[Finding]:
    """Find accounts whose provider refused the last call as a whole."""
    return [
        Finding(Level.BROKEN, _label(row, said_of(row.problem)), remedy_of(row.problem), key=row.provider)
        for row in SmsAccount.visible_to(actor)
        if row.problem in REASONS
    ]


@able("sms")
def what_accounts_can(actor: Actor) -> list[Ability]:
    """Tell of each provider whether it takes our calls, what it approved, whether there is balance, and whether receipts come."""
    signatures, templates = _approvals(actor, SmsSignature), _approvals(actor, SmsTemplate)
    found = []
    for row in SmsAccount.visible_to(actor).order_by("provider"):
        found += [
            _calls(row),
            _approved(row, "signatures", _SIGNATURES, signatures.get(row.id, {})),
            _approved(row, "templates", _TEMPLATES, templates.get(row.id, {})),
            _balance(actor, row),
            _receipts(row),
        ]
    return found


def _approvals(actor: Actor, model: type[SmsSignature | SmsTemplate]) -> dict[int, dict[str, int]]:
    rows = model.visible_to(actor).filter(gone=False).values("account_id", "approval").annotate(count=Count("id"))
    found: dict[int, dict[str, int]] = {}
    for one in rows:
        found.setdefault(one["account_id"], {})[one["approval"]] = one["count"]
    return found


def _label(row: SmsAccount, what: Words) -> Words:
    name = PROVIDERS[row.provider]  # type: ignore[index]  # one of the choices
    return Words(
        _OF_ACCOUNT.with_values(account=name.zh, what=what.zh).zh,
        _OF_ACCOUNT.with_values(account=name.en, what=what.en).en,
    )


def _calls(row: SmsAccount) -> Ability:
    # An empty balance is a line of its own: the calls themselves are taken.
    refused = row.problem in REASONS and row.problem != EMPTY
    trouble, remedy = (said_of(row.problem), remedy_of(row.problem)) if refused else (None, None)
    return Ability(f"{row.provider}:calls", _label(row, _CALLS), usable=trouble is None, trouble=trouble, remedy=remedy)


def _approved(row: SmsAccount, key: str, what: Words, counts: Mapping[str, int]) -> Ability:
    """Tell how many of an account's signatures or templates are approved, out of all it has."""
    good, every = counts.get("approved", 0), sum(counts.values())
    label, name = _label(row, what), f"{row.provider}:{key}"
    if good:
        return Ability(name, label, usable=True, approved=good, most=every)
    trouble = _NONE if not every else _REFUSED if not counts.get("waiting") else _WAITING
    usable = None if row.synced_at is None else False
    return Ability(name, label, usable=usable, trouble=trouble, remedy=_APPLY, approved=0, most=every)


def _balance(actor: Actor, row: SmsAccount) -> Ability:
    # No interface of the providers that Cove may call tells the balance; a message that went out lately says that there was some.
    if row.problem == EMPTY:
        trouble, remedy = REASONS[EMPTY], _TOP_UP
        return Ability(f"{row.provider}:balance", _label(row, _BALANCE), usable=False, trouble=trouble, remedy=remedy)
    since = clock.now() - REMEMBERED
    sent = SmsMessage.visible_to(actor, CALL).filter(account=row, sent_at__gt=since).exclude(serial="").exists()
    return Ability(f"{row.provider}:balance", _label(row, _BALANCE), usable=True if sent else None)


def _receipts(row: SmsAccount) -> Ability:
    usable = True if row.told_at else None
    return Ability(f"{row.provider}:receipts", _label(row, _RECEIPTS), usable=usable)


@checkup("sms.receipts_are_pushed", "短信平台推送回执", "The provider pushes receipts")
def receipts_are_pushed(actor: Actor) -> list[Finding]:
    """Find accounts that sent messages and never pushed a receipt: nobody entered our address there."""
    since = clock.now() - SILENT_AFTER
    found = []
    for row in queries.accounts(actor):
        sent = SmsMessage.visible_to(actor, CALL).filter(account=row, sent_at__lt=since).exclude(serial="")
        if row.told_at is None and sent[:ENOUGH].count() >= ENOUGH:
            words = Words("{provider} 从未推送过短信回执", "{provider} never pushed a receipt")
            remedy = Words(
                "请把短信设置页中的回执地址填到平台的推送配置",
                "Enter the address for receipts from the settings page at the provider",
            )
            name = PROVIDERS[row.provider].here()  # type: ignore[index]  # one of the choices
            found.append(Finding(Level.WARNING, words.with_values(provider=name), remedy, key=row.provider))
    return found


@checkup("sms.something_can_be_sent", "有可用的短信签名与模板", "There is a signature and a template to send")
def something_can_be_sent(actor: Actor) -> list[Finding]:
    """Find that nothing is approved, so that nothing can be sent."""
    signed = any(row.approval == "approved" for row in queries.signatures(actor))
    written = queries.templates(actor, approval="approved").exists()
    if signed and written:
        return []
    words = Words(
        "还没有通过审核的签名或模板，短信发不出去", "Nothing can be sent: no signature or template is approved yet"
    )
    remedy = Words(
        "请在云平台申请签名与模板，通过后在短信设置中同步",
        "Apply for them at the cloud platform, then synchronise",
    )
    return [Finding(Level.WARNING, words, remedy)]

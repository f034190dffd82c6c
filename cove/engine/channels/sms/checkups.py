"""What the doctor looks at."""

from __future__ import annotations

from datetime import timedelta

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.contracts.accounts import PROVIDERS
from cove.engine.channels.sms.models import SmsAccount, SmsMessage
from cove.engine.channels.sms.permissions import CALL
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

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
    remedy = Words(
        "请打开短信设置核对密钥、余额与权限后重新同步",
        "Open the settings, check keys, balance and rights, and synchronise",
    )
    return [
        Finding(Level.BROKEN, REASONS[row.problem], remedy, key=row.provider)
        for row in SmsAccount.visible_to(actor)
        if row.problem in REASONS
    ]


@able("sms")
def what_accounts_can(actor: Actor) -> list[Ability]:
    """Tell of each provider whether its last call was taken."""
    return [
        Ability(
            row.provider,
            PROVIDERS[row.provider],  # type: ignore[index]  # one of the choices
            usable=not row.problem,
            trouble=REASONS.get(row.problem),
        )
        for row in SmsAccount.visible_to(actor)
    ]


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

"""What the doctor of channels asks of e-mail."""

from __future__ import annotations

import asyncio

from cove.engine.channels.doctor.contracts import Finding, Level, checkup, patient
from cove.engine.channels.email.client.checks import look
from cove.engine.channels.email.client.dns import Asking
from cove.engine.channels.email.client.lines import try_relay
from cove.engine.channels.email.commands.domains import note_findings
from cove.engine.channels.email.contracts.cards import DomainCard
from cove.engine.channels.email.contracts.problems import PROBLEMS, RECORDS, UNANSWERED
from cove.engine.channels.email.models import SenderDomain
from cove.engine.channels.email.queries.outgoing import relay_of
from cove.engine.channels.email.queries.settings import domain_card
from cove.kernel.actor import Actor
from cove.kernel.words import Words

EMAIL = patient(
    "email",
    "邮件",
    "E-mail",
    path="/settings/email",
    in_use=lambda actor: SenderDomain.visible_to(actor).filter(off=False).exists(),
)
_RECORD = Words("{domain} 的 {name} 记录：{problem}", "{name} of {domain}: {problem}")
_REMEDY = Words("在域名服务商处把 {name} 设为 {wanted}", "Set {name} to {wanted} at your DNS provider")
_RELAY = Words("{domain} 的 SMTP 服务器 {host} 无法使用", "The SMTP server {host} of {domain} cannot be used")
_RELAY_REMEDY = Words(
    "请在邮件设置中核对服务器、端口、加密方式、账号与密码，并确认本机可以访问",
    "Check server, port, encryption, user and password in the mail settings, and that this machine may reach it",
)
NEEDED = frozenset({"spf", "dkim"})
"""Without these receivers refuse mail; the others are asked for by the large ones from some thousand a day on."""


@checkup("email.dns", "发信域名的 DNS 记录正确", "The DNS records of sender domains are right")
def look_at_records(actor: Actor) -> list[Finding]:
    """Look at every domain's records, and keep what was found."""
    found: list[Finding] = []
    for row in SenderDomain.visible_to(actor).filter(off=False):
        card = domain_card(row)
        records = asyncio.run(look(card, Asking()))
        note_findings(actor, domain_id=row.id, findings=records)
        found += [_finding(card, one.key, one.name, one.wanted, one.problem) for one in records if one.problem]
    return found


@checkup("email.relay", "发信服务器可以登录", "The relays let us in")
def try_relays(actor: Actor) -> list[Finding]:
    """Greet every domain's relay and sign in, without sending anything."""
    found: list[Finding] = []
    for row in SenderDomain.visible_to(actor).filter(off=False):
        if asyncio.run(try_relay(relay_of(row))):
            words = _RELAY.with_values(domain=row.name, host=row.host)
            found.append(Finding(Level.BROKEN, words, _RELAY_REMEDY, key=row.name))
    return found


def _finding(card: DomainCard, key: str, name: str, wanted: str, problem: str) -> Finding:
    level = Level.BROKEN if key in NEEDED and problem != UNANSWERED else Level.WARNING
    said = PROBLEMS[problem]
    label = RECORDS[key]
    words = Words(
        _RECORD.with_values(domain=card.name, name=label.zh, problem=said.zh).zh,
        _RECORD.with_values(domain=card.name, name=label.en, problem=said.en).en,
    )
    return Finding(level, words, _REMEDY.with_values(name=name, wanted=wanted), key=f"{card.name}:{key}")

"""What the doctor of channels asks of e-mail."""

from __future__ import annotations

import asyncio

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.email.client.checks import look
from cove.engine.channels.email.client.dns import Asking
from cove.engine.channels.email.client.relays import trouble_of
from cove.engine.channels.email.commands.domains import note_findings, take_new_key
from cove.engine.channels.email.contracts.cards import DomainCard, Relay, new_key_stands, nobody_at
from cove.engine.channels.email.contracts.cards import Finding as Record
from cove.engine.channels.email.contracts.problems import PROBLEMS, RECORDS, RELAY_PROBLEMS, RELAY_REMEDIES, UNANSWERED
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
_RELAY = Words("{domain} 的 SMTP 服务器 {host}：{zh}", "The SMTP server {host} of {domain}: {en}")
_RELAY_LABEL = Words("{domain}：SMTP 服务器 {host} 可连接并登录", "{domain}: the SMTP server {host} lets us in")
_OF_DOMAIN = Words("{domain}：{zh}", "{domain}: {en}")
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
        if new_key_stands(records):
            take_new_key(actor, domain_id=row.id, selector=card.next_selector)
        found += [_finding(card, one.key, one.name, one.wanted, one.problem) for one in records if one.problem]
    return found


@checkup("email.relay", "发信服务器可以登录", "The relays let us in")
def try_relays(actor: Actor) -> list[Finding]:
    """Greet every domain's relay, sign in and name its sender, without sending anything."""
    found: list[Finding] = []
    for row in SenderDomain.visible_to(actor).filter(off=False):
        problem = asyncio.run(trouble_of(relay_of(row), nobody_at(row.back_host)))
        if problem:
            why = RELAY_PROBLEMS[problem]
            words = _RELAY.with_values(domain=row.name, host=f"{row.host}:{row.port}", zh=why.zh, en=why.en)
            found.append(Finding(Level.BROKEN, words, RELAY_REMEDIES[problem], key=row.name))
    return found


@able("email")
def what_domains_can(actor: Actor) -> list[Ability]:
    """Tell of each domain whether its relay takes our mail, and whether each of its records stands."""
    found: list[Ability] = []
    for row in SenderDomain.visible_to(actor).filter(off=False):
        card = domain_card(row)
        relay, records = asyncio.run(_asked(card, relay_of(row)))
        found.append(_relay_ability(card, f"{row.host}:{row.port}", relay))
        found += [_record_ability(card, one) for one in records]
    return found


async def _asked(card: DomainCard, relay: Relay) -> tuple[str, list[Record]]:
    asked = await asyncio.gather(trouble_of(relay, nobody_at(card.back_host)), look(card, Asking()))
    return asked[0], asked[1]


def _relay_ability(card: DomainCard, host: str, problem: str) -> Ability:
    label = _RELAY_LABEL.with_values(domain=card.name, host=host)
    if not problem:
        return Ability(f"{card.name}:relay", label, usable=True)
    trouble, remedy = RELAY_PROBLEMS[problem], RELAY_REMEDIES[problem]
    return Ability(f"{card.name}:relay", label, usable=False, trouble=trouble, remedy=remedy)


def _record_ability(card: DomainCard, one: Record) -> Ability:
    what = RECORDS[one.key]
    label = _OF_DOMAIN.with_values(domain=card.name, zh=what.zh, en=what.en)
    key = f"{card.name}:{one.key}"
    if not one.problem:
        return Ability(key, label, usable=True)
    remedy = _REMEDY.with_values(name=one.name, wanted=one.wanted)
    usable = None if one.problem == UNANSWERED else False
    return Ability(key, label, usable=usable, trouble=PROBLEMS[one.problem], remedy=remedy)


def _finding(card: DomainCard, key: str, name: str, wanted: str, problem: str) -> Finding:
    level = Level.BROKEN if key in NEEDED and problem != UNANSWERED else Level.WARNING
    said = PROBLEMS[problem]
    label = RECORDS[key]
    words = Words(
        _RECORD.with_values(domain=card.name, name=label.zh, problem=said.zh).zh,
        _RECORD.with_values(domain=card.name, name=label.en, problem=said.en).en,
    )
    return Finding(level, words, _REMEDY.with_values(name=name, wanted=wanted), key=f"{card.name}:{key}")

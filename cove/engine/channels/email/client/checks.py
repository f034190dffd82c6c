"""Is a domain set up so that its mail is believed? SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489) and the way back."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from cove.engine.channels.email.client.dns import Resolver, Unanswered
from cove.engine.channels.email.contracts.cards import DomainCard, Finding

MOST_LOOKUPS = 10
"""That an SPF record may lead to (RFC 7208, 4.6.4); with more, receivers call it broken."""

_LOOKING_UP = re.compile(r"^[+?~-]?(include|a|mx|ptr|exists)(:|/|$)|^redirect=")
_LEADING = re.compile(r"^(?:[+?~-]?include:|redirect=)(.+)$")


async def look(domain: DomainCard, resolver: Resolver) -> list[Finding]:
    """Return what stands in the DNS of a domain, record by record; all are asked for at once."""
    keys = (_dkim(should, resolver) for should in _keys(domain))
    asked = (_spf(domain, resolver), *keys, _dmarc(domain, resolver), _mx(domain, resolver))
    return list(await asyncio.gather(*asked))


def wanted(domain: DomainCard) -> list[Finding]:
    """Return the records that a domain needs, before anybody looked."""
    return [
        Finding("spf", domain.back_host, _spf_line(domain), [], "not_looked"),
        *_keys(domain),
        Finding("dmarc", f"_dmarc.{domain.name}", DMARC_LINE, [], "not_looked"),
        Finding("mx", domain.back_host, domain.back_to, [], "not_looked"),
    ]


DMARC_LINE = "v=DMARC1; p=none"


def dkim_name(domain: str, selector: str) -> str:
    """Return the name under which a public key stands (RFC 6376, 3.6.2.1)."""
    return f"{selector}._domainkey.{domain}"


def dkim_line(public_key: str) -> str:
    """Return the record of a public key."""
    return f"v=DKIM1; k=rsa; p={public_key}"


def _keys(domain: DomainCard) -> list[Finding]:
    """Return the records of the keys: of the one that signs, and of the one that waits for its record."""
    line = dkim_line(domain.public_key)
    keys = [Finding("dkim", dkim_name(domain.name, domain.selector), line, [], "not_looked")]
    if domain.next_selector:
        name, line = dkim_name(domain.name, domain.next_selector), dkim_line(domain.next_public_key)
        keys.append(Finding("dkim_next", name, line, [], "not_looked"))
    return keys


def _spf_line(domain: DomainCard) -> str:
    return f"v=spf1 {domain.spf_wanted or f'a:{domain.relay_host}'} ~all"


async def _spf(domain: DomainCard, resolver: Resolver) -> Finding:
    line = _spf_line(domain)
    try:
        found = [one for one in await resolver.texts(domain.back_host) if _is_spf(one)]
        problem = await _spf_problem(domain, found, resolver)
    except Unanswered:
        return Finding("spf", domain.back_host, line, [], "unanswered")
    return Finding("spf", domain.back_host, line, found, problem)


async def _spf_problem(domain: DomainCard, found: list[str], resolver: Resolver) -> str:
    if not found:
        return "missing"
    if len(found) > 1:
        return "several"
    terms = found[0].lower().split()[1:]
    if any(one in ("+all", "all", "?all") for one in terms):
        return "lets_everybody"
    for term in domain.spf_wanted.lower().split():
        if term not in terms:
            return "relay_missing"
    return "too_many_lookups" if await _lookups(terms, resolver, MOST_LOOKUPS) > MOST_LOOKUPS else ""


async def _lookups(terms: list[str], resolver: Resolver, most: int) -> int:
    """Count how many further questions an SPF record leads to, those inside what it includes too; no further than one above `most`."""
    count = sum(bool(_LOOKING_UP.match(term)) for term in terms)
    for term in terms:
        leading = _LEADING.match(term)
        if leading is None or count > most:
            continue
        inside = [one for one in await resolver.texts(leading[1]) if _is_spf(one)]
        if inside:
            count += await _lookups(inside[0].lower().split()[1:], resolver, most - count)
    return count


async def _dkim(should: Finding, resolver: Resolver) -> Finding:
    try:
        found = await resolver.texts(should.name)
    except Unanswered:
        return replace(should, problem="unanswered")
    keys = [re.sub(r"\s", "", tags.get("p", "")) for tags in map(_tags, found) if "p" in tags]
    ours = _tags(should.wanted)["p"]
    problem = "missing" if not keys else "" if ours in keys else "revoked" if "" in keys else "other_key"
    return replace(should, found=found, problem=problem)


async def _dmarc(domain: DomainCard, resolver: Resolver) -> Finding:
    """Look for the policy of the domain, and like receivers for that of the one above where it has none (RFC 7489, 6.6.3)."""
    name = domain.name
    try:
        found: list[str] = []
        for one in _and_above(name):
            found = [text for text in await resolver.texts(f"_dmarc.{one}") if text.lower().startswith("v=dmarc1")]
            if found:
                name = one
                break
    except Unanswered:
        return Finding("dmarc", f"_dmarc.{domain.name}", DMARC_LINE, [], "unanswered")
    problem = "missing" if not found else "several" if len(found) > 1 else _dmarc_problem(domain, _tags(found[0]))
    return Finding("dmarc", f"_dmarc.{name}", DMARC_LINE, found, problem)


def _dmarc_problem(domain: DomainCard, tags: dict[str, str]) -> str:
    if tags.get("p", "").lower() not in ("none", "quarantine", "reject"):
        return "bad_policy"
    # A strict policy wants the envelope's domain to be the very one of the sender; DKIM, which is, then has to hold alone.
    return "strict_spf" if tags.get("aspf", "").lower() == "s" and domain.back_host != domain.name else ""


async def _mx(domain: DomainCard, resolver: Resolver) -> Finding:
    try:
        found = await resolver.exchangers(domain.back_host)
    except Unanswered:
        return Finding("mx", domain.back_host, domain.back_to, [], "unanswered")
    problem = "missing" if not found else "" if domain.back_to.lower() in map(str.lower, found) else "elsewhere"
    return Finding("mx", domain.back_host, domain.back_to, found, problem)


def _and_above(name: str) -> list[str]:
    labels = name.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def _is_spf(text: str) -> bool:
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}

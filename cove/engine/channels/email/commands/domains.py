from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import IntegrityError, transaction

from cove.engine.channels.email.contracts.cards import DomainWays, Finding
from cove.engine.channels.email.errors import DomainTaken, StillUsed
from cove.engine.channels.email.models import DomainState, EmailMessage, SenderDomain
from cove.engine.channels.email.permissions import CONFIGURE_EMAIL, RUN_EMAIL
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

KEY_BITS = 2048
"""RFC 8301: signers must use 1024 at least and should use 2048; a longer one does not fit the DNS without being cut."""

WINDOW = timedelta(minutes=1)

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_RELAY = re.compile(r"[A-Za-z0-9.:\[\]-]{1,253}")
_NOT_A_DOMAIN = Words("请填写域名，例如 mail.example.com", "Give a domain, for example mail.example.com")
_NOT_A_HOST = Words(
    "请填写 SMTP 服务器的名称或地址，例如 smtp.example.com", "Give the SMTP server's name, for example smtp.example.com"
)
_NOT_LIKE_IT = Words(
    "退信域名须属于 {domain}（例如 bounces.{domain}），否则 SPF 与发信域名不一致",
    "It must lie within {domain} (bounces.{domain}, for example), or SPF would not be aligned with the sender",
)


@command(CONFIGURE_EMAIL)
def add_domain(actor: Actor, *, name: str, ways: DomainWays) -> SenderDomain:
    """Add a domain and make its DKIM key. Raises InvalidInput, DomainTaken."""
    domain = host_name(name, "name")
    private, public = _key_pair()
    row = SenderDomain(
        name=domain,
        # A new key gets a new name, so that the old record may stay until mail signed by it has arrived.
        selector=f"cove{clock.now():%Y%m%d}",
        key=private,
        public_key=public,
        created_at=clock.now(),
    )
    _fill(row, ways)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "email_domain_once" not in str(error):
            raise
        raise DomainTaken(domain=domain, fields={"name": DomainTaken.words.with_values(domain=domain)}) from error
    DomainState.objects.create(domain=row)
    return row


@command(CONFIGURE_EMAIL)
def change_domain(actor: Actor, *, domain_id: int, ways: DomainWays) -> SenderDomain:
    """Change how a domain's mail goes out. Raises NotFound, InvalidInput."""
    row = _locked(actor, domain_id)
    _fill(row, ways)
    row.save()
    return row


@command(CONFIGURE_EMAIL)
def renew_key(actor: Actor, *, domain_id: int) -> SenderDomain:
    """Make a new DKIM key under a new selector; mail is signed with it once its record stands in the DNS. Raises NotFound.

    One that waited already is thrown away.
    """
    row = _locked(actor, domain_id)
    row.next_key, row.next_public_key = _key_pair()
    # Named after itself too: what was published of one that is thrown away must not be taken for this one.
    row.next_selector = f"cove{clock.now():%Y%m%d}-{hashlib.sha256(row.next_public_key.encode()).hexdigest()[:6]}"
    row.save()
    return row


@command(CONFIGURE_EMAIL)
def drop_new_key(actor: Actor, *, domain_id: int) -> SenderDomain:
    """Throw the key away that waits for its record; nothing happens where none does. Raises NotFound."""
    row = _locked(actor, domain_id)
    row.next_selector = row.next_key = row.next_public_key = ""
    row.save()
    return row


@command(RUN_EMAIL)
def take_new_key(actor: Actor, *, domain_id: int, selector: str) -> None:
    """Sign with the key that waited from now on, its record having been seen under `selector`; not if another one waits meanwhile."""
    row = _locked(actor, domain_id)
    if not selector or row.next_selector != selector:
        return
    row.selector, row.key, row.public_key = row.next_selector, row.next_key, row.next_public_key
    row.next_selector = row.next_key = row.next_public_key = ""
    row.save()
    state = DomainState.objects.select_for_update().get(domain=row)
    # What was found of it is what is known of the key that signs.
    known = [one for one in state.findings if one["key"] != "dkim"]
    state.findings = [one | {"key": "dkim"} if one["key"] == "dkim_next" else one for one in known]
    state.save(update_fields=["findings"])


@command(CONFIGURE_EMAIL)
def remove_domain(actor: Actor, *, domain_id: int) -> None:
    """Take a domain away with its senders, or hide it where it has sent mail already. Raises NotFound, StillUsed."""
    row = _locked(actor, domain_id)
    mails = EmailMessage.visible_to(actor).filter(sender__domain_id=row.id)
    waiting = mails.filter(sent_at=None, failed_at=None).count()
    if waiting:
        raise StillUsed(count=waiting)
    if mails.exists():
        row.off, row.password = True, ""
        row.save()
        row.senders.filter(deleted_at=None).update(deleted_at=clock.now())
        return
    row.delete()


@command(RUN_EMAIL, audited=False)
def note_findings(actor: Actor, *, domain_id: int, findings: Sequence[Finding]) -> None:
    """Keep what a look at a domain's DNS found."""
    rows = DomainState.objects.filter(domain_id=domain_id)
    rows.update(findings=[asdict(one) for one in findings], checked_at=clock.now())


@command(RUN_EMAIL, audited=False)
def take_room(actor: Actor, *, domain_id: int, wanted: int, per_minute: int) -> tuple[int, float]:
    """Take room for up to `wanted` mails in a domain's minute; return how many may go, and in how many seconds the next minute begins.

    All work processes share the count. Nobody calls it where there is no limit.
    """
    now = clock.now()
    state = DomainState.objects.select_for_update().get(domain_id=domain_id)
    if state.window is None or now - state.window >= WINDOW:
        state.window, state.sent = now, 0
    granted = max(0, min(wanted, per_minute - state.sent))
    state.sent += granted
    state.save(update_fields=["window", "sent"])
    return granted, (state.window + WINDOW - now).total_seconds()


def host_name(text: str, field: str) -> str:
    """Return a domain in the letters of the DNS. Raises InvalidInput naming the field."""
    try:
        name = text.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise InvalidInput(fields={field: _NOT_A_DOMAIN})
    return name


def _fill(row: SenderDomain, ways: DomainWays) -> None:
    if not _RELAY.fullmatch(ways.host.strip()):
        raise InvalidInput(fields={"host": _NOT_A_HOST})
    back = host_name(ways.back_host or f"bounces.{row.name}", "back_host")
    if back != row.name and not back.endswith(f".{row.name}"):
        raise InvalidInput(fields={"back_host": _NOT_LIKE_IT.with_values(domain=row.name)})
    row.host, row.port, row.security, row.user = ways.host.strip(), ways.port, ways.security, ways.user.strip()
    row.back_host, row.spf_wanted, row.per_minute, row.off = back, ways.spf_wanted.strip(), ways.per_minute, ways.off
    if ways.password is not None:
        row.password = ways.password


def _locked(actor: Actor, domain_id: int) -> SenderDomain:
    row = SenderDomain.visible_to(actor).select_for_update().filter(id=domain_id).first()
    if row is None:
        raise NotFound
    return row


def _key_pair() -> tuple[str, str]:
    """Return a private key as PEM, and the public one as a DKIM record holds it (RFC 6376, 3.6.1)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), base64.b64encode(public).decode()

"""A new password by a link that is mailed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from cove.directory.org.commands import account_letters as letters
from cove.directory.org.commands.passwords import shut_out
from cove.directory.org.errors import LinkExpired
from cove.directory.org.models import Member, PasswordReset, Tenant
from cove.directory.org.permissions import SIGN_IN
from cove.directory.org.queries.strength import require_strong, words_about
from cove.facts.org import PasswordChanged
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.mail.commands import send_mail
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.throttle.limit import Limit, count_try
from cove.kernel.tokens import hash_token, new_token, tenant_of_token
from cove.kernel.words import current_language, speaking

GOOD_FOR = timedelta(minutes=30)
BY_ACCOUNT = Limit("reset.account", tries=3, seconds=1800)
BY_ADDRESS = Limit("reset.address", tries=20, seconds=1800)
LINK_BY_ADDRESS = Limit("link.address", tries=60, seconds=600)
_EVEN_SECONDS = 0.35


@dataclass(frozen=True, slots=True)
class ResetOffer:
    """What the page of a reset link shows."""

    company: str
    name: str
    email: str


def ask_for_reset(*, email: str, address: str) -> None:
    """Mail links for a new password to whoever has this e-mail, one for each company. Nothing tells whether anybody has it.

    Raises TooManyTries by account or by address.
    """
    known_as = email.strip().lower()
    count_try(BY_ADDRESS, address)
    count_try(BY_ACCOUNT, known_as)
    with _evenly():
        with every_tenant("whose e-mail it is, is not known before a reset"):
            found = list(Member.unsealed.filter(email=known_as, active=True).order_by("tenant_id"))
        links = [(member, *write_link(Actor.system(member.tenant_id), member_id=member.id)) for member in found]
        if links:
            mail_links(Actor.system(links[0][0].tenant_id), links=links)


def read_reset(*, token: str, address: str) -> ResetOffer:
    """Return what a reset link offers, without using it up. Raises LinkExpired, TooManyTries."""
    count_try(LINK_BY_ADDRESS, address)
    with tenant_scope(tenant_of_token(token) or 0):
        row = _open_reset(token)
        company = Tenant.objects.get(id=row.tenant_id).name
        return ResetOffer(company, row.member.name, row.member.email or "")


def use_reset(*, token: str, password: str, address: str) -> None:
    """Set a new password by a link, once; all sessions of the member end. Raises LinkExpired, WeakPassword, TooManyTries."""
    count_try(LINK_BY_ADDRESS, address)
    set_by_link(Actor.system(tenant_of_token(token) or 0), token=token, password=password)


@command(SIGN_IN)
def write_link(actor: Actor, *, member_id: int) -> tuple[str, str]:
    """Make a link for a member; return it with his company's name. Links made before stop working."""
    token, now = new_token(actor.tenant_id), clock.now()
    PasswordReset.objects.filter(member_id=member_id).delete()
    PasswordReset.objects.create(
        member_id=member_id, token_hash=hash_token(token), created_at=now, expires_at=now + GOOD_FOR
    )
    return letters.link_to("reset", token), Tenant.objects.get(id=actor.tenant_id).name


@command(SIGN_IN)
def mail_links(actor: Actor, *, links: list[tuple[Member, str, str]]) -> None:
    """Mail one member's links, of all his companies, as one mail."""
    first, address = links[0][0], links[0][0].email or ""
    with speaking("en" if (first.locale or current_language()) == "en" else "zh-CN"):
        lines = [letters.RESET_LINE.here({"company": company, "link": link}) for _, link, company in links]
        send_mail(
            tenant_id=actor.tenant_id,
            to=address,
            subject=letters.RESET_SUBJECT.here(),
            text=letters.RESET_TEXT.here({"email": address, "links": "\n\n".join(lines)}),
            once_key=f"org.reset:{hash_token(links[0][1])}",
            not_after=clock.now() + GOOD_FOR,
        )


@command(SIGN_IN)
def set_by_link(actor: Actor, *, token: str, password: str) -> None:
    """Use a link up and set the password. Raises LinkExpired, WeakPassword; a weak one leaves the link as it is."""
    row = _open_reset(token)
    unused = PasswordReset.objects.filter(id=row.id, used_at__isnull=True)
    if not unused.update(used_at=clock.now()):
        raise LinkExpired
    member = row.member
    require_strong(password, words_about(member))
    member.keep_password(password)
    shut_out(actor, member_id=member.id)
    publish(PasswordChanged(member_id=member.id, way="reset"))
    values = {
        "email": member.email,
        "company": Tenant.objects.get(id=actor.tenant_id).name,
        "link": letters.link_to("forgotten"),
    }
    with speaking("en" if (member.locale or current_language()) == "en" else "zh-CN"):
        send_mail(
            tenant_id=actor.tenant_id,
            to=member.email or "",
            subject=letters.DONE_SUBJECT.here(),
            text=letters.DONE_TEXT.here(values),
            once_key=f"org.reset-done:{row.id}",
        )


def _open_reset(token: str) -> PasswordReset:
    rows = PasswordReset.objects.select_related("member").filter(
        token_hash=hash_token(token), used_at=None, expires_at__gt=clock.now(), member__active=True
    )
    row = rows.first()
    if row is None:
        raise LinkExpired
    return row


@contextmanager
def _evenly() -> Iterator[None]:
    """Let what happens inside take the same time, whether or not there is anything to do."""
    end = time.monotonic() + _EVEN_SECONDS
    yield
    time.sleep(max(0.0, end - time.monotonic()))

"""Signing in and out. These run before anybody is known, so they take what the door knows instead of an actor."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from cove.directory.org.errors import Suspended, TooManyTries, WrongCredentials
from cove.directory.org.models import Member, Session, SignInTry, Tenant
from cove.directory.org.permissions import SIGNED_IN, SIGNED_OUT
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.audit.noting import note
from cove.kernel.live.publish import SESSIONS_CHANGED, tell_live
from cove.kernel.scope import every_tenant, tenant_scope

SESSION_COOKIE = "cove_session"
SESSION_DAYS = 14
TRIES_ALLOWED = 8
TRIES_WINDOW = timedelta(minutes=10)


def sign_in(*, email: str, password: str, address: str, agent: str) -> tuple[str, Session]:
    """Return a new session and its token (shown once, for the cookie).

    Raises WrongCredentials, Suspended (only to who knows the password), or TooManyTries after eight failures in ten minutes on the account.
    An unknown e-mail takes as long as a wrong password.
    """
    with every_tenant("whose e-mail it is, is not known before sign-in"):
        candidates = list(Member.unsealed.filter(email=email.strip().lower(), active=True).exclude(password=""))
    for member in candidates:
        with tenant_scope(member.tenant_id):
            _refuse_after_failures(member)
            if check_password(password, member.password):
                if _suspended(member.tenant_id):
                    raise Suspended
                return open_session(member, address, agent)
            SignInTry.objects.create(member=member, at=clock.now())
            note(_who(member), SIGNED_IN, outcome="failed")
    if not candidates:
        make_password(password)
    raise WrongCredentials(fields={"password": WrongCredentials.words})


def sign_out(*, token: str) -> None:
    """End the session of `token`, if there is one."""
    found = find_session(token)
    if found:
        with tenant_scope(found.tenant_id):
            Session.objects.filter(id=found.id).delete()
            note(_who(found.member), SIGNED_OUT)
            tell_live(found.tenant_id, SESSIONS_CHANGED, member_ids=[found.member_id])


def find_session(token: str) -> Session | None:
    """Return the live session of `token` with its member, or None."""
    with every_tenant("a cookie names its session, not its tenant"):
        found = Session.unsealed.select_related("member").filter(token_hash=_hash(token)).first()
        alive = found and found.expires_at > clock.now() and found.member.active
        return found if alive and not _suspended(found.tenant_id) else None


def _suspended(tenant_id: int) -> bool:
    return Tenant.objects.filter(id=tenant_id, suspended_at__isnull=False).exists()


def _refuse_after_failures(member: Member) -> None:
    since = clock.now() - TRIES_WINDOW
    if SignInTry.objects.filter(member=member, at__gt=since).count() >= TRIES_ALLOWED:
        raise TooManyTries(minutes=int(TRIES_WINDOW.total_seconds() // 60))


def open_session(member: Member, address: str, agent: str) -> tuple[str, Session]:
    """Open a session for a member who proved who he is; return its token, shown once, with it."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInTry.objects.filter(member=member).delete()
        session = Session.objects.create(
            member=member,
            token_hash=_hash(token),
            address=address[:64],
            agent=agent[:300],
            expires_at=clock.now() + timedelta(days=SESSION_DAYS),
        )
    note(_who(member), SIGNED_IN)
    return token, session


def _who(member: Member) -> Actor:
    return Actor(member.tenant_id, "member", member_id=member.id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

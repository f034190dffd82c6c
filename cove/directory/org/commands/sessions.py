"""Signing in and out. These run before anybody is known, so they take what the door knows instead of an actor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Exists, OuterRef

from cove.directory.org.commands.second_factor import Enrolment, begin_enrolment, confirm_enrolment, use_code
from cove.directory.org.commands.tickets import read_ticket, write_ticket
from cove.directory.org.errors import Suspended, WrongCredentials
from cove.directory.org.models import Device, Member, Session, Tenant
from cove.directory.org.permissions import OWN_ACCOUNT, SIGNED_IN, SIGNED_OUT
from cove.directory.org.queries import account
from cove.facts.org import SignedIn
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.audit.noting import note
from cove.kernel.command import command, publish
from cove.kernel.live.publish import SESSIONS_CHANGED, tell_live
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.throttle.limit import Limit, count_try, forget_tries
from cove.kernel.tokens import hash_token, new_token, tenant_of_token

SESSION_COOKIE = "cove_session"
DEVICE_COOKIE = "cove_device"
SESSION_DAYS = 14
DEVICE_DAYS = 365
TRUSTED_DAYS = 30
BY_ACCOUNT = Limit("sign-in.account", tries=8, seconds=600)
BY_ADDRESS = Limit("sign-in.address", tries=60, seconds=600)
CODE_BY_MEMBER = Limit("code.member", tries=6, seconds=600)
_NOTE_USE_EVERY = timedelta(minutes=1)
_SHUT = Exists(Tenant.objects.filter(id=OuterRef("tenant_id"), suspended_at__isnull=False))


@dataclass(frozen=True, slots=True)
class Door:
    """What a door knows of the browser that knocks: its address, its User-Agent, and the token of its device cookie."""

    address: str
    agent: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session with its token and the device's, both for cookies and shown once; recovery codes if the factor was just set up."""

    token: str
    session: Session
    device: str
    recovery_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondStep:
    """The password was right; a code is needed as well. `enrolment` is there when the factor must be set up first."""

    ticket: str
    enrolment: Enrolment | None


def sign_in(*, email: str, password: str, door: Door) -> Opened | SecondStep:
    """Take the first step with e-mail and password.

    Raises WrongCredentials, Suspended (only to who knows the password), or TooManyTries by account or by address.
    An unknown e-mail takes as long and is counted as a wrong password.
    """
    known_as = email.strip().lower()
    count_try(BY_ADDRESS, door.address)
    count_try(BY_ACCOUNT, known_as)
    member = _whose(known_as, password)
    if member is None:
        raise WrongCredentials(fields={"password": WrongCredentials.words})
    forget_tries(BY_ACCOUNT, known_as)
    with tenant_scope(member.tenant_id):
        if Tenant.objects.filter(id=member.tenant_id, suspended_at__isnull=False).exists():
            raise Suspended
        return _after_password(member, door)


def pass_second_factor(*, ticket: str, code: str, recovery_code: str, remember: bool, door: Door) -> Opened:
    """Take the second step with a time code or a recovery code; `remember` trusts this browser for thirty days.

    Raises TicketExpired, WrongCode, TooManyTries.
    """
    count_try(BY_ADDRESS, door.address)
    member = read_ticket(ticket)
    count_try(CODE_BY_MEMBER, f"{member.tenant_id}.{member.id}")
    with tenant_scope(member.tenant_id):
        return _second_step(acting(member), code=code, recovery_code=recovery_code, remember=remember, door=door)


def open_session(member: Member, door: Door, *, way: str = "password") -> Opened:
    """Open a session for a member who proved who he is; return it with its tokens, shown once."""
    return _open(acting(member), door=door, way=way, trust=False)


def sign_out(*, token: str) -> None:
    """End the session of `token`, if there is one."""
    found = find_session(token)
    if found:
        with tenant_scope(found.tenant_id):
            Session.objects.filter(id=found.id).delete()
            note(acting(found.member), SIGNED_OUT)
            tell_live(found.tenant_id, SESSIONS_CHANGED, member_ids=[found.member_id])


def find_session(token: str) -> Session | None:
    """Return the live session of `token` with its member, or None; its use is noted once a minute."""
    tenant_id = tenant_of_token(token)
    if tenant_id is None:
        return None
    with tenant_scope(tenant_id):
        rows = Session.objects.select_related("member").filter(~_SHUT, token_hash=hash_token(token))
        found, now = rows.first(), clock.now()
        if found is None or not found.member.active or found.expires_at <= now:
            return None
        if found.last_used_at + timedelta(days=found.idle_days) <= now:
            return None
        if found.last_used_at + _NOTE_USE_EVERY <= now:
            Session.objects.filter(id=found.id).update(last_used_at=now)
        return found


def acting(member: Member) -> Actor:
    """Return a member who proved who he is, to do what is his own; no role is looked at."""
    return Actor(member.tenant_id, "member", member_id=member.id, name=member.name)


def _whose(known_as: str, password: str) -> Member | None:
    with every_tenant("whose e-mail it is, is not known before sign-in"):
        candidates = list(Member.unsealed.filter(email=known_as, active=True).exclude(password=""))
    if not candidates:
        make_password(password)
    for member in candidates:
        with tenant_scope(member.tenant_id):
            if check_password(password, member.password, setter=member.keep_password):
                return member
            note(acting(member), SIGNED_IN, outcome="failed")
    return None


def _after_password(member: Member, door: Door) -> Opened | SecondStep:
    if account.second_factor(member.id) is not None:
        trusted = Device.objects.filter(
            member=member, token_hash=hash_token(door.device), trusted_until__gt=clock.now()
        ).exists()
        return _open(acting(member), door=door, way="password", trust=False) if trusted else _ask(member, None)
    if account.factor_demanded(member, account.policy()):
        return _ask(member, begin_enrolment(acting(member)))
    return _open(acting(member), door=door, way="password", trust=False)


def _ask(member: Member, enrolment: Enrolment | None) -> SecondStep:
    return SecondStep(write_ticket(member), enrolment)


@command(OWN_ACCOUNT)
def _second_step(actor: Actor, *, code: str, recovery_code: str, remember: bool, door: Door) -> Opened:
    member_id = actor.member_id or 0
    fresh: tuple[str, ...] = ()
    if account.second_factor(member_id) is None:
        fresh = tuple(confirm_enrolment(actor, code=code))
    else:
        use_code(actor, code=code, recovery_code=recovery_code)
    forget_tries(CODE_BY_MEMBER, f"{actor.tenant_id}.{member_id}")
    opened = _open(actor, door=door, way="password", trust=remember)
    return Opened(opened.token, opened.session, opened.device, fresh)


@command(OWN_ACCOUNT)
def _open(actor: Actor, *, door: Door, way: str, trust: bool) -> Opened:
    token, now, rules = new_token(actor.tenant_id), clock.now(), account.policy()
    member = account.own(actor)
    device, new_device = _recognise(member, door, trust=trust)
    session = Session.objects.create(
        member=member,
        token_hash=hash_token(token),
        address=door.address[:64],
        agent=door.agent[:300],
        way=way,
        idle_days=rules.idle_days,
        last_used_at=now,
        expires_at=now + timedelta(days=rules.session_days),
    )
    words = account.device_of(door.agent)
    publish(
        SignedIn(
            member_id=member.id,
            session_id=session.id,
            way=way,
            new_device=new_device,
            device_zh=words.zh,
            device_en=words.en,
            address=session.address,
        )
    )
    # Beside the entry of the command, which is about the account: who looks for sign-ins finds all, failed ones too.
    note(actor, SIGNED_IN)
    return Opened(token, session, device)


def _recognise(member: Member, door: Door, *, trust: bool) -> tuple[str, bool]:
    """Return the device's token, a new one if it had none, and whether it is new beside others that are known."""
    now, token = clock.now(), door.device or secrets.token_urlsafe(32)
    known = Device.objects.filter(member=member)
    had_others = known.exists()
    row, made = known.get_or_create(member=member, token_hash=hash_token(token), defaults={"seen_at": now})
    row.seen_at = now
    if trust:
        row.trusted_until = now + timedelta(days=TRUSTED_DAYS)
    row.save(update_fields=["seen_at", "trusted_until"])
    return token, made and had_others

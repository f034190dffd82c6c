"""Time codes (RFC 6238) and recovery codes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

import pyotp
from django.contrib.auth.hashers import check_password

from cove.directory.org.commands.standing import refuse_above
from cove.directory.org.errors import (
    SecondFactorDemanded,
    SecondFactorOff,
    SecondFactorOn,
    WrongCode,
    WrongPassword,
)
from cove.directory.org.models import Device, Member, RecoveryCode, SecondFactor
from cove.directory.org.permissions import END_SESSIONS, OWN_ACCOUNT
from cove.directory.org.queries import account
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.throttle.limit import Limit, count_try
from cove.kernel.words import Words

STEP_SECONDS = 30
WINDOW = (0, -1, 1)
RECOVERY_CODES = 10
_RECOVERY_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_WRONG_RECOVERY_CODE = Words(
    "恢复码不正确或已使用，请输入另一个", "The recovery code is not right or was used already; enter another"
)
CHECK_BY_MEMBER = Limit("check.member", tries=8, seconds=600)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app needs: the secret to type, or the address to scan."""

    secret: str
    uri: str


@command(OWN_ACCOUNT)
def begin_enrolment(actor: Actor) -> Enrolment:
    """Make a secret for the acting member; it counts once confirmed with a code. Raises SecondFactorOn."""
    member = account.own(actor)
    if account.second_factor(member.id) is not None:
        raise SecondFactorOn
    secret = pyotp.random_base32()
    SecondFactor.objects.update_or_create(member=member, defaults={"secret": secret, "last_step": 0})
    uri = pyotp.TOTP(secret).provisioning_uri(name=member.email or member.name, issuer_name="Cove")
    return Enrolment(secret, uri)


@command(OWN_ACCOUNT)
def confirm_enrolment(actor: Actor, *, code: str) -> list[str]:
    """Let the second factor count from now on; return its recovery codes, shown once. Raises WrongCode, SecondFactorOn, TooManyTries."""
    count_try(CHECK_BY_MEMBER, f"{actor.tenant_id}.{actor.member_id}")
    factor = SecondFactor.objects.select_for_update().filter(member_id=actor.member_id or 0).first()
    if factor is not None and factor.confirmed_at is not None:
        raise SecondFactorOn
    step = _step_of(factor, code) if factor else None
    if factor is None or step is None:
        raise WrongCode(fields={"code": WrongCode.words})
    factor.confirmed_at, factor.last_step = clock.now(), step
    factor.save(update_fields=["confirmed_at", "last_step"])
    return _new_recovery_codes(actor.member_id or 0)


@command(OWN_ACCOUNT)
def use_code(actor: Actor, *, code: str, recovery_code: str = "") -> None:
    """Use up a time code, or a recovery code. Raises WrongCode (also for one that was used), SecondFactorOff."""
    factor = account.second_factor(actor.member_id or 0)
    if factor is None:
        raise SecondFactorOff
    if recovery_code:
        unused = RecoveryCode.objects.filter(
            member_id=actor.member_id or 0, code_hash=_hash(recovery_code), used_at__isnull=True
        )
        if not unused.update(used_at=clock.now()):
            raise WrongCode(fields={"recovery_code": _WRONG_RECOVERY_CODE})
        return
    step = _step_of(factor, code)
    # Whoever comes first moves the step on; the other finds it moved.
    later = SecondFactor.objects.filter(id=factor.id, last_step__lt=step or 0)
    if step is None or not later.update(last_step=step):
        raise WrongCode(fields={"code": WrongCode.words})


@command(OWN_ACCOUNT)
def renew_recovery_codes(actor: Actor, *, code: str) -> list[str]:
    """Replace the recovery codes; return the new ones, shown once. Raises WrongCode, SecondFactorOff, TooManyTries."""
    count_try(CHECK_BY_MEMBER, f"{actor.tenant_id}.{actor.member_id}")
    use_code(actor, code=code)
    return _new_recovery_codes(actor.member_id or 0)


@command(OWN_ACCOUNT)
def turn_off_second_factor(actor: Actor, *, password: str, code: str) -> None:
    """Do without the second factor. Raises WrongPassword, WrongCode, SecondFactorOff, SecondFactorDemanded, TooManyTries."""
    count_try(CHECK_BY_MEMBER, f"{actor.tenant_id}.{actor.member_id}")
    member = account.own(actor)
    if account.factor_demanded(member, account.policy()):
        raise SecondFactorDemanded
    if not check_password(password, member.password):
        raise WrongPassword(fields={"password": WrongPassword.words})
    use_code(actor, code=code)
    _forget(member)


@command(END_SESSIONS)
def reset_second_factor(actor: Actor, *, member_id: int) -> None:
    """Take a lost second factor off another member, who then signs in with his password alone.

    Raises NotFound, MemberAbove, OwnersAccount, SecondFactorOff.
    """
    member = Member.visible_to(actor).filter(id=member_id).first()
    if member is None or member.id == actor.member_id:
        raise NotFound
    refuse_above(actor, member)
    if account.second_factor(member.id) is None:
        raise SecondFactorOff
    _forget(member)


def _forget(member: Member) -> None:
    SecondFactor.objects.filter(member=member).delete()
    RecoveryCode.objects.filter(member=member).delete()
    Device.objects.filter(member=member).update(trusted_until=None)


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """Return the time step that a code is of, one early or late included."""
    typed, now = "".join(code.split()), int(clock.now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(factor.secret)
    for step in (now + shift for shift in WINDOW):
        if secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), typed.encode()):
            return step
    return None


def _new_recovery_codes(member_id: int) -> list[str]:
    RecoveryCode.objects.filter(member_id=member_id).delete()
    codes = [
        "-".join("".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(5)) for _ in "ab")
        for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create([RecoveryCode(member_id=member_id, code_hash=_hash(code)) for code in codes])
    return codes


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()

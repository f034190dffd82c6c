"""Console: one's own account and its safety."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.api.pictures import enrolment_answer
from cove.directory.org.commands import passwords, second_factor
from cove.directory.org.errors import (
    MemberAbove,
    OwnersAccount,
    SecondFactorDemanded,
    SecondFactorOff,
    SecondFactorOn,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from cove.directory.org.models import Session
from cove.directory.org.permissions import END_SESSIONS
from cove.directory.org.schemas.account import (
    AccountAnswer,
    AccountChange,
    CodeProof,
    FactorOff,
    PasswordChange,
    RecoveryCodes,
    SessionRow,
    SessionRows,
)
from cove.directory.org.schemas.session import EnrolmentAnswer, Locale
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.origin import current_origin
from cove.kernel.throttle.errors import TooManyTries

console = Router(tags=["account"])
_FACTOR = (Forbidden, NotFound, TooManyTries, WrongCode, SecondFactorOff)


@console.get("/account", response={200: AccountAnswer, **refusals(NotFound)}, **signed_in())
def read_account(request: HttpRequest) -> AccountAnswer:
    """Read one's own account."""
    return _account(actor(request))


@console.patch("/account", response={200: AccountAnswer, **refusals(Forbidden, NotFound)}, **signed_in())
def change_account(request: HttpRequest, payload: AccountChange) -> AccountAnswer:
    """Change one's name and language."""
    passwords.change_profile(actor(request), name=payload.name, locale=payload.locale)
    return _account(actor(request))


@console.post(
    "/account/password", response={204: None, **refusals(*_FACTOR, WrongPassword, WeakPassword)}, **signed_in()
)
def change_password(request: HttpRequest, payload: PasswordChange) -> Status[None]:
    """Change one's password; all other sessions end."""
    passwords.change_password(
        actor(request), current=payload.current_password, code=payload.code, password=payload.password
    )
    return Status(204, None)


@console.post(
    "/account/second-factor",
    response={200: EnrolmentAnswer, **refusals(Forbidden, NotFound, SecondFactorOn)},
    **signed_in(),
)
def begin_second_factor(request: HttpRequest) -> EnrolmentAnswer:
    """Begin to set up the second factor."""
    return enrolment_answer(second_factor.begin_enrolment(actor(request)))


@console.post(
    "/account/second-factor/confirm",
    response={200: RecoveryCodes, **refusals(Forbidden, TooManyTries, WrongCode, SecondFactorOn)},
    **signed_in(),
)
def confirm_second_factor(request: HttpRequest, payload: CodeProof) -> RecoveryCodes:
    """Turn the second factor on with a first code."""
    return RecoveryCodes(recovery_codes=second_factor.confirm_enrolment(actor(request), code=payload.code))


@console.post(
    "/account/second-factor/turn-off",
    response={204: None, **refusals(*_FACTOR, WrongPassword, SecondFactorDemanded)},
    **signed_in(),
)
def turn_off_second_factor(request: HttpRequest, payload: FactorOff) -> Status[None]:
    """Turn the second factor off, with password and code."""
    second_factor.turn_off_second_factor(actor(request), password=payload.password, code=payload.code)
    return Status(204, None)


@console.post("/account/recovery-codes", response={200: RecoveryCodes, **refusals(*_FACTOR)}, **signed_in())
def renew_recovery_codes(request: HttpRequest, payload: CodeProof) -> RecoveryCodes:
    """Replace the recovery codes."""
    return RecoveryCodes(recovery_codes=second_factor.renew_recovery_codes(actor(request), code=payload.code))


@console.get("/account/sessions", response={200: SessionRows, **refusals()}, **signed_in())
def list_own_sessions(request: HttpRequest) -> SessionRows:
    """List where one is signed in."""
    return _rows(queries.account.own_sessions(actor(request)))


@console.delete("/account/sessions", response={204: None, **refusals(Forbidden)}, **signed_in())
def end_other_sessions(request: HttpRequest) -> Status[None]:
    """Sign out everywhere else."""
    passwords.end_own_other_sessions(actor(request))
    return Status(204, None)


@console.delete("/account/sessions/{session_id}", response={204: None, **refusals(Forbidden, NotFound)}, **signed_in())
def end_own_session(request: HttpRequest, session_id: int) -> Status[None]:
    """Sign out in one place."""
    passwords.end_own_session(actor(request), session_id=session_id)
    return Status(204, None)


@console.get(
    "/members/{member_id}/sessions",
    response={200: SessionRows, **refusals(Forbidden, NotFound)},
    **needs(END_SESSIONS),
)
def list_member_sessions(request: HttpRequest, member_id: int) -> SessionRows:
    """List where a member is signed in."""
    return _rows(queries.account.member_sessions(actor(request), member_id))


@console.delete(
    "/members/{member_id}/sessions", response={204: None, **refusals(Forbidden, NotFound)}, **needs(END_SESSIONS)
)
def end_member_sessions(request: HttpRequest, member_id: int) -> Status[None]:
    """Sign a member out everywhere."""
    passwords.end_member_sessions(actor(request), member_id=member_id)
    return Status(204, None)


@console.delete(
    "/members/{member_id}/sessions/{session_id}",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(END_SESSIONS),
)
def end_member_session(request: HttpRequest, member_id: int, session_id: int) -> Status[None]:
    """Sign a member out in one place."""
    passwords.end_member_sessions(actor(request), member_id=member_id, session_id=session_id)
    return Status(204, None)


@console.delete(
    "/members/{member_id}/second-factor",
    response={204: None, **refusals(Forbidden, NotFound, SecondFactorOff, MemberAbove, OwnersAccount)},
    **needs(END_SESSIONS),
)
def reset_second_factor(request: HttpRequest, member_id: int) -> Status[None]:
    """Take a lost second factor off a member."""
    second_factor.reset_second_factor(actor(request), member_id=member_id)
    return Status(204, None)


def _account(who: Actor) -> AccountAnswer:
    member, rules = queries.account.own(who), queries.account.policy()
    factor = queries.account.second_factor(member.id)
    return AccountAnswer(
        id=member.id,
        name=member.name,
        email=member.email,
        locale=cast("Locale", member.locale or None),
        company=queries.tenants.tenant(who).name,
        has_password=bool(member.password),
        second_factor_since=factor.confirmed_at if factor else None,
        second_factor_demanded=queries.account.factor_demanded(member, rules),
        recovery_codes_left=queries.account.recovery_codes_left(member.id),
    )


def _rows(rows: Iterable[Session]) -> SessionRows:
    current = current_origin().session_id
    items = [
        SessionRow(
            id=row.id,
            device=queries.account.device_of(row.agent).here(),
            address=row.address,
            way=row.way,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            current=row.id == current,
        )
        for row in rows
    ]
    return SessionRows(items=items)

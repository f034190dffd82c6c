"""Console: what concerns sign-in before one is signed in (strength, resets), and the tenant's policy."""

from __future__ import annotations

from typing import Literal, cast

from django.http import HttpRequest
from ninja import Router, Status

from cove.directory.org import queries
from cove.directory.org.commands import resets
from cove.directory.org.commands.policies import set_sign_in_policy
from cove.directory.org.errors import LinkExpired, WeakPassword
from cove.directory.org.permissions import SET_SIGN_IN_POLICY
from cove.directory.org.schemas.account import (
    Accepted,
    LinkPassword,
    LinkToken,
    PasswordToJudge,
    PolicyAnswer,
    PolicyChange,
    ResetAnswer,
    ResetWish,
    StrengthAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor, address
from cove.kernel.http.gates import anybody, needs
from cove.kernel.throttle.errors import TooManyTries
from cove.kernel.throttle.limit import Limit, count_try

console = Router(tags=["sign-in"])
_STRENGTH_BY_ADDRESS = Limit("strength.address", tries=300, seconds=600)


@console.post("/password-strength", response={200: StrengthAnswer, **refusals(TooManyTries)}, **anybody())
def judge(request: HttpRequest, payload: PasswordToJudge) -> StrengthAnswer:
    """Judge a password somebody thinks of; nothing of it is kept."""
    count_try(_STRENGTH_BY_ADDRESS, address(request))
    found = queries.strength.judge_password(payload.password, [text[:200] for text in payload.known])
    return StrengthAnswer(score=found.score, enough=found.enough, advice=[words.here() for words in found.advice])


@console.post("/password-resets", response={200: Accepted, **refusals(TooManyTries, Forbidden)}, **anybody())
def ask_for_reset(request: HttpRequest, payload: ResetWish) -> Accepted:
    """Ask for a link to a new password by mail. The answer is the same whether or not anybody has this e-mail."""
    resets.ask_for_reset(email=payload.email, address=address(request))
    return Accepted()


@console.post("/password-resets/read", response={200: ResetAnswer, **refusals(TooManyTries, LinkExpired)}, **anybody())
def read_reset(request: HttpRequest, payload: LinkToken) -> ResetAnswer:
    """Tell whose password a link sets. The token is in the body, so that no log of addresses keeps it."""
    offer = resets.read_reset(token=payload.token, address=address(request))
    return ResetAnswer(company=offer.company, name=offer.name, email=offer.email)


@console.post(
    "/password-resets/use",
    response={204: None, **refusals(TooManyTries, LinkExpired, WeakPassword, Forbidden)},
    **anybody(),
)
def use_reset(request: HttpRequest, payload: LinkPassword) -> Status[None]:
    """Set a new password by a link, once; all sessions of the member end."""
    resets.use_reset(token=payload.token, password=payload.password, address=address(request))
    return Status(204, None)


@console.get("/sign-in-policy", response={200: PolicyAnswer, **refusals(Forbidden)}, **needs(SET_SIGN_IN_POLICY))
def read_policy(request: HttpRequest) -> PolicyAnswer:
    """Read what the company asks of sign-in."""
    return _policy(actor(request))


@console.put("/sign-in-policy", response={200: PolicyAnswer, **refusals(Forbidden)}, **needs(SET_SIGN_IN_POLICY))
def change_policy(request: HttpRequest, payload: PolicyChange) -> PolicyAnswer:
    """Change what the company asks of sign-in."""
    set_sign_in_policy(actor(request), **payload.model_dump())
    return _policy(actor(request))


def _policy(who: Actor) -> PolicyAnswer:
    rules = queries.account.sign_in_policy(who)
    members, administrators = queries.account.without_factor(who)
    return PolicyAnswer(
        second_factor=cast("Literal['nobody', 'administrators', 'everybody']", rules.second_factor),
        idle_days=rules.idle_days,
        session_days=rules.session_days,
        members_without=members,
        administrators_without=administrators,
    )

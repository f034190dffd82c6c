"""What companies may send, from the command line, for whoever holds the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cove.launch.tenants import CannotBeDoneError, said, set_up

if TYPE_CHECKING:
    from cove.engine.channels.credits.contracts import CreditState, Terms
    from cove.kernel.actor import Actor


@dataclass(frozen=True)
class Change:
    """What is to be changed; None leaves it as it is. `most_a_day` 0 lifts the limit: who may send nothing is without credits."""

    top_up: int = 0
    note: str = ""
    warn_below: int | None = None
    most_a_day: int | None = None
    counted: bool | None = None


def set_credits(*, slug: str, tariff: str, change: Change) -> str:
    """Change what a company may send; return how it stands. Raises CannotBeDoneError."""
    set_up()
    from cove.directory.org import facade as org
    from cove.engine.channels.credits import facade as credits_of
    from cove.kernel.actor import Actor
    from cove.kernel.errors import CoveError

    tenant = org.tenant_by_slug(slug)
    if tenant is None:
        raise CannotBeDoneError(f"There is no company with the sign-in address {slug}.")
    who = Actor.system(tenant.id)
    try:
        old = _state(who, tariff).terms
        if (wanted := _terms(old, change)) != old:
            credits_of.set_terms(who, tariff=tariff, terms=wanted)
        if change.top_up:
            credits_of.top_up(who, tariff=tariff, amount=change.top_up, note=change.note)
        return f"{tenant.name} ({tenant.slug}) {_told(_state(who, tariff))}"
    except CoveError as error:
        raise CannotBeDoneError(said(error)) from error


def _state(who: Actor, tariff: str) -> CreditState:
    from cove.engine.channels.credits import facade as credits_of

    known = {one.tariff.key: one for one in credits_of.states(who)}
    if tariff not in known:
        raise CannotBeDoneError(f"There is no tariff {tariff}; there are {', '.join(sorted(known))}.")
    return known[tariff]


def _terms(old: Terms, change: Change) -> Terms:
    from cove.engine.channels.credits.contracts import Terms

    return Terms(
        opened=old.opened if change.counted is None else change.counted,
        warn_below=old.warn_below if change.warn_below is None else change.warn_below,
        most_a_day=old.most_a_day if change.most_a_day is None else change.most_a_day or None,
    )


def _told(now: CreditState) -> str:
    if not now.terms.opened:
        return f"sends as many {now.tariff.label.en.lower()} as it likes."
    limit = "" if now.terms.most_a_day is None else f", of which it may use {now.terms.most_a_day} a day"
    warned = f"; its people are told below {now.terms.warn_below}" if now.terms.warn_below else ""
    return f"has {now.left} {now.tariff.unit.en} left{limit}{warned}."

"""What the installation's pages and the command line may ask of credits."""

from __future__ import annotations

from cove.directory.org import facade as org
from cove.engine.channels.credits import queries
from cove.engine.channels.credits.commands import accounts
from cove.engine.channels.credits.contracts import CreditState, Terms
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def states(actor: Actor) -> list[CreditState]:
    """Return how the actor's company stands with every tariff. Raises Forbidden."""
    with tenant_scope(actor.tenant_id):
        return queries.states(actor)


def states_of_company(actor: Actor, tenant_id: int) -> list[CreditState]:
    """Return how a company of the installation stands with every tariff. Raises Forbidden, NotFound."""
    org.company(actor, tenant_id)
    return states(Actor.system(tenant_id))


def set_terms(actor: Actor, *, tariff: str, terms: Terms) -> None:
    """Set on what terms the actor's company sends, as Cove itself. Raises NotFound, InvalidInput."""
    accounts.set_terms(actor, tariff=tariff, terms=terms)


def top_up(actor: Actor, *, tariff: str, amount: int, note: str = "", once_key: str = "") -> None:
    """Put credits into the actor's company's account, as Cove itself. Raises NotFound, NotOpened, MoreThanLeft, InvalidInput."""
    accounts.top_up(actor, tariff=tariff, amount=amount, note=note, once_key=once_key)


def set_company_terms(actor: Actor, *, tenant_id: int, tariff: str, terms: Terms) -> None:
    """Set on what terms a company sends, for an owner of the installation. Raises Forbidden, NotFound, InvalidInput."""
    accounts.set_company_terms(actor, tenant_id=tenant_id, tariff=tariff, terms=terms)


def top_up_company(actor: Actor, *, tenant_id: int, tariff: str, amount: int, note: str, once_key: str) -> None:
    """Put credits into a company's account, for an owner of the installation.

    Raises Forbidden, NotFound, NotOpened, MoreThanLeft, InvalidInput.
    """
    accounts.top_up_company(actor, tenant_id=tenant_id, tariff=tariff, amount=amount, note=note, once_key=once_key)

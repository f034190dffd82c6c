"""Console: the companies of this installation. Only its owners come through here, and they never see a company's data."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.cockpit.installation.schemas import (
    CompanyCreate,
    CompanyCredits,
    CompanyDetail,
    CompanyMade,
    CompanyRename,
    CompanyRow,
    CreditTerms,
    CreditTopUp,
)
from cove.directory.org import facade as org
from cove.directory.org.contracts import CompanyCard
from cove.directory.org.errors import CompanyExists, OwnCompany, SlugTaken
from cove.directory.org.facade import MANAGE_INSTALLATION
from cove.directory.people import facade as people
from cove.engine.channels.credits import facade as credits_of
from cove.engine.channels.credits.contracts import Terms
from cove.engine.channels.credits.errors import MoreThanLeft, NotOpened
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, after_id, encode_cursor

console = Router(tags=["installation"])

_PATH = "/installation/tenants"


@console.get(_PATH, response={200: Page[CompanyRow], **refusals(Forbidden)}, **needs(MANAGE_INSTALLATION))
def list_companies(
    request: HttpRequest, search: str = "", cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[CompanyRow]:
    """List the installation's companies, oldest first."""
    who = actor(request)
    found, more = org.companies(who, search=search, after=after_id(cursor), limit=max(1, min(limit, 200)))
    following = encode_cursor([found[-1].id, found[-1].id]) if more else None
    return Page(items=[_row(who, card) for card in found], next_cursor=following)


@console.post(
    _PATH,
    response={201: CompanyMade, **refusals(Forbidden, SlugTaken, CompanyExists, NotFound)},
    **needs(MANAGE_INSTALLATION),
)
def create_company(request: HttpRequest, payload: CompanyCreate) -> Status[CompanyMade]:
    """Create a company with its first administrator, whose password is in this answer and nowhere else."""
    who = actor(request)
    card, password = org.add_company(
        who,
        name=payload.name,
        slug=payload.slug,
        timezone=payload.timezone,
        administrator=payload.administrator,
        email=payload.email,
    )
    return Status(201, CompanyMade(company=_row(who, card), email=payload.email.strip().lower(), password=password))


@console.get(
    _PATH + "/{tenant_id}",
    response={200: CompanyDetail, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_INSTALLATION),
)
def read_company_of_installation(request: HttpRequest, tenant_id: int) -> CompanyDetail:
    """Show one company, with how many contacts it keeps."""
    return _detail(actor(request), tenant_id)


@console.patch(
    _PATH + "/{tenant_id}",
    response={200: CompanyDetail, **refusals(Forbidden, NotFound, SlugTaken, CompanyExists)},
    **needs(MANAGE_INSTALLATION),
)
def rename_company(request: HttpRequest, tenant_id: int, payload: CompanyRename) -> CompanyDetail:
    """Change a company's name and sign-in address."""
    org.rename_company(actor(request), tenant_id=tenant_id, name=payload.name, slug=payload.slug)
    return _detail(actor(request), tenant_id)


@console.post(
    _PATH + "/{tenant_id}/suspend",
    response={200: CompanyDetail, **refusals(Forbidden, NotFound, OwnCompany)},
    **needs(MANAGE_INSTALLATION),
)
def suspend_company(request: HttpRequest, tenant_id: int) -> CompanyDetail:
    """Shut a company's people and keys out; what comes in for it is still collected."""
    org.suspend_company(actor(request), tenant_id=tenant_id)
    return _detail(actor(request), tenant_id)


@console.post(
    _PATH + "/{tenant_id}/resume",
    response={200: CompanyDetail, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_INSTALLATION),
)
def resume_company(request: HttpRequest, tenant_id: int) -> CompanyDetail:
    """Let a suspended company's people and keys in again."""
    org.resume_company(actor(request), tenant_id=tenant_id)
    return _detail(actor(request), tenant_id)


@console.get(
    _PATH + "/{tenant_id}/credits",
    response={200: list[CompanyCredits], **refusals(Forbidden, NotFound)},
    **needs(MANAGE_INSTALLATION),
)
def list_company_credits(request: HttpRequest, tenant_id: int) -> list[CompanyCredits]:
    """Tell what a company may still send, and on what terms."""
    return _credits(actor(request), tenant_id)


@console.put(
    _PATH + "/{tenant_id}/credits/{tariff}",
    response={200: list[CompanyCredits], **refusals(Forbidden, NotFound, InvalidInput)},
    **needs(MANAGE_INSTALLATION),
)
def set_company_credits(
    request: HttpRequest, tenant_id: int, tariff: str, payload: CreditTerms
) -> list[CompanyCredits]:
    """Set on what terms a company sends; closed, it sends as much as it likes."""
    who, terms = actor(request), Terms(payload.opened, payload.warn_below, payload.most_a_day)
    credits_of.set_company_terms(who, tenant_id=tenant_id, tariff=tariff, terms=terms)
    return _credits(who, tenant_id)


@console.post(
    _PATH + "/{tenant_id}/credits/{tariff}/top-ups",
    response={200: list[CompanyCredits], **refusals(Forbidden, NotFound, InvalidInput, NotOpened, MoreThanLeft)},
    **needs(MANAGE_INSTALLATION),
)
def top_up_company_credits(
    request: HttpRequest, tenant_id: int, tariff: str, payload: CreditTopUp
) -> list[CompanyCredits]:
    """Put credits into a company's account, or take some away."""
    who = actor(request)
    credits_of.top_up_company(
        who, tenant_id=tenant_id, tariff=tariff, amount=payload.amount, note=payload.note, once_key=payload.key
    )
    return _credits(who, tenant_id)


def _credits(who: Actor, tenant_id: int) -> list[CompanyCredits]:
    return [CompanyCredits(**one.told()) for one in credits_of.states_of_company(who, tenant_id)]


def _detail(who: Actor, tenant_id: int) -> CompanyDetail:
    card = org.company(who, tenant_id)
    # As Cove itself inside that company: a number comes back, no row does.
    contacts, exact = people.contacts_kept(Actor.system(card.id))
    return CompanyDetail(
        **_row(who, card).model_dump(),
        last_active_at=card.last_active_at,
        contacts=contacts,
        contacts_exact=exact,
        sign_in_url=f"{settings.PUBLIC_URL}/?company={card.slug}",
    )


def _row(who: Actor, card: CompanyCard) -> CompanyRow:
    return CompanyRow(
        id=card.id,
        name=card.name,
        slug=card.slug,
        timezone=card.timezone,
        created_at=card.created_at,
        suspended_at=card.suspended_at,
        members=card.members,
        own=card.id == who.tenant_id,
    )

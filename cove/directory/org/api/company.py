"""Console: the details of one's own company."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from cove.directory.org import queries
from cove.directory.org.commands.tenants import change_company
from cove.directory.org.errors import SlugTaken
from cove.directory.org.models import Tenant
from cove.directory.org.permissions import MANAGE_COMPANY
from cove.directory.org.schemas.company import CompanyAnswer, CompanyChange
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["company"])


@console.get("/company", response={200: CompanyAnswer, **refusals(Forbidden)}, **needs(MANAGE_COMPANY))
def read_company(request: HttpRequest) -> CompanyAnswer:
    """Show the company's name, sign-in address and time zone."""
    return _answer(queries.tenants.tenant(actor(request)))


@console.put(
    "/company", response={200: CompanyAnswer, **refusals(Forbidden, SlugTaken, NotFound)}, **needs(MANAGE_COMPANY)
)
def change_own_company(request: HttpRequest, payload: CompanyChange) -> CompanyAnswer:
    """Change the company's details."""
    row = change_company(actor(request), name=payload.name, slug=payload.slug, timezone=payload.timezone)
    return _answer(row)


def _answer(row: Tenant) -> CompanyAnswer:
    address = f"{settings.PUBLIC_URL}/?company={row.slug}"
    return CompanyAnswer(name=row.name, slug=row.slug, timezone=row.timezone, sign_in_url=address)

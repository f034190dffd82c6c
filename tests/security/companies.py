"""Two companies that must not see each other, and everybody who may knock at their doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.test import Client

from cove.directory.org.api.session import SESSION_COOKIE
from cove.directory.org.commands.sessions import Door, open_session
from cove.directory.org.commands.tenants import create_administrator, create_tenant
from cove.directory.org.models import Member, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member
from cove.kernel.actor import Actor
from cove.kernel.database.seal import sealed_tables
from cove.kernel.operations import operations
from cove.kernel.scope import tenant_scope

PASSWORD = "quiet-harbour-73-lantern"


@dataclass
class Company:
    """A tenant with its members. What is secret from strangers carries `canary`; what is secret from colleagues `rows_canary`."""

    tenant_id: int
    canary: str
    rows_canary: str
    administrator: Member
    members: dict[str, Member] = field(default_factory=dict)
    latest: Member | None = None

    @property
    def actor(self) -> Actor:
        """The administrator, as an actor."""
        return actor_of_member(self.administrator)

    def token(self, role: str) -> str:
        """The token of a new session of a member."""
        with tenant_scope(self.tenant_id):
            return open_session(self.members[role], Door("127.0.0.1", "the security walk")).token

    def client(self, role: str) -> Client:
        """A browser in which a member is freshly signed in: some routes end the session they are called with."""
        return Client(headers={"accept-language": "en", "cookie": f"{SESSION_COOKIE}={self.token(role)}"})

    @property
    def system(self) -> Actor:
        """Cove itself in this tenant."""
        return Actor.system(self.tenant_id)


def found_company(word: str) -> Company:
    """Make a tenant with an administrator, a member without rights, and one with every right over his own rows only."""
    tenant = create_tenant(name=f"canary-{word}-company")
    with tenant_scope(tenant.id):
        administrator = create_administrator(
            Actor.system(tenant.id),
            name=f"canary-{word}-administrator",
            email=f"canary-{word}-administrator@cove.test",
            password=PASSWORD,
        )
        company = Company(tenant.id, f"canary-{word}-", f"canary-{word}-rows-", administrator)
        every_right = {one.key: "own" if one.scoped else "all" for one in operations if one.grantable}
        company.members |= {
            "administrator": administrator,
            "nothing": _member(company, "nothing", {}),
            "own rows": _member(company, "own rows", every_right),
            "owner of the installation": _member(company, "owner", {}, owner=True),
        }
    return company


def _member(company: Company, name: str, rights: dict[str, str], *, owner: bool = False) -> Member:
    email = f"{company.canary}{name.replace(' ', '-')}@cove.test"
    member = Member.objects.create(
        name=f"{company.canary}{name}", email=email, password=company.administrator.password, installation_owner=owner
    )
    role = Role.objects.create(name=f"{company.canary}{name}", rights=rights)
    RoleGrant.objects.create(member=member, role=role)
    return member


# What may change in a company although nobody did anything to its records: the memory of who tried what.
NOT_RECORDS: frozenset[str] = frozenset()


def fingerprint(company: Company) -> dict[str, Any]:
    """Return what tells whether any record of a company changed: the checksum of each of its tables."""
    found = {}
    with connections["owner"].cursor() as cursor:
        for sealed in sealed_tables():
            if sealed.table in NOT_RECORDS:
                continue
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) "
                f'FROM "{sealed.table}" t WHERE t."{sealed.column}" = %s',
                [company.tenant_id],
            )
            found[sealed.table] = cursor.fetchone()
    return found

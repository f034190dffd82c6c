from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cove.directory.org.models import Member, Role, RoleGrant, Tenant
from cove.directory.org.permissions import SET_UP_TENANT
from cove.directory.org.queries.presets import PRESETS
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.scope import every_tenant, tenant_scope


def create_tenant(*, name: str, timezone: str = "Asia/Shanghai") -> Tenant:
    """Create a tenant with the roles that a company begins with and nobody in it.

    It is done by the owner of the installation, before anybody could hold a right in it.
    """
    with transaction.atomic():
        with every_tenant("a tenant cannot be created from inside itself"):
            made = Tenant.objects.create(name=name, timezone=timezone)
        with tenant_scope(made.id):
            Role.objects.bulk_create(
                Role(
                    name=one.name.here(),
                    description=one.description.here(),
                    everything=one.everything,
                    rights=one.rights,
                    revealed=list(one.revealed),
                )
                for one in PRESETS
            )
    return made


@command(SET_UP_TENANT)
def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> Member:
    """Create the first member with a role of all operations; a second call with the same e-mail only sets the password."""
    role = Role.objects.filter(everything=True).order_by("id").first()
    if role is None:
        role = Role.objects.create(name=PRESETS[0].name.here(), everything=True)
    member, _ = Member.objects.get_or_create(email=email.lower(), defaults={"name": name})
    member.password = make_password(password)
    member.save(update_fields=["password"])
    RoleGrant.objects.get_or_create(member=member, role=role)
    return member

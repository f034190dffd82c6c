from __future__ import annotations

from django.contrib.auth.hashers import make_password

from cove.directory.org.models import Member, Role, RoleGrant, Tenant
from cove.directory.org.permissions import SET_UP_TENANT
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.scope import every_tenant

ADMIN_ROLE = "管理员"


def create_tenant(*, name: str, timezone: str = "Asia/Shanghai") -> Tenant:
    """Create an empty tenant. It is done by the owner of the installation, before anybody could hold a right in it."""
    with every_tenant("a tenant cannot be created from inside itself"):
        return Tenant.objects.create(name=name, timezone=timezone)


@command(SET_UP_TENANT)
def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> Member:
    """Create the first member with a role of all operations; a second call with the same e-mail only sets the password."""
    role, _ = Role.objects.get_or_create(name=ADMIN_ROLE, defaults={"everything": True})
    member, _ = Member.objects.get_or_create(email=email.lower(), defaults={"name": name})
    member.password = make_password(password)
    member.save(update_fields=["password"])
    RoleGrant.objects.get_or_create(member=member, role=role)
    return member


@command(SET_UP_TENANT)
def set_watermark(actor: Actor, *, shown: bool) -> None:
    """Show the viewer's name faintly on the tenant's pages, or no more."""
    Tenant.objects.filter(id=actor.tenant_id).update(watermark=shown)

"""Creating a company from the command line, for the owner of the installation."""

from __future__ import annotations

import os
import secrets


def create(*, name: str, email: str, administrator: str) -> str:
    """Create a tenant and its administrator; return the password made for him."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    import django

    django.setup()
    from cove.directory.org.facade import create_administrator, create_tenant
    from cove.kernel.actor import Actor

    password = secrets.token_urlsafe(12)
    tenant = create_tenant(name=name)
    create_administrator(Actor.system(tenant.id), name=administrator, email=email, password=password)
    return password

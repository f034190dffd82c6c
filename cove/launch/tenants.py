"""Companies and the installation's owners from the command line, for whoever holds the machine."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass


class CannotBeDoneError(Exception):
    """What the command line was asked for was refused; the text says why and what to do."""


@dataclass(frozen=True)
class Made:
    """A new company and how its administrator signs in; the password is kept nowhere else."""

    tenant_id: int
    name: str
    slug: str
    timezone: str
    email: str
    password: str
    sign_in_url: str

    def as_text(self) -> str:
        """Return it for people."""
        return f"{self.name} ({self.slug})  {self.sign_in_url}\n{self.email}  /  {self.password}"

    def as_json(self) -> str:
        """Return it for scripts."""
        return json.dumps(asdict(self), ensure_ascii=False)


def create(*, name: str, slug: str, timezone: str, email: str, administrator: str) -> Made:
    """Create a company and its administrator. Raises CannotBeDoneError."""
    set_up()
    from django.conf import settings

    from cove.directory.org.facade import found_company
    from cove.kernel.errors import CoveError

    try:
        made, password = found_company(
            name=name, slug=slug, timezone=timezone, administrator=administrator, email=email
        )
    except CoveError as error:
        raise CannotBeDoneError(said(error)) from error
    address = f"{settings.PUBLIC_URL}/?company={made.slug}"
    return Made(made.id, made.name, made.slug, made.timezone, email.strip().lower(), password, address)


def set_owner(*, email: str, slug: str, owner: bool) -> str:
    """Make a member an owner of the installation, or no longer; return what was done. Raises CannotBeDoneError."""
    set_up()
    from cove.directory.org import facade as org
    from cove.kernel.actor import Actor

    found = [(tenant, member) for tenant, member in org.members_by_email(email) if slug in ("", tenant.slug)]
    if not found:
        raise CannotBeDoneError(f"No active member has the e-mail {email}{f' at {slug}' if slug else ''}.")
    if len(found) > 1:
        slugs = ", ".join(tenant.slug for tenant, _ in found)
        raise CannotBeDoneError(f"{email} is in several companies ({slugs}): name one with --tenant.")
    tenant, member = found[0]
    org.set_owner(Actor.system(tenant.id), member_id=member.id, owner=owner)
    state = "looks after this installation" if owner else "no longer looks after this installation"
    return f"{member.name} <{email}> of {tenant.name} ({tenant.slug}) {state}."


def said(error: Exception) -> str:
    """Return what a refusal of ours says, each field on a line of its own."""
    from cove.kernel.errors import CoveError
    from cove.kernel.words import speaking

    assert isinstance(error, CoveError)
    with speaking("en"):
        fields = [f"--{name}: {words.here(error.values)}" for name, words in error.fields.items()]
        return "\n".join([error.message(), *fields])


def set_up() -> None:
    """Make the product ready for a command of the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    import django

    django.setup()

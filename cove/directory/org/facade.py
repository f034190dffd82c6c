"""What other modules may ask of the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from cove.directory.org import permissions, queries
from cove.directory.org.commands import directory, keys, notices, passwords, sendings, sessions, tenants, wecom_sign_in
from cove.directory.org.commands.sessions import Door, Opened
from cove.directory.org.contracts import (
    CompanyCard,
    DirectoryDepartment,
    DirectoryMember,
    MemberCard,
    NoticeLetter,
    TenantCard,
)
from cove.directory.org.models import Member, Tenant
from cove.directory.org.queries.account import device_of as device_of  # noqa: PLC0414 -- a door for others
from cove.directory.org.schemas.cookies import cookie_name as cookie_name  # noqa: PLC0414 -- a door for others
from cove.directory.org.schemas.cookies import door_of, keep_opened
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.origin import current_origin, now_coming_from

MANAGE_INSTALLATION = permissions.MANAGE_INSTALLATION
"""The right of the installation's owners, for the routes that ask for it."""


def members_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, MemberCard]:
    """Return the cards of members by id, those who left included."""
    return {key: _card(member) for key, member in queries.members.members_by_id(actor, ids).items()}


def member_by_wecom_userid(actor: Actor, userid: str) -> MemberCard | None:
    """Return the member with this WeCom userid, or None."""
    found = queries.members.member_by_wecom_userid(actor, userid)
    return _card(found) if found else None


def members_by_wecom_userids(actor: Actor, userids: Iterable[str]) -> dict[str, MemberCard]:
    """Return the cards of members by their WeCom userids in small letters."""
    return {key: _card(member) for key, member in queries.members.members_by_wecom_userids(actor, userids).items()}


def tenant(actor: Actor) -> TenantCard:
    """Return the actor's tenant."""
    return _tenant_card(queries.tenants.tenant(actor))


def set_watermark(actor: Actor, *, shown: bool) -> None:
    """Show the viewer's name faintly on the tenant's pages, or no more; within the caller's command."""
    tenants.set_watermark(actor, shown=shown)


def tenant_ids() -> list[int]:
    """Return the ids of all tenants, for the rounds of the night."""
    return queries.tenants.tenant_ids()


def take_over_directory(
    actor: Actor, *, departments: Sequence[DirectoryDepartment], members: Sequence[DirectoryMember]
) -> tuple[int, int]:
    """Make departments and members equal to an outside directory's; return how many of each."""
    return directory.take_over_directory(actor, departments=departments, members=members)


def tenant_by_slug(slug: str) -> TenantCard | None:
    """Return the tenant with this sign-in address, or None; without an address the installation's only one, if it has just one."""
    found = queries.tenants.tenant_by_slug(slug) if slug else queries.tenants.only_tenant()
    return _tenant_card(found) if found else None


def create_tenant(*, name: str, slug: str = "") -> TenantCard:
    """Create an empty tenant, as the owner of the installation."""
    return _tenant_card(tenants.create_tenant(name=name, slug=slug))


def found_company(*, name: str, slug: str, timezone: str, administrator: str, email: str) -> tuple[TenantCard, str]:
    """Create a company with its administrator; return it and his password. Raises InvalidInput, SlugTaken, CompanyExists."""
    made, password = tenants.found_company(
        name=name, slug=slug, timezone=timezone, administrator=administrator, email=email
    )
    return _tenant_card(made), password


def companies(actor: Actor, *, search: str = "", after: int = 0, limit: int = 50) -> tuple[list[CompanyCard], bool]:
    """Return the installation's companies after the id `after`, and whether there are more. Raises Forbidden."""
    return queries.tenants.companies(actor, search=search, after=after, limit=limit)


def company(actor: Actor, tenant_id: int) -> CompanyCard:
    """Return one company of the installation. Raises Forbidden, NotFound."""
    return queries.tenants.company(actor, tenant_id)


def add_company(
    actor: Actor, *, name: str, slug: str, timezone: str, administrator: str, email: str
) -> tuple[CompanyCard, str]:
    """Create a company for an owner of the installation; return it and its administrator's password.

    Raises Forbidden, InvalidInput, SlugTaken, CompanyExists.
    """
    made, password = tenants.add_company(
        actor, name=name, slug=slug, timezone=timezone, administrator=administrator, email=email
    )
    return queries.tenants.company(actor, made.id), password


def rename_company(actor: Actor, *, tenant_id: int, name: str, slug: str) -> None:
    """Change a company's name and sign-in address. Raises Forbidden, InvalidInput, SlugTaken, CompanyExists, NotFound."""
    tenants.rename_company(actor, tenant_id=tenant_id, name=name, slug=slug)


def suspend_company(actor: Actor, *, tenant_id: int) -> None:
    """Shut a company's people and keys out. Raises Forbidden, NotFound, OwnCompany."""
    tenants.suspend_company(actor, tenant_id=tenant_id)


def resume_company(actor: Actor, *, tenant_id: int) -> None:
    """Let a suspended company's people and keys in again. Raises Forbidden, NotFound."""
    tenants.resume_company(actor, tenant_id=tenant_id)


def set_owner(actor: Actor, *, member_id: int, owner: bool) -> None:
    """Make a member an owner of the installation, or no longer. Raises NotFound."""
    tenants.set_owner(actor, member_id=member_id, owner=owner)


def members_by_email(email: str) -> list[tuple[TenantCard, MemberCard]]:
    """Return who has this e-mail, in whichever company: for the command line."""
    return [(_tenant_card(tenant), _card(member)) for tenant, member in queries.tenants.members_by_email(email)]


def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> MemberCard:
    """Create the first member, with all rights; a second call with the same e-mail only sets the password."""
    return _card(tenants.create_administrator(actor, name=name, email=email, password=password))


def wecom_members(actor: Actor) -> int:
    """Return how many active members have a WeCom userid."""
    return queries.members.wecom_members(actor)


def take_over_member(actor: Actor, *, entry: DirectoryMember, was: str = "") -> MemberCard:
    """Take over one member of an outside directory, `was` being his userid before a change of it."""
    return _card(directory.take_over_member(actor, entry=entry, was=was))


def take_over_department(
    actor: Actor, *, wecom_id: int, name: str | None, parent_wecom_id: int | None, order: int | None
) -> bool:
    """Take over what an outside directory tells of one department; False when that is not enough to go by."""
    return directory.take_over_department(
        actor, wecom_id=wecom_id, name=name, parent_wecom_id=parent_wecom_id, order=order
    )


def drop_department(actor: Actor, *, wecom_id: int) -> None:
    """Remove a department that is no longer in the outside directory; who is still in it goes to the one above."""
    directory.drop_department(actor, wecom_id=wecom_id)


def drop_member(actor: Actor, *, userid: str) -> None:
    """Deactivate a member who is no longer in the outside directory."""
    directory.drop_member(actor, userid=userid)


def sign_in_as_wecom_member(actor: Actor, *, userid: str, address: str, agent: str, device: str = "") -> Opened:
    """Open a session for the member with this WeCom userid, for `keep_session`. Raises NotAMember, Suspended.

    WeCom vouches for the person with its own means, so no second factor is asked for.
    """
    return wecom_sign_in.sign_in_wecom_member(actor, userid=userid, door=Door(address, agent, device))


def device_token(request: HttpRequest) -> str:
    """Return the token by which this browser is known from earlier sign-ins, or an empty text."""
    return door_of(request).device


def keep_session(request: HttpRequest, response: HttpResponse, opened: Opened) -> None:
    """Give a new session to the browser, as the sign-in page does."""
    keep_opened(request, response, opened)


def actor_of_api_key(text: str) -> tuple[Actor, str] | None:
    """Return the actor behind an API key and its member's language (empty: none), or None; its use is noted."""
    found = keys.find_key(text)
    if found is None:
        return None
    keys.used(found)
    return queries.actors.actor_of_key(found), found.member.locale


def actor_of_token(token: str) -> tuple[Actor, str] | None:
    """Return the actor behind a session cookie and the language he chose (empty: none), or None."""
    found = sessions.find_session(token)
    if found is None:
        return None
    now_coming_from(replace(current_origin(), session_id=found.id))
    return queries.actors.actor_of_member(found.member), found.member.locale


def shut_out(actor: Actor, *, member_id: int) -> None:
    """End all sessions of a member who left or lost his rights, within a command; trusted browsers are trusted no more."""
    passwords.shut_out(actor, member_id=member_id)


def actor_of(actor: Actor, member_id: int) -> Actor:
    """Return a member as an actor, for work that goes on after he asked for it. Raises Forbidden when he was deactivated since."""
    return queries.actors.actor_of_active(actor, member_id)


def _tenant_card(row: Tenant) -> TenantCard:
    return TenantCard(row.id, row.name, row.timezone, row.slug, row.suspended_at is not None, row.watermark)


def notify(
    actor: Actor,
    *,
    kind: str,
    member_ids: Collection[int],
    values: Mapping[str, Any],
    url: str | None = None,
    once_key: str = "",
    contact_id: int | None = None,
    only_bell: bool = False,
) -> int:
    """Tell members of something, within a command or reaction; return how many were told.

    `kind` is one that was declared with `notice_kind`, `values` fill its words and its address (or `url`, another path of the console).
    `once_key` names the occasion: a second call with it does nothing. `contact_id` is whom it is about, so that it is deleted when
    that person is erased. Members who left, lack the kind's right or may not see the record it names are passed over.
    """
    return notices.notify(
        actor,
        kind=kind,
        member_ids=member_ids,
        values=values,
        url=url,
        once_key=once_key,
        contact_id=contact_id,
        only_bell=only_bell,
    )


def holders_of(actor: Actor, operation: Operation) -> set[int]:
    """Return the ids of the active members who may do `operation`, with whatever scope."""
    return queries.notices.holders_of(actor, operation)


def notice_letter(actor: Actor, sending_ids: Sequence[int]) -> NoticeLetter | None:
    """Return what these sendings of notices say, as one message; None if nothing is left to be said."""
    return queries.notices.letter(actor, sending_ids)


def note_notice_sendings(
    actor: Actor, *, sending_ids: Collection[int], reason: str = "", unreached: Collection[str] = ()
) -> None:
    """Note that sendings of notices arrived, or why not; `unreached` are WeCom userids that the platform left out."""
    sendings.note_sendings(actor, sending_ids=sending_ids, reason=reason, unreached=unreached)


def _card(member: Member) -> MemberCard:
    return MemberCard(member.id, member.name, member.active, member.email, member.wecom_userid)

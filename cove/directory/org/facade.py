"""What other modules may ask of the organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cove.directory.org import queries
from cove.directory.org.commands import directory, sessions, tenants
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember, MemberCard, TenantCard
from cove.directory.org.models import Member
from cove.kernel.actor import Actor


def members_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, MemberCard]:
    """Return the cards of members by id, those who left included."""
    return {key: _card(member) for key, member in queries.members.members_by_id(actor, ids).items()}


def member_by_wecom_userid(actor: Actor, userid: str) -> MemberCard | None:
    """Return the member with this WeCom userid, or None."""
    found = queries.members.member_by_wecom_userid(actor, userid)
    return _card(found) if found else None


def tenant(actor: Actor) -> TenantCard:
    """Return the actor's tenant."""
    found = queries.tenants.tenant(actor)
    return TenantCard(found.id, found.name, found.timezone, found.watermark)


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


def create_tenant(*, name: str) -> TenantCard:
    """Create an empty tenant, as the owner of the installation."""
    made = tenants.create_tenant(name=name)
    return TenantCard(made.id, made.name, made.timezone)


def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> MemberCard:
    """Create the first member, with all rights; a second call with the same e-mail only sets the password."""
    return _card(tenants.create_administrator(actor, name=name, email=email, password=password))


def wecom_members(actor: Actor) -> int:
    """Return how many active members have a WeCom userid."""
    return queries.members.wecom_members(actor)


def take_over_member(actor: Actor, *, entry: DirectoryMember, was: str = "") -> MemberCard:
    """Take over one member of an outside directory, `was` being his userid before a change of it."""
    return _card(directory.take_over_member(actor, entry=entry, was=was))


def drop_member(actor: Actor, *, userid: str) -> None:
    """Deactivate a member who is no longer in the outside directory."""
    directory.drop_member(actor, userid=userid)


def actor_of_token(token: str) -> tuple[Actor, str] | None:
    """Return the actor behind a session cookie and the language he chose (empty: none), or None."""
    found = sessions.find_session(token)
    return (queries.actors.actor_of_member(found.member), found.member.locale) if found else None


def _card(member: Member) -> MemberCard:
    return MemberCard(member.id, member.name, member.active, member.email, member.wecom_userid)

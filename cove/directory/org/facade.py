"""What other modules may ask of the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from cove.directory.org import queries
from cove.directory.org.commands import directory, notices, sendings, sessions, tenants
from cove.directory.org.contracts import DirectoryDepartment, DirectoryMember, MemberCard, NoticeLetter, TenantCard
from cove.directory.org.models import Member
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation


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
    return TenantCard(found.id, found.name, found.timezone)


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


def forget_notices_about(actor: Actor, *, contact_id: int) -> int:
    """Delete what members were told about a person who is erased; return how many rows."""
    return notices.forget_contact(actor, contact_id=contact_id)


def _card(member: Member) -> MemberCard:
    return MemberCard(member.id, member.name, member.active, member.email, member.wecom_userid)

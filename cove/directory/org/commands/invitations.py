"""Asking people to join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cove.directory.org.commands import account_letters as letters
from cove.directory.org.commands.resets import LINK_BY_ADDRESS
from cove.directory.org.commands.second_factor import begin_enrolment
from cove.directory.org.commands.sessions import Door, Opened, SecondStep, acting, open_session
from cove.directory.org.commands.standing import refuse_above
from cove.directory.org.commands.tickets import write_ticket
from cove.directory.org.errors import InvitationClosed, LinkExpired, MemberAbove, NothingToInvite, OwnersAccount
from cove.directory.org.models import Department, Invitation, Member, Membership, RoleGrant, Tenant
from cove.directory.org.permissions import INVITE_MEMBERS, SIGN_IN
from cove.directory.org.queries import account
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.queries.invitations import givable_roles
from cove.directory.org.queries.strength import require_strong
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.mail.commands import send_mail
from cove.kernel.scope import tenant_scope
from cove.kernel.throttle.limit import Limit, count_try
from cove.kernel.tokens import hash_token, new_token, tenant_of_token
from cove.kernel.words import Words, current_language

GOOD_FOR = timedelta(days=7)
BY_MEMBER = Limit("invite.member", tries=100, seconds=3600)
BY_TENANT = Limit("invite.tenant", tries=500, seconds=86_400)
_NO_DEPARTMENT = Words("部门不存在", "There is no such department")


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its link, which is shown once."""

    invitation: Invitation
    link: str


@dataclass(frozen=True, slots=True)
class InvitationOffer:
    """What the page of an invitation shows."""

    company: str
    inviter: str
    name: str
    email: str


@command(INVITE_MEMBERS)
def invite_member(actor: Actor, *, email: str, name: str, department_ids: list[int], role_ids: list[int]) -> Invited:
    """Invite somebody by mail and by link, to departments and roles that the actor may give. An open invitation of the e-mail is replaced.

    Raises NothingToInvite, InvalidInput, BeyondOwnRights, MemberAbove, OwnersAccount, TooManyTries.
    """
    _count(actor)
    known_as = email.strip().lower()
    member = Member.visible_to(actor).filter(email=known_as).first()
    if member is not None and member.password:
        raise NothingToInvite(fields={"email": NothingToInvite.words})
    if member is not None:
        # The inviter sees the link as well: with it he could set the password of whoever so far signs in by WeCom.
        refuse_above(actor, member)
    roles = givable_roles(actor, role_ids)
    rooms = set(Department.objects.filter(id__in=department_ids).values_list("id", flat=True))
    if rooms != set(department_ids):
        raise InvalidInput(fields={"department_ids": _NO_DEPARTMENT})
    now, token = clock.now(), new_token(actor.tenant_id)
    Invitation.visible_to(actor).filter(email=known_as, accepted_at=None, revoked_at=None).update(revoked_at=now)
    row = Invitation.objects.create(
        email=known_as,
        name=name.strip(),
        department_ids=sorted(rooms),
        role_ids=sorted(role.id for role in roles),
        token_hash=hash_token(token),
        locale=current_language(),
        invited_by_id=actor.member_id,
        created_at=now,
        sent_at=now,
        expires_at=now + GOOD_FOR,
    )
    return _mail(actor, row, token)


@command(INVITE_MEMBERS)
def resend_invitation(actor: Actor, *, invitation_id: int) -> Invited:
    """Send an invitation again with a new link for seven days; the old one stops. Raises NotFound, InvitationClosed, TooManyTries."""
    _count(actor)
    row = _open(actor, invitation_id)
    # The roles are given by whoever sends it now.
    givable_roles(actor, row.role_ids)
    now, token = clock.now(), new_token(actor.tenant_id)
    row.token_hash, row.sent_at, row.expires_at, row.invited_by_id = (
        hash_token(token),
        now,
        now + GOOD_FOR,
        actor.member_id,
    )
    row.save(update_fields=["token_hash", "sent_at", "expires_at", "invited_by"])
    return _mail(actor, row, token)


@command(INVITE_MEMBERS)
def revoke_invitation(actor: Actor, *, invitation_id: int) -> None:
    """Take an invitation back. Raises NotFound, InvitationClosed."""
    row = _open(actor, invitation_id)
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])


def read_invitation(*, token: str, address: str) -> InvitationOffer:
    """Return what an invitation offers. Raises LinkExpired, TooManyTries."""
    count_try(LINK_BY_ADDRESS, address)
    with tenant_scope(tenant_of_token(token) or 0):
        row = _by_token(token)
        return InvitationOffer(_company(row.tenant_id), _inviter(row), row.name, row.email)


def accept_invitation(*, token: str, name: str, password: str, door: Door) -> Opened | SecondStep:
    """Join by an invitation and sign in, through a second factor if the tenant asks for one.

    Raises LinkExpired, NothingToInvite, WeakPassword, TooManyTries.
    """
    count_try(LINK_BY_ADDRESS, door.address)
    tenant_id = tenant_of_token(token) or 0
    member = join_by_link(Actor.system(tenant_id), token=token, name=name, password=password)
    with tenant_scope(tenant_id):
        if account.factor_demanded(member, account.policy()):
            return SecondStep(write_ticket(member), begin_enrolment(acting(member)))
        return open_session(member, door, way="invitation")


@command(SIGN_IN)
def join_by_link(actor: Actor, *, token: str, name: str, password: str) -> Member:
    """Use an invitation up: the member is made, or gets his first password, with the places and roles he was invited to."""
    row = _by_token(token)
    open_still = Invitation.objects.filter(id=row.id, accepted_at=None, revoked_at=None)
    if not open_still.update(accepted_at=clock.now()):
        raise LinkExpired
    member = Member.objects.filter(email=row.email).first() or Member(email=row.email, locale=row.locale)
    if member.password:
        raise NothingToInvite
    if member.id and row.invited_by is not None:
        _refuse_who_rose(row.invited_by, member)
    member.name, member.active = name.strip() or row.name, True
    require_strong(password, [member.name, row.email, _company(row.tenant_id)])
    member.save()
    member.keep_password(password)
    for department_id in Department.objects.filter(id__in=row.department_ids).values_list("id", flat=True):
        Membership.objects.get_or_create(member=member, department_id=department_id)
    for role_id in row.role_ids:
        RoleGrant.objects.get_or_create(member=member, role_id=role_id)
    Invitation.objects.filter(id=row.id).update(member=member)
    return member


def _refuse_who_rose(inviter: Member, member: Member) -> None:
    """Raise LinkExpired if the member has since got more rights than whoever invited him and knows the link."""
    try:
        refuse_above(actor_of_member(inviter), member)
    except (MemberAbove, OwnersAccount) as error:
        raise LinkExpired from error


def _count(actor: Actor) -> None:
    count_try(BY_MEMBER, f"{actor.tenant_id}.{actor.member_id}")
    count_try(BY_TENANT, str(actor.tenant_id))


def _open(actor: Actor, invitation_id: int) -> Invitation:
    row = Invitation.visible_to(actor).select_for_update().filter(id=invitation_id).first()
    if row is None:
        raise NotFound
    if row.accepted_at or row.revoked_at:
        raise InvitationClosed
    return row


def _by_token(token: str) -> Invitation:
    row = Invitation.objects.filter(
        token_hash=hash_token(token), accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    ).first()
    if row is None:
        raise LinkExpired
    return row


def _mail(actor: Actor, row: Invitation, token: str) -> Invited:
    link = letters.link_to("invitation", token)
    values = {"name": row.name, "inviter": _inviter(row), "company": _company(row.tenant_id), "link": link}
    send_mail(
        tenant_id=actor.tenant_id,
        to=row.email,
        subject=letters.INVITED_SUBJECT.here(values),
        text=letters.INVITED_TEXT.here(values),
        once_key=f"org.invitation:{row.token_hash}",
        not_after=row.expires_at,
    )
    return Invited(row, link)


def _company(tenant_id: int) -> str:
    return Tenant.objects.get(id=tenant_id).name


def _inviter(row: Invitation) -> str:
    return row.invited_by.name if row.invited_by else "Cove"

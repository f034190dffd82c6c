"""One person twice: made by hand, and come from the WeCom directory."""

from __future__ import annotations

from cove.directory.org.commands.activity import end_membership
from cove.directory.org.commands.locks import lock_organisation
from cove.directory.org.commands.standing import refuse_above
from cove.directory.org.errors import AlreadyJoined, OwnersAccount, TwoSecondFactors
from cove.directory.org.models import Department, Device, Member, Membership, RecoveryCode, RoleGrant, SecondFactor
from cove.directory.org.permissions import MANAGE_MEMBERS
from cove.directory.org.queries import account
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound


@command(MANAGE_MEMBERS)
def join_members(actor: Actor, *, member_id: int, wecom_member_id: int) -> Member:
    """Make a hand-made member and one of the WeCom directory one, if e-mail or phone agree.

    The member of WeCom stays, because his friendships hang on him; he gets the other's account (e-mail, password, language,
    second factor, known browsers), roles and hand-made departments. The other is deactivated and keeps what he did and owned,
    for a hand-over.
    Raises NotFound, AlreadyJoined, TwoSecondFactors, MemberAbove, OwnersAccount.
    """
    lock_organisation(actor.tenant_id)
    rows = Member.visible_to(actor).select_for_update().in_bulk([member_id, wecom_member_id])
    mine, theirs = rows.get(member_id), rows.get(wecom_member_id)
    if mine is None or theirs is None:
        raise NotFound
    agree = (mine.email and mine.email == theirs.directory_email) or (mine.phone and mine.phone == theirs.phone)
    if mine.wecom_userid is not None or theirs.wecom_userid is None or not mine.active or not agree:
        raise AlreadyJoined
    refuse_above(actor, mine)
    refuse_above(actor, theirs)
    if mine.installation_owner:
        # Ownership is given at the command line alone, so it does not move to the account that stays; it would be lost.
        raise OwnersAccount(name=mine.name)
    email, password, locale = mine.email, mine.password, mine.locale
    mine.email, mine.password, mine.active = None, "", False
    mine.save()
    if theirs.email is None or email is not None:
        theirs.email, theirs.password, theirs.locale = email, password, locale
    theirs.phone = theirs.phone or mine.phone
    theirs.save()
    held = set(RoleGrant.objects.filter(member=theirs).values_list("role_id", flat=True))
    RoleGrant.objects.filter(member=mine).exclude(role_id__in=held).update(member=theirs)
    RoleGrant.objects.filter(member=mine).delete()
    _hand_on_second_factor(mine, theirs)
    _hand_on_places(mine, theirs)
    end_membership([(mine.id, mine.name)], source="console")
    return theirs


def _hand_on_second_factor(mine: Member, theirs: Member) -> None:
    moving = account.second_factor(mine.id) is not None
    if moving and account.second_factor(theirs.id) is not None:
        raise TwoSecondFactors
    # A browser that both know stays with the trust of the second factor that stays.
    loser, winner = (theirs, mine) if moving else (mine, theirs)
    known = Device.objects.filter(member=winner).values_list("token_hash", flat=True)
    Device.objects.filter(member=loser, token_hash__in=list(known)).delete()
    Device.objects.filter(member=mine).update(member=theirs)
    # What the other began to set up and never confirmed counts for nothing.
    SecondFactor.objects.filter(member=loser).delete()
    SecondFactor.objects.filter(member=mine).update(member=theirs)
    RecoveryCode.objects.filter(member=mine).update(member=theirs)


def _hand_on_places(mine: Member, theirs: Member) -> None:
    rooms = Department.objects.filter(wecom_id=None).values("id")
    present = Membership.objects.filter(member=theirs).values("department_id")
    moving = Membership.objects.filter(member=mine, department_id__in=rooms).exclude(department_id__in=present)
    has_main = Membership.objects.filter(member=theirs, main=True).exists()
    if has_main:
        moving.filter(main=True).update(main=False)
    moving.update(member=theirs)

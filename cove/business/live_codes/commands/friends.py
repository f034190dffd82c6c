from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cove.business.live_codes.models import CodeFriendship, ContactWay, LiveCode, LiveCodeTag, WayLease
from cove.business.live_codes.permissions import RUN_CODES
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.automation import facade as automation
from cove.engine.automation.contracts import ActionCall
from cove.engine.channels.wecom import facade as wecom
from cove.facts.live_codes import CodeBroughtFriend, CodeLostFriend
from cove.facts.wecom import FriendAdded, FriendConfirmed, FriendRemoved
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

SKEW = timedelta(minutes=5)
"""The platform tells whole seconds by a clock of its own. Twice as much is less than a way rests between two leases, so
that it never makes one lease's friend another's."""


@command(RUN_CODES)
def take_in_friend(actor: Actor, *, fact: FriendAdded, at: datetime) -> bool:
    """Do what a code does for a friend it brought: figures, visitor, source, tags, welcome. False if no code of ours brought him.

    A friendship that is already open is not begun again; a contact who comes back after it ended is counted again.
    """
    way = _way_of(actor, fact.state)
    if way is None:
        return False
    open_ones = CodeFriendship.objects.filter(
        contact_id=fact.contact_id, member_id=fact.member_id, ended_at__isnull=True
    )
    if open_ones.exists():
        return False
    code = way.code
    friendship = CodeFriendship.objects.create(
        code=code,
        contact_id=fact.contact_id,
        member_id=fact.member_id,
        began_at=at,
        began_on=day_of(actor, at),
    )
    if fact.new_contact:
        people.set_source(actor, contact_id=fact.contact_id, source="live_code", detail=code.name, ref=code.id)
    visitor_id = _join_visitor(actor, way, fact.contact_id, at)
    _tag(actor, code, friendship)
    publish(_brought(fact, code, visitor_id), at=at)
    _welcome(actor, code, fact, at)
    return True


def _tag(actor: Actor, code: LiveCode, friendship: CodeFriendship) -> None:
    tag_ids = list(LiveCodeTag.objects.filter(code=code).values_list("tag_id", flat=True))
    if tag_ids and friendship.contact_id is not None:
        automation.perform(
            actor,
            contact_id=friendship.contact_id,
            calls=[ActionCall("people.tag_contact", {"add": tag_ids, "source": "live_code"})],
            once_key=f"live_codes.friendship:{friendship.id}",
            on_behalf=code.name,
        )


@command(RUN_CODES)
def welcome_confirmed_friend(actor: Actor, *, fact: FriendConfirmed, at: datetime) -> None:
    """Send the code's welcome to a friend whose welcome code came only when he confirmed the friendship."""
    way = _way_of(actor, fact.state)
    if way is not None:
        _welcome(actor, way.code, fact, at)


@command(RUN_CODES)
def note_loss(actor: Actor, *, fact: FriendRemoved, at: datetime) -> None:
    """End the friendship if it began through a code; one that did not is none of ours."""
    open_ones = CodeFriendship.objects.filter(
        contact_id=fact.contact_id, member_id=fact.member_id, ended_at__isnull=True
    )
    row = open_ones.select_related("code").filter(tenant_id=actor.tenant_id).first()
    if row is None:
        return
    row.ended_at, row.ended_on = at, day_of(actor, at)
    row.save(update_fields=["ended_at", "ended_on"])
    publish(
        CodeLostFriend(
            contact_id=fact.contact_id, member_id=fact.member_id, code_id=row.code_id, code_name=row.code.name
        ),
        at=at,
    )


def day_of(actor: Actor, at: datetime) -> date:
    """Return the day of the tenant's calendar in which `at` lies."""
    return at.astimezone(ZoneInfo(org.tenant(actor).timezone)).date()


def _way_of(actor: Actor, state: str) -> ContactWay | None:
    if not state:
        return None
    return ContactWay.objects.select_related("code").filter(tenant_id=actor.tenant_id, state=state).first()


def _join_visitor(actor: Actor, way: ContactWay, contact_id: int, at: datetime) -> int | None:
    """Join the visitor to whom the way was leased when the friendship began, once a lease; return him, or None."""
    running = WayLease.objects.filter(way=way, since__lte=at + SKEW, until__gt=at - SKEW)
    lease = running.select_for_update().filter(used_at__isnull=True).order_by("-since").first()
    if lease is None:
        return None
    lease.used_at = at
    lease.save(update_fields=["used_at"])
    joined = people.join_visitor(actor, contact_id=contact_id, visitor_id=lease.visitor_id, how="live_code")
    return lease.visitor_id if joined else None


def _brought(fact: FriendAdded, code: LiveCode, visitor_id: int | None) -> CodeBroughtFriend:
    return CodeBroughtFriend(
        contact_id=fact.contact_id,
        member_id=fact.member_id,
        member_name=fact.member_name,
        visitor_id=visitor_id,
        code_id=code.id,
        code_name=code.name,
        utm_source=code.utm_source,
        utm_medium=code.utm_medium,
        utm_campaign=code.utm_campaign,
        utm_content=code.utm_content,
        utm_term=code.utm_term,
    )


def _welcome(actor: Actor, code: LiveCode, fact: FriendAdded | FriendConfirmed, at: datetime) -> None:
    if not code.welcome_text:
        return
    wecom.send_welcome(
        actor,
        contact_id=fact.contact_id,
        member_id=fact.member_id,
        member_name=fact.member_name,
        welcome_code=fact.welcome_code,
        text=code.welcome_text,
        attachments=code.welcome_attachments,
        event_at=at,
        key=f"live_codes:{fact.contact_id}:{fact.member_id}:{fact.welcome_code or at.isoformat()}",
    )

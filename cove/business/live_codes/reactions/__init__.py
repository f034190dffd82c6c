"""What live codes do because of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.business.live_codes.commands.friends import note_loss, take_in_friend, welcome_confirmed_friend
from cove.business.live_codes.commands.handovers import show_codes_anew
from cove.business.live_codes.commands.scans import Scan, count_scans
from cove.business.live_codes.commands.ways import ask_again, note_way_failed, note_way_made
from cove.facts.live_codes import CodeScanned
from cove.facts.org import MemberDeactivated, MemberJoined
from cove.facts.wecom import (
    CallbackVerified,
    ContactWayFailed,
    ContactWayMade,
    FriendAdded,
    FriendConfirmed,
    FriendRemoved,
)
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, react, sinks
from cove.kernel.log.wanted import Wanted


@react(FriendAdded, zh="活码的自动处理", en="what the live code does for a newcomer")
def take_in(actor: Actor, fact: FriendAdded, envelope: Envelope) -> None:
    """A friend whose state is one of ours came through a code."""
    take_in_friend(actor, fact=fact, at=envelope.at)


@react(FriendConfirmed, zh="活码的欢迎语", en="the live code's welcome")
def welcome(actor: Actor, fact: FriendConfirmed, envelope: Envelope) -> None:
    """A friend confirmed, and now he can be welcomed."""
    welcome_confirmed_friend(actor, fact=fact, at=envelope.at)


@react(FriendRemoved, zh="活码的流失统计", en="the live code's count of losses")
def lose(actor: Actor, fact: FriendRemoved, envelope: Envelope) -> None:
    """A friendship ended; perhaps a code had brought it."""
    note_loss(actor, fact=fact, at=envelope.at)


@react(ContactWayMade)
def keep_way(actor: Actor, fact: ContactWayMade, _envelope: Envelope) -> None:
    """WeCom made a way that we asked for."""
    note_way_made(actor, state=fact.state, config_id=fact.config_id, qr_url=fact.qr_url)


@react(ContactWayFailed)
def keep_failure(actor: Actor, fact: ContactWayFailed, _envelope: Envelope) -> None:
    """WeCom did not make a way that we asked for."""
    note_way_failed(actor, state=fact.state, reason=fact.reason)


@react(CallbackVerified)
def ask_for_failed_ways(actor: Actor, _fact: CallbackVerified, _envelope: Envelope) -> None:
    """WeCom was set up: ways that failed before it was may be had now."""
    ask_again(actor)


@react(MemberDeactivated)
def hide_member(actor: Actor, fact: MemberDeactivated, _envelope: Envelope) -> None:
    """A member left: his codes show the others from now on."""
    show_codes_anew(actor, member_id=fact.member_id)


@react(MemberJoined)
def show_member(actor: Actor, fact: MemberJoined, _envelope: Envelope) -> None:
    """A member came back: his codes show him again."""
    if fact.returned:
        show_codes_anew(actor, member_id=fact.member_id)


def count(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Count a batch of scans, tenant by tenant, in the transaction that moves the cursor: so each is counted once."""
    by_tenant: dict[int, list[Scan]] = defaultdict(list)
    for envelope in envelopes:
        if envelope.kind == CodeScanned.kind and envelope.member_id and envelope.visitor_id:
            scan = Scan(envelope.payload["code_id"], envelope.member_id, envelope.visitor_id, envelope.at)
            by_tenant[envelope.tenant_id].append(scan)
    for tenant_id, scans in by_tenant.items():
        count_scans(Actor.system(tenant_id), scans=scans)


sinks.add(
    "business.live_codes.figures",
    Sink("business.live_codes.figures", count, wants=lambda: Wanted(kinds=[CodeScanned.kind])),
)

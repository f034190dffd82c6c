"""Contact ways: the standing one of each member of a code, and those that are leased to single visits.

See docs/decisions/0012-leased-contact-ways.md.
"""

from __future__ import annotations

from datetime import timedelta

from cove.business.live_codes.commands.signposts import post_code
from cove.business.live_codes.contracts import Visit, new_state, way_remark
from cove.business.live_codes.models import ContactWay, LiveCode, LiveCodeMember, WayLease
from cove.business.live_codes.permissions import RUN_CODES
from cove.directory.org import facade as org
from cove.engine.channels.wecom import facade as wecom
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

LEASE = timedelta(minutes=30)
REST = timedelta(minutes=30)
"""After a lease nobody gets the way for this long: whoever adds late, from a picture he kept, is then taken for nobody
rather than for the next visitor."""
POOL_BOUND = 200
"""Leased ways a code may have per member; a corp has 500,000 contact ways in all (WeCom document 92228)."""

_KEY = "live_codes.way:"


def ask_for_standing_ways(actor: Actor, code: LiveCode) -> None:
    """Ask WeCom for the standing way of every member of `code` who has none, or whose last request failed. Within a command."""
    ways = {way.member_id: way for way in ContactWay.objects.filter(code=code, standing=True)}
    member_ids = list(LiveCodeMember.objects.filter(code=code).values_list("member_id", flat=True))
    cards = org.members_by_id(actor, member_ids)
    for member_id in member_ids:
        way = ways.get(member_id)
        if way is not None and not way.failure:
            continue
        userid = cards[member_id].wecom_userid
        failure = "" if userid else "unknown_member"
        # A new state for each try: a late answer to an earlier one must not be taken for this one's.
        fresh = {"state": new_state(), "failure": failure, "free_after": clock.now()}
        way, _ = ContactWay.objects.update_or_create(code=code, member_id=member_id, standing=True, defaults=fresh)
        if userid:
            key = f"{_KEY}{way.state}"
            wecom.request_contact_way(actor, key=key, userid=userid, state=way.state, remark=way_remark(code.name))


@command(RUN_CODES)
def note_way_made(actor: Actor, *, state: str, config_id: str, qr_url: str) -> None:
    """Keep what WeCom made for us under `state` and tell the edges. A state that is not ours is somebody else's."""
    way = ContactWay.objects.select_related("code").filter(state=state).first()
    if way is None:
        return
    way.config_id, way.qr_url, way.failure = config_id, qr_url, ""
    way.save(update_fields=["config_id", "qr_url", "failure"])
    post_code(actor, way.code)


@command(RUN_CODES)
def note_way_failed(actor: Actor, *, state: str, reason: str) -> None:
    """Keep why WeCom did not make the way of `state`, so that the console can say it."""
    ContactWay.objects.filter(state=state, tenant_id=actor.tenant_id).update(failure=reason)


@command(RUN_CODES)
def ask_again(actor: Actor) -> None:
    """Ask once more for every standing way that failed: WeCom was set up in the meantime."""
    failed = ContactWay.objects.filter(standing=True, code__deleted_at__isnull=True).exclude(failure="")
    for code in LiveCode.visible_to(actor).filter(id__in=failed.values("code_id")):
        ask_for_standing_ways(actor, code)


@command(RUN_CODES, audited=False)
def lease_way(actor: Actor, *, visit: Visit) -> str | None:
    """Return the picture of a way that is this visit's for half an hour, or None if none is free.

    The same visit gets the same way again as long as its lease runs.
    """
    now = clock.now()
    mine = WayLease.objects.select_related("way").filter(tenant_id=actor.tenant_id, visit=visit.name, until__gt=now)
    if held := mine.first():
        return held.way.qr_url
    free = ContactWay.objects.filter(
        tenant_id=actor.tenant_id,
        code_id=visit.code_id,
        member_id=visit.member_id,
        standing=False,
        free_after__lte=now,
    )
    # The one that rested longest: pictures that people kept have had the most time to be used.
    way = free.select_for_update(skip_locked=True).order_by("free_after").first()
    if way is None:
        return None
    way.free_after = now + LEASE + REST
    way.save(update_fields=["free_after"])
    _lend(way, visit)
    return way.qr_url


@command(RUN_CODES)
def add_leased_way(actor: Actor, *, visit: Visit, state: str, config_id: str, qr_url: str) -> None:
    """Put a way that WeCom just made into the pool, leased to `visit`."""
    way = ContactWay.objects.create(
        tenant_id=actor.tenant_id,
        code_id=visit.code_id,
        member_id=visit.member_id,
        state=state,
        config_id=config_id,
        qr_url=qr_url,
        free_after=clock.now() + LEASE + REST,
    )
    _lend(way, visit)


def _lend(way: ContactWay, visit: Visit) -> None:
    now = clock.now()
    WayLease.objects.create(way=way, visit=visit.name, visitor_id=visit.visitor_id, since=now, until=now + LEASE)

"""Live timelines: a page says that it looks, and hears once a second at most that there is something new.

What is new is never said here: the page asks for it, with the rights its reader has then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.timeline.models import Watch
from cove.engine.timeline.permissions import SEE_TIMELINE, TELL_WATCHERS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import Forbidden, NotForKeys, NotFound
from cove.kernel.live.publish import tell_live

EVENT = "timeline"
LEASE = timedelta(seconds=90)
"""So long a page counts as open after it said so; it says so every minute."""
PAUSE = timedelta(seconds=1)


@command(SEE_TIMELINE, audited=False)
def watch_contact(actor: Actor, *, contact_id: int) -> None:
    """Tell the acting member of what is new on a contact's timeline, for a minute and a half. Raises NotFound, NotForKeys."""
    if actor.kind != "member" or actor.member_id is None:
        raise NotForKeys
    if not people.reachable(actor, [contact_id], SEE_TIMELINE):
        raise NotFound
    now = clock.now()
    Watch.objects.filter(tenant_id=actor.tenant_id, until__lt=now).delete()
    Watch.objects.update_or_create(
        contact_id=contact_id, member_id=actor.member_id, tenant_id=actor.tenant_id, defaults={"until": now + LEASE}
    )


@command(TELL_WATCHERS, audited=False)
def tell_watchers(actor: Actor, *, news: dict[int, datetime]) -> None:
    """Tell whoever watches these contacts (id to time of the earliest new fact), each at most once a second for each contact.

    Whoever may not see a contact any more is no longer told. What comes within the second is not told of its own: a page looks
    a second time after it was told.
    """
    now = clock.now()
    rows = Watch.objects.filter(tenant_id=actor.tenant_id, contact_id__in=news, until__gt=now)
    for row in rows.select_for_update().order_by("id"):
        earliest = min(news[row.contact_id], row.oldest or news[row.contact_id])
        if row.told_at is not None and row.told_at > now - PAUSE:
            row.oldest = earliest
        elif not _may_still_see(actor, row):
            row.delete()
            continue
        else:
            row.told_at, row.oldest = now, None
            data = {"contact_id": row.contact_id, "oldest": earliest.isoformat()}
            tell_live(actor.tenant_id, EVENT, data, member_ids=[row.member_id], needs=SEE_TIMELINE)
        row.save(update_fields=["told_at", "oldest"])


def _may_still_see(actor: Actor, row: Watch) -> bool:
    try:
        reader = org.actor_of(actor, row.member_id)
    except Forbidden:
        return False
    return reader.may(SEE_TIMELINE) and bool(people.reachable(reader, [row.contact_id], SEE_TIMELINE))

"""Noting when contacts were last active themselves, and telling whoever looks at them that there is something new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from cove.directory.people.facade import contacts_of_visitors, note_seen
from cove.engine.timeline.commands.watching import tell_watchers
from cove.engine.timeline.queries.watching import news_of, watched
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.reactions import Sink, sinks
from cove.kernel.log.wanted import Wanted
from cove.kernel.scope import tenant_scope


def take(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Move `last_seen_at` of the batch's people, known visitors included, in the transaction of the cursor."""
    for tenant_id in sorted({one.tenant_id for one in envelopes}):
        mine = [one for one in envelopes if one.tenant_id == tenant_id]
        with tenant_scope(tenant_id):
            actor = Actor.system(tenant_id)
            _note(actor, [one for one in mine if catalogue[one.kind].shows_presence])
            _tell(actor, mine)


def _tell(actor: Actor, envelopes: Sequence[Envelope]) -> None:
    contacts = watched(actor)
    if not contacts:
        return
    by_contact: dict[int, datetime] = {}
    by_visitor: dict[int, datetime] = {}
    for one in envelopes:
        if one.contact_id is not None:
            by_contact[one.contact_id] = min(one.at, by_contact.get(one.contact_id, one.at))
        elif one.visitor_id is not None:
            by_visitor[one.visitor_id] = min(one.at, by_visitor.get(one.visitor_id, one.at))
    if news := news_of(actor, contacts, by_contact, by_visitor):
        tell_watchers(actor, news=news)


def _note(actor: Actor, envelopes: Sequence[Envelope]) -> None:
    visitors = [one.visitor_id for one in envelopes if one.contact_id is None and one.visitor_id is not None]
    known = contacts_of_visitors(actor, visitors) if visitors else {}
    seen = _latest((one.contact_id or known.get(one.visitor_id or 0), one.at) for one in envelopes)
    if seen:
        note_seen(actor, seen=seen)


def _latest(seen: Iterable[tuple[int | None, datetime]]) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    # A page whose clock is ahead must not make somebody seen tomorrow.
    now = clock.now()
    for contact_id, at in seen:
        if contact_id is not None:
            seen_at = min(at, now)
            found[contact_id] = max(seen_at, found.get(contact_id, seen_at))
    return found


def wanted() -> Wanted:
    """Return what it looks at: who and when, and nothing of what."""
    return Wanted(kinds=[kind.kind for kind in catalogue if kind.on_timeline], fields=())


sinks.add("timeline.presence", Sink("timeline.presence", take, wants=wanted))

"""What links do because of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.engine.content.links.commands.clicks import Click, count_clicks, note_recipient
from cove.engine.tracking.facade import SUSPICIOUS
from cove.facts.links import LinkClicked
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, react, sinks
from cove.kernel.log.wanted import Wanted

FIGURES = "engine.content.links.figures"


@react(LinkClicked, zh="专属链接的识别", en="what a personal link tells")
def recognise(actor: Actor, fact: LinkClicked, envelope: Envelope) -> None:
    """A link that was sent to somebody was followed, and not by a machine."""
    if fact.contact_id is not None and fact.suspicion < SUSPICIOUS:
        note_recipient(
            actor,
            link_id=fact.link_id,
            contact_id=fact.contact_id,
            visitor_id=fact.visitor_id,
            at=envelope.at,
        )


def count(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Count a batch of clicks, tenant by tenant, in the transaction that moves the cursor: so each is counted once."""
    by_tenant: dict[int, list[Click]] = defaultdict(list)
    for envelope in envelopes:
        if envelope.kind == LinkClicked.kind and envelope.visitor_id is not None:
            suspicious = envelope.payload.get("suspicion", 0) >= SUSPICIOUS
            click = Click(envelope.payload["link_id"], envelope.visitor_id, envelope.at, suspicious)
            by_tenant[envelope.tenant_id].append(click)
    for tenant_id, clicks in by_tenant.items():
        count_clicks(Actor.system(tenant_id), clicks=clicks)


sinks.add(FIGURES, Sink(FIGURES, count, wants=lambda: Wanted(kinds=[LinkClicked.kind])))

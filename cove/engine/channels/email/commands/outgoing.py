from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cove.engine.channels.email.commands.domains import take_room
from cove.engine.channels.email.commands.messages import note_addresses
from cove.engine.channels.email.contracts.cards import Outgoing
from cove.engine.channels.email.permissions import RUN_EMAIL
from cove.engine.channels.email.queries.outgoing import by_domain, limits, outgoing
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(RUN_EMAIL, audited=False)
def make_ready(actor: Actor, *, ids: Sequence[int]) -> dict[int, Outgoing]:
    """Return mails made ready: read, given room in their domain's minute, and their addresses written down."""
    found = outgoing(actor, ids)
    bounds = limits(list(found.values()))
    for domain_id, mails in by_domain(list(found.values())).items():
        if domain_id in bounds:
            granted, wait = take_room(actor, domain_id=domain_id, wanted=len(mails), per_minute=bounds[domain_id])
            found |= {mail.id: replace(mail, wait=max(wait, 1.0)) for mail in mails[granted:]}
    going = {mail.id: mail.address for mail in found.values() if not mail.held and not mail.wait}
    if going:
        note_addresses(actor, addresses=going)
    return found

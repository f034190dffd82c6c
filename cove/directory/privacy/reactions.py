"""What privacy does because of facts."""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.privacy.commands.returning import greet_returned, know_visitor_again
from cove.directory.privacy.commands.sweeps import plan_sweep
from cove.directory.privacy.queries.erasures import late_facts, late_names, tenants_with_erased
from cove.facts.people import ContactAdmitted, VisitorJoined
from cove.kernel.actor import Actor
from cove.kernel.log.commands import disguise_set_aside
from cove.kernel.log.fact import Envelope
from cove.kernel.log.forget import forget_facts
from cove.kernel.log.reactions import Sink, react, sinks
from cove.kernel.log.wanted import Wanted
from cove.kernel.log.watching import when_set_aside
from cove.kernel.scope import tenant_scope


@react(ContactAdmitted, zh="识别曾被删除的人", en="recognising whoever was erased")
def greet(actor: Actor, fact: ContactAdmitted, _envelope: Envelope) -> None:
    """A new contact may be somebody who was erased."""
    greet_returned(
        actor, contact_id=fact.contact_id, kind=fact.identity_kind, value=fact.identity_value, source=fact.source
    )


@react(VisitorJoined)
def know_again(actor: Actor, fact: VisitorJoined, _envelope: Envelope) -> None:
    """A visitor of somebody who was erased belongs to a new contact."""
    know_visitor_again(actor, visitor_id=fact.visitor_id, contact_id=fact.contact_id)


def forget_late(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Make what arrives late about people who are erased nobody's in the log; the timeline does the same when it ships.

    What names them without being theirs is swept a little later, when everybody has taken what he needs of it.
    """
    for tenant_id in sorted({one.tenant_id for one in envelopes}):
        with tenant_scope(tenant_id):
            mine = [one for one in envelopes if one.tenant_id == tenant_id]
            late = late_facts(tenant_id, mine)
            if late:
                forget_facts([(place, one.visitor_id, one.payload) for place, one in sorted(late.items())])
            for kind, value in sorted(late_names(tenant_id, mine)):
                plan_sweep(Actor.system(tenant_id), kind=kind, value=value)


@when_set_aside
def forget_set_aside(actor: Actor, consumer: str, envelope: Envelope) -> None:
    """Let what is set aside about people who are erased be kept as some anonymous visitor's."""
    for place, anonymous in late_facts(actor.tenant_id, [envelope]).items():
        disguise_set_aside(actor, consumer=consumer, position=place, envelope=anonymous)


sinks.add(
    "directory.privacy.late",
    Sink("directory.privacy.late", forget_late, wants=lambda: Wanted(tenants=tenants_with_erased())),
)

"""Product usage: accounts as their events tell of them, and the contacts who got to a PQL event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cove.directory.privacy import facade as privacy
from cove.engine.timeline.contracts import SUSPICIOUS
from cove.engine.tracking.commands.usage import SeenAccount, join_pql, note_accounts, note_pql
from cove.engine.tracking.queries.plan import pql_events
from cove.facts.people import VisitorJoined
from cove.facts.tracking import AccountJoined, EventTracked
from cove.kernel.actor import Actor, Link
from cove.kernel.log.fact import Envelope
from cove.kernel.scope import tenant_scope

NAME = "engine.tracking.behaviour"


def note_usage(envelopes: Sequence[Envelope]) -> None:
    """Take a batch in: accounts once for each, PQL events and those who turned out to be contacts in their order."""
    by_tenant: dict[int, list[Envelope]] = defaultdict(list)
    for one in envelopes:
        if one.kind in (VisitorJoined.kind, EventTracked.kind) or one.payload.get("account"):
            by_tenant[one.tenant_id].append(one)
    for tenant_id, found in sorted(by_tenant.items()):
        _note_accounts(tenant_id, found)
        _note_pql(tenant_id, found)


def _note_accounts(tenant_id: int, envelopes: Sequence[Envelope]) -> None:
    accounts: dict[str, SeenAccount] = {}
    for one in envelopes:
        key = one.payload.get("account")
        if one.kind.startswith("tracking.") and isinstance(key, str) and key and not _suspicious(one):
            # What `identify` tells beside an account is the user's.
            traits = one.payload.get("traits") if one.kind == AccountJoined.kind else None
            by_server = one.payload.get("proof") == "server"
            accounts.setdefault(key, SeenAccount(one.at, one.at)).add(one.at, traits or {}, by_server=by_server)
    if accounts:
        note_accounts(Actor.system(tenant_id), accounts=accounts)


def _note_pql(tenant_id: int, envelopes: Sequence[Envelope]) -> None:
    with tenant_scope(tenant_id):
        marked = pql_events(Actor.system(tenant_id))
    # Who is erased by now got nowhere; and whoever does an event a hundred times in a batch got there once.
    late, told = privacy.late_facts(tenant_id, envelopes), set[tuple[str, int | None]]()
    for one in envelopes:
        if one.position in late:
            continue
        actor = Actor.system(tenant_id, chain=(*one.chain, Link(fact=one.position, kind=one.kind, rule=NAME)))
        if one.kind == VisitorJoined.kind and one.visitor_id is not None and one.contact_id is not None:
            join_pql(actor, visitor_id=one.visitor_id, contact_id=one.contact_id)
        elif one.kind == EventTracked.kind and one.payload["event"] in marked and not _suspicious(one):
            if (one.payload["event"], one.visitor_id) in told:
                continue
            told.add((one.payload["event"], one.visitor_id))
            note_pql(
                actor,
                event=one.payload["event"],
                account=one.payload.get("account") or "",
                visitor_id=one.visitor_id or 0,
                at=one.at,
            )


def _suspicious(one: Envelope) -> bool:
    return bool((one.payload.get("suspicion") or 0) >= SUSPICIOUS)

"""What modules above may ask of live codes."""

from __future__ import annotations

from cove.business.live_codes.contracts import CodeCard
from cove.business.live_codes.queries import codes
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation


def find_codes(actor: Actor, *, text: str, limit: int) -> list[CodeCard]:
    """Return up to `limit` codes in use whose name has `text` in it, newest first; Forbidden without the right."""
    rows = codes.codes(actor, search=text, deleted=False).order_by("-id")[:limit]
    return [CodeCard(row.id, row.name, [one.member.name for one in row.members.all()]) for row in rows]


def reachable_ids(actor: Actor, operation: Operation) -> list[int] | None:
    """Return the ids of the codes to which the actor may do `operation`, another module's scoped right; None means every code."""
    return codes.reachable_ids(actor, operation)

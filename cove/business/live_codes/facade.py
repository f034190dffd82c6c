"""What modules above may ask of live codes."""

from __future__ import annotations

from cove.business.live_codes.contracts import CodeCard
from cove.business.live_codes.queries import codes
from cove.kernel.actor import Actor


def find_codes(actor: Actor, *, text: str, limit: int) -> list[CodeCard]:
    """Return up to `limit` codes in use whose name has `text` in it, newest first; Forbidden without the right."""
    rows = codes.codes(actor, search=text, deleted=False).order_by("-id")[:limit]
    return [CodeCard(row.id, row.name, [one.member.name for one in row.members.all()]) for row in rows]

"""Which facts belong to one visit, so that a reader can be shown them as one line."""

from __future__ import annotations

from hashlib import blake2b

from cove.engine.timeline.contracts import Happening
from cove.facts.tracking import ElementClicked, OutboundFollowed, PageLeft, PageViewed

# What people do on nearly every page. What says more of them (an event, a form, a download) stands on its own.
FOLDED = frozenset({PageViewed.kind, PageLeft.kind, ElementClicked.kind, OutboundFollowed.kind})


def visit_of(one: Happening) -> str:
    """Return a short name of the visit a fact can be folded into; empty for what stands alone.

    A visitor without sessions (an older page's snippet) has one visit a day (UTC): better than a hundred lines.
    """
    if one.kind not in FOLDED:
        return ""
    session = one.session_id or one.at.date().isoformat()
    return blake2b(f"{one.visitor_id}:{session}".encode(), digest_size=6).hexdigest()

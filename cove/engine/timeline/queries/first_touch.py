"""How a contact first came."""

from __future__ import annotations

from cove.engine.timeline.contracts import FirstTouch
from cove.engine.timeline.queries.who import whole
from cove.facts.live_codes import CodeScanned
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows

_FIRST_TOUCH = """
SELECT at, utm_source, utm_medium, utm_campaign, utm_content, utm_term, referrer FROM timeline_fact
WHERE tenant_id = {tenant:UInt64} AND person_id IN {people:Array(UInt64)} AND kind IN {kinds:Array(String)}
ORDER BY at, position LIMIT 1
"""

_UTM = ("source", "medium", "campaign", "content", "term")
_TOUCHES = (CodeScanned.kind, PageViewed.kind)


def first_touch(actor: Actor, contact_id: int) -> FirstTouch | None:
    """Return the first page view or scan of a contact and of the visitors he was before, or None. Raises Forbidden, NotFound."""
    somebody = whole(actor, contact_id)
    # The log before ClickHouse: what is shipped in between is then in both answers, not in neither.
    fresh = somebody.fresh()
    touches = [
        FirstTouch(row["at"], {name: row[f"utm_{name}"] for name in _UTM}, row["referrer"])
        for row in rows(actor.tenant_id, _FIRST_TOUCH, people=somebody.people(), kinds=list(_TOUCHES))
    ]
    for one in fresh:
        if one.kind in _TOUCHES:
            utm = {name: one.payload.get(f"utm_{name}", "") for name in _UTM}
            touches.append(FirstTouch(one.at, utm, one.payload.get("referrer", "")))
    return min(touches, key=lambda touch: touch.at, default=None)

"""By which click on an advertisement a contact came last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cove.engine.timeline.contracts import LastClick
from cove.engine.timeline.queries.who import whole
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows

_CLICKED = """
SELECT at, url, payload FROM timeline_fact
WHERE tenant_id = {tenant:UInt64} AND person_id IN {people:Array(UInt64)} AND kind = {kind:String}
  AND arrayExists(name -> JSONHas(payload, 'click_ids', name), {names:Array(String)})
ORDER BY at DESC, position DESC LIMIT 1
"""


def last_click(actor: Actor, contact_id: int, names: Sequence[str]) -> LastClick | None:
    """Return the last page view of a contact, or of the visitors he was, that carried one of the click parameters `names`.

    None if there is none. Raises Forbidden, NotFound, ClickHouseAway.
    """
    somebody = whole(actor, contact_id)
    # The log before ClickHouse: what is shipped in between is then in both answers, not in neither.
    fresh = [one for one in somebody.fresh() if one.kind == PageViewed.kind]
    asked = {"people": somebody.people(), "kind": PageViewed.kind, "names": list(names)}
    found = [
        (row["at"], row["url"], _click(json.loads(row["payload"]), names))
        for row in rows(actor.tenant_id, _CLICKED, **asked)
    ]
    found += [(one.at, one.payload.get("url", ""), _click(one.payload, names)) for one in fresh]
    clicks = [LastClick(at, click_id, url) for at, url, click_id in found if click_id]
    return max(clicks, key=lambda click: click.at, default=None)


def _click(payload: Mapping[str, Any], names: Sequence[str]) -> str:
    said = payload.get("click_ids") or {}
    return next((str(said[name]) for name in names if said.get(name)), "")

"""Visits: what people did under the session numbers that the senders of events count (30 minutes without doing anything end one).

Definitions, as fixed for all our reports:

- Visit: one person's facts under one session number. He is who he is known to be now; whoever signs in midway as somebody to whom the
  browser does not belong begins a visit of his own.
- Range: visits that began between `since` (included) and `until` (excluded).
- Reach: whoever may see some members' contacts only gets those contacts' visits, and no visitors whom nobody knows.
- Bounce: a visit of at most one page view in which nothing else was done; having left the page is no deed.
- Duration: from its first to its last fact. The median of all visits.
- Visible: the seconds in which pages were in view, as pages tell when they are left. The mean of all visits.
- Entry: the first page view: its address, and the channel group and campaign by which it came about.
- Suspicious: a visit with a fact that is (`SUSPICIOUS`), unless what was found out later about its beginning says otherwise, and one whose
  beginning was found suspicious later. They are left out unless asked for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db.models import Q

from cove.directory.people import facade as people
from cove.engine.timeline.contracts import VisitFigures
from cove.engine.timeline.queries.fields import clean_facts
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.operations import Operation

By = Literal["channel", "page", "utm_source", "utm_medium", "utm_campaign", "referrer"]

_BY: dict[By, str] = {
    "channel": "v.entry.channel",
    "page": "concat(domainWithoutWWW(v.entry.url), path(v.entry.url))",
    "utm_source": "v.entry.utm_source",
    "utm_medium": "v.entry.utm_medium",
    "utm_campaign": "v.entry.utm_campaign",
    "referrer": "domainWithoutWWW(v.entry.referrer)",
}
MOST_GROUPS = 200

# A visit over midnight has a row for each day; the days beside the range are read so that its true beginning is seen.
_VISITS = """
SELECT if(o.person = 0, s.person_id, o.person) AS whom, s.session_id AS session, min(s.first_at) AS at, max(s.last_at) AS last,
  sum(s.views) AS views, sum(s.acts) AS acts, sum(s.seconds) AS seconds, max(s.suspicion) AS suspicion,
  argMin(s.person_id, s.first_at) AS person_id, argMinMerge(s.entry) AS entry
FROM timeline_session AS s LEFT ANY JOIN (
  SELECT visitor, person_id AS person FROM timeline_override FINAL WHERE tenant_id = {{tenant:UInt64}}
) AS o ON s.person_id = o.visitor
WHERE s.tenant_id = {{tenant:UInt64}} AND s.person_id != 0
  AND s.day >= toDate(fromUnixTimestamp64Milli({{since:Int64}}, 'UTC')) - 1
  AND s.day <= toDate(fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')) + 1
GROUP BY whom, session
HAVING at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC') AND at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC') {among}
"""
_FIGURES = """
SELECT {key} AS key, count() AS visits, uniqExact(v.whom) AS people, sum(v.views) AS views, countIf(v.views <= 1 AND v.acts = 0) AS bounces,
  quantileExactInclusive(0.5)(date_diff('millisecond', v.at, v.last)) / 1000 AS median_seconds, avg(v.seconds) AS visible_seconds
FROM ({visits}) AS v WHERE {clean} GROUP BY key ORDER BY visits DESC, key LIMIT {{limit:UInt32}}
"""


def visits(
    actor: Actor, *, operation: Operation, since: datetime, until: datetime, exclude_suspicious: bool = True
) -> VisitFigures:
    """Return the figures of all visits within the actor's reach by `operation`. Raises Forbidden, ClickHouseAway."""
    found = _figures(actor, "''", operation, since, until, clean=exclude_suspicious, limit=1)
    return found[0] if found else VisitFigures("", 0, 0, 0, 0, None, None)


def visits_by(
    actor: Actor, by: By, *, operation: Operation, since: datetime, until: datetime, exclude_suspicious: bool = True
) -> list[VisitFigures]:
    """Return the figures of the visits put together by how or where they began, most visits first. Raises Forbidden, ClickHouseAway."""
    return _figures(actor, _BY[by], operation, since, until, clean=exclude_suspicious, limit=MOST_GROUPS)


def _figures(
    actor: Actor, key: str, operation: Operation, since: datetime, until: datetime, *, clean: bool, limit: int
) -> list[VisitFigures]:
    actor.require(operation)
    visits = _VISITS.format(among=among(actor, operation))
    sql = _FIGURES.format(key=key, visits=visits, clean=clean_facts("v") if clean else "true")
    asked: dict[str, Any] = {"since": int(since.timestamp() * 1000), "until": int(until.timestamp() * 1000)}
    return [VisitFigures(**row) for row in rows(actor.tenant_id, sql, **asked, limit=limit)]


def among(actor: Actor, operation: Operation, *, person: str = "whom") -> str:
    """Return what narrows a query to the people within the actor's reach (`` AND …``), empty for everybody.

    It is text, because parameters are bounded and people may be many.
    """
    if actor.reach(operation).everybody:
        return ""
    listed = ",".join(map(str, people.contact_ids(actor, Q(), operation)))
    return f"AND {person} IN (SELECT toUInt64(arrayJoin(splitByChar(',', '{listed}'))))" if listed else "AND false"

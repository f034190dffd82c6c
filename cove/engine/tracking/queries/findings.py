"""Finding suspicious traffic afterwards, over all processes and with what came later in view.

Ten minutes at a time. What the edge noted of a device in that time counts for all of it; beside that, what only shows afterwards: many
signed-in users on one device, rates over all processes, and devices of a swarm that opened one page of a site that otherwise tells of
clicks and scrolling, and did nothing on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cove.engine.timeline.contracts import SLICE_SECONDS, Verdict
from cove.engine.tracking.contracts import FineTraffic
from cove.engine.tracking.suspicion.judging import (
    ADDRESS_EVENTS_A_MINUTE,
    EVENTS_A_MINUTE,
    NEW_DEVICES_IN_TEN_MINUTES,
    PAGES_IN_TEN_SECONDS,
)
from cove.engine.tracking.suspicion.reasons import (
    ADDRESS_BURST,
    ADDRESS_IDENTITIES,
    ADDRESS_SWARM,
    DEVICE_BURST,
    IMPOSSIBLE_SPEED,
    LIFELESS,
    MANY_IDENTITIES,
    SUSPICIOUS,
    known,
    reasons,
    score_of,
)
from cove.facts.tracking import (
    ElementClicked,
    FileDownloaded,
    FormSubmitted,
    OutboundFollowed,
    PageLeft,
    PageViewed,
    Seen,
    VisitorIdentified,
)
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.log.fact import catalogue

SLICE = timedelta(seconds=SLICE_SECONDS)
USERS_ON_A_DEVICE = 5
"""Signed-in users of one device within a day; a family or a counter has fewer."""
USERS_ON_AN_ADDRESS = 40
LIVELY_VISITORS = 10
"""From so many visitors who clicked or scrolled in a day on, a source is known to tell of it."""
MOST_ROWS = 100_000

_MINUTES = SLICE_SECONDS // 60
_LIFE = (PageLeft.kind, ElementClicked.kind, FormSubmitted.kind, FileDownloaded.kind, OutboundFollowed.kind)

_SEEN = f"""
SELECT person_id, slice, told, least,
  arrayDistinct(arrayConcat(told,
    if(events > {EVENTS_A_MINUTE * _MINUTES}, ['{DEVICE_BURST.key}'], []),
    if(pages > {PAGES_IN_TEN_SECONDS * 6 * _MINUTES // 2}, ['{IMPOSSIBLE_SPEED.key}'], []),
    if(users > {USERS_ON_A_DEVICE}, ['{MANY_IDENTITIES.key}'], []),
    if(address != '' AND sum(events) OVER here > {ADDRESS_EVENTS_A_MINUTE * _MINUTES}, ['{ADDRESS_BURST.key}'], []),
    if(address != '' AND sum(users > 0) OVER here > {USERS_ON_AN_ADDRESS}, ['{ADDRESS_IDENTITIES.key}'], []),
    if(address != '' AND count() OVER here > {NEW_DEVICES_IN_TEN_MINUTES}, ['{ADDRESS_SWARM.key}'], []),
    if(pages = 1 AND sum(events) OVER theirs = 1 AND slice <= {{over:DateTime('UTC')}} AND has(lively, source_id),
      ['{LIFELESS.key}'], []))) AS reasons,
  address
FROM (
  SELECT person_id, toStartOfInterval(at, toIntervalSecond({SLICE_SECONDS})) AS slice,
    groupUniqArrayArray(suspicion_reasons) AS told, min(suspicion) AS least, any(f.source_id) AS source_id,
    any(JSONExtractString(payload, 'address')) AS address, count() AS events, countIf(kind = {{page:String}}) AS pages,
    any(u.users) AS users
  FROM timeline_fact AS f
  LEFT ANY JOIN (
    SELECT person_id, uniqExact(JSONExtractString(payload, 'user_id')) AS users FROM timeline_fact
    WHERE tenant_id = {{tenant:UInt64}} AND kind = {{identified:String}} AND person_id >= {ANONYMOUS_BIT}
      AND at >= fromUnixTimestamp64Milli({{day_before:Int64}}, 'UTC') AND at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')
    GROUP BY person_id
  ) AS u USING (person_id)
  WHERE f.tenant_id = {{tenant:UInt64}} AND f.kind IN {{kinds:Array(String)}} AND f.person_id >= {ANONYMOUS_BIT} AND f.source_id != 0
    AND f.at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC') AND f.at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')
  GROUP BY person_id, slice
)
WINDOW here AS (PARTITION BY slice, address), theirs AS (PARTITION BY person_id)
"""  # noqa: S608 -- constants
# One reason that decides nothing alone is usual, such as one page opened; only what may be suspicious is brought over.
_LOOK = f"""
WITH (
  SELECT groupArray(source_id) FROM (
    SELECT source_id FROM timeline_fact
    WHERE tenant_id = {{tenant:UInt64}} AND kind IN {{life:Array(String)}} AND source_id != 0 AND suspicion < {SUSPICIOUS}
      AND at >= fromUnixTimestamp64Milli({{day_before:Int64}}, 'UTC') AND at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')
    GROUP BY source_id HAVING uniq(person_id) >= {LIVELY_VISITORS}
  )
) AS lively
SELECT person_id, slice, reasons, address FROM ({_SEEN})
WHERE slice IN {{slices:Array(DateTime('UTC'))}} AND least < {SUSPICIOUS}
  AND (length(reasons) > 1 OR hasAny(reasons, {{decisive:Array(String)}}))
LIMIT {MOST_ROWS}
"""  # noqa: S608 -- constants


def verdicts_of(actor: Actor, starts: Sequence[datetime], fine: FineTraffic) -> Iterator[Verdict]:
    """Return the verdicts on these ten minutes: whoever turns out suspicious and was not known to be. Raises ClickHouseAway.

    What a member marked as normal is left alone. That somebody did nothing shows only ten minutes after the end.
    """
    first, last = min(starts), max(starts) + SLICE
    found = rows(
        actor.tenant_id,
        _LOOK,
        since=_milliseconds(first - SLICE),
        until=_milliseconds(last + SLICE),
        day_before=_milliseconds(last - timedelta(days=1)),
        slices=[_plain(start) for start in starts],
        over=_plain(clock.now() - 2 * SLICE),
        decisive=[reason.key for reason in reasons if reason.decisive],
        kinds=traffic_kinds(),
        page=PageViewed.kind,
        identified=VisitorIdentified.kind,
        life=list(_LIFE),
    )
    for row in found:
        verdict = _verdict(row)
        if verdict.score >= SUSPICIOUS and not _is_fine(row, fine):
            yield verdict


def traffic_kinds() -> list[str]:
    """Return the kinds of facts that the collector takes in."""
    return [kind.kind for kind in catalogue if issubclass(kind, Seen)]


def _verdict(row: dict[str, Any]) -> Verdict:
    found = tuple(reason.key for reason in known(row["reasons"]))
    return Verdict(row["person_id"], row["slice"], score_of(frozenset(found)), found)


def _is_fine(row: dict[str, Any], fine: FineTraffic) -> bool:
    return row["address"] in fine.addresses or row["person_id"] - ANONYMOUS_BIT in fine.visitors


def _plain(at: datetime) -> datetime:
    """Return a time as the driver writes it for DateTime('UTC')."""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)

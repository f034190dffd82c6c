"""How good a period's traffic was. What members and later findings said stands before what the edge said of an event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cove.directory.org import facade as org
from cove.engine.timeline.contracts import SLICE_SECONDS, SUSPICIOUS
from cove.engine.tracking.contracts import TrafficCount, TrafficReport, TrafficSample
from cove.engine.tracking.permissions import SEE_TRAFFIC
from cove.engine.tracking.queries.findings import traffic_kinds
from cove.facts.tracking import PageViewed
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.words import Words

LONGEST = timedelta(days=366)
SAMPLES = 50
_PAGES = 3

_ORDER = Words("结束日期须不早于开始日期", "The last day must not be before the first")
_LENGTH = Words("最多查看 {days} 天，请缩短日期范围", "At most {days} days can be looked at; choose a shorter period")

_TRAFFIC = f"""
SELECT f.person_id AS person_id, f.at AS at, f.source_id AS source_id, f.kind AS kind, f.title AS title, f.payload AS payload,
  if(v.version = 0, f.suspicion, v.score) AS score,
  if(v.version = 0, f.suspicion_reasons, v.reasons) AS reasons
FROM timeline_fact AS f
LEFT ANY JOIN (
  SELECT person_id, slice, score, reasons, version FROM timeline_verdict FINAL
  WHERE tenant_id = {{tenant:UInt64}} AND stands
) AS v ON v.person_id = f.person_id AND v.slice = toDateTime(toStartOfInterval(f.at, toIntervalSecond({SLICE_SECONDS})), 'UTC')
WHERE f.tenant_id = {{tenant:UInt64}} AND f.kind IN {{kinds:Array(String)}} AND f.source_id != 0
  AND ({{source:UInt64}} = 0 OR f.source_id = {{source:UInt64}})
  AND f.at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC') AND f.at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')
"""  # noqa: S608 -- constants
# Only of what is suspicious, or says why it may be, the payload is read: it is longer than all else together.
_ABOUT = f"(f.person_id, toDateTime(toStartOfInterval(f.at, toIntervalSecond({SLICE_SECONDS})), 'UTC'))"
_SPOKEN_OF = f"""({_ABOUT} IN (SELECT person_id, slice FROM timeline_verdict WHERE tenant_id = {{tenant:UInt64}}))"""  # noqa: S608 -- constants
_SUSPECTS = f"{_TRAFFIC} AND (f.suspicion >= {SUSPICIOUS} OR {_SPOKEN_OF})"
_REASONED = f"{_TRAFFIC} AND (notEmpty(f.suspicion_reasons) OR {_SPOKEN_OF})"
_COUNTS = f"""count() AS events, countIf(score >= {SUSPICIOUS}) AS suspicious_events, uniq(person_id) AS visitors,
  uniqIf(person_id, score >= {SUSPICIOUS}) AS suspicious_visitors"""
_BY_DAY_AND_SOURCE = f"""
SELECT toDate(at, {{zone:String}}) AS day, source_id,
  grouping(day) = 0 AS of_day, grouping(source_id) = 0 AS of_source, {_COUNTS} FROM ({_TRAFFIC})
GROUP BY GROUPING SETS ((), (day), (source_id))
"""  # noqa: S608 -- constants
_BY_REASON = f"""
SELECT arrayJoin(reasons) AS reason, {_COUNTS} FROM ({_REASONED}) GROUP BY reason ORDER BY suspicious_events DESC, events DESC, reason
"""  # noqa: S608 -- constants
_SAMPLES = f"""
SELECT person_id, address, any(JSONExtractString(payload, 'user_agent')) AS user_agent, any(source_id) AS source,
  min(at) AS first_at, max(at) AS last_at, count() AS events, max(score) AS worst,
  arraySort(groupUniqArrayArray(reasons)) AS found, groupUniqArrayIf({_PAGES})(title, kind = {{page:String}} AND title != '') AS pages
FROM (SELECT *, JSONExtractString(payload, 'address') AS address FROM ({_SUSPECTS}))
WHERE score >= {SUSPICIOUS} AND person_id >= {ANONYMOUS_BIT} AND ({{reason:String}} = '' OR has(reasons, {{reason:String}}))
GROUP BY person_id, address ORDER BY last_at DESC, person_id LIMIT {SAMPLES}
"""  # noqa: S608 -- constants


def traffic_report(actor: Actor, *, first: date, last: date, source_id: int = 0) -> TrafficReport:
    """Return how good the traffic of these days (the tenant's, both included) was, of one source if named.

    Raises Forbidden, InvalidInput, ClickHouseAway.
    """
    actor.require(SEE_TRAFFIC)
    zone = ZoneInfo(org.tenant(actor).timezone)
    asked = _asked(first, last, zone, source_id)
    found = rows(actor.tenant_id, _BY_DAY_AND_SOURCE, zone=zone.key, **asked)
    days = {row["day"]: _count(row) for row in found if row["of_day"]}
    sources = {row["source_id"]: _count(row) for row in found if row["of_source"]}
    every_day = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return TrafficReport(
        whole=next((_count(row) for row in found if not (row["of_day"] or row["of_source"])), TrafficCount()),
        days={day: days.get(day, TrafficCount()) for day in every_day},
        sources=dict(sorted(sources.items(), key=lambda one: -one[1].events)),
        reasons={row["reason"]: _count(row) for row in rows(actor.tenant_id, _BY_REASON, **asked)},
    )


def traffic_samples(
    actor: Actor, *, first: date, last: date, source_id: int = 0, reason: str = ""
) -> tuple[TrafficSample, ...]:
    """Return the last who were suspicious in these days, at most SAMPLES, of one source and for one reason if named.

    Raises Forbidden, InvalidInput, ClickHouseAway.
    """
    actor.require(SEE_TRAFFIC)
    asked = _asked(first, last, ZoneInfo(org.tenant(actor).timezone), source_id)
    found = rows(actor.tenant_id, _SAMPLES, reason=reason, page=PageViewed.kind, **asked)
    return tuple(
        TrafficSample(
            visitor_id=row["person_id"] - ANONYMOUS_BIT,
            address=row["address"],
            user_agent=row["user_agent"],
            source_id=row["source"],
            first_at=row["first_at"],
            last_at=row["last_at"],
            events=row["events"],
            score=row["worst"],
            reasons=tuple(row["found"]),
            pages=tuple(row["pages"]),
        )
        for row in found
    )


def period_of(first: date, last: date, zone: ZoneInfo) -> tuple[int, int]:
    """Return a period of whole days, both included, in milliseconds since 1970. Raises InvalidInput."""
    if last < first:
        raise InvalidInput(fields={"to": _ORDER})
    if last - first >= LONGEST:
        raise InvalidInput(fields={"from": _LENGTH.with_values(days=LONGEST.days)})
    ends = (first, last + timedelta(days=1))
    since, until = (int(datetime.combine(day, time(), tzinfo=zone).timestamp() * 1000) for day in ends)
    return since, until


def _asked(first: date, last: date, zone: ZoneInfo, source_id: int) -> dict[str, Any]:
    since, until = period_of(first, last, zone)
    return {"since": since, "until": until, "source": source_id, "kinds": traffic_kinds()}


def _count(row: dict[str, Any]) -> TrafficCount:
    return TrafficCount(row["events"], row["suspicious_events"], row["visitors"], row["suspicious_visitors"])

"""The figures of the first page.

- contacts: everybody in the directory, those who left included.
- new_today: contacts who were admitted since midnight.
- lost_today: contacts whose last friendship with a member ended since midnight and who have none now.
- scans: openings of live codes in the last seven days, today included, each opening counted.

- visits, visitors, bounce_rate: visits of pages and products that began in the same seven days (`timeline.queries.visits`).

Suspicious traffic (bots, cheats) is left out of scans and visits unless asked for. Contacts and codes are those within the reader's reach.

Midnight is the tenant's.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cove.business.live_codes import facade as live_codes
from cove.cockpit.insight.contracts import Day, Overview
from cove.cockpit.insight.permissions import SEE_INSIGHT
from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.timeline import facade as timeline
from cove.facts.live_codes import CodeScanned
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows

DAYS = 7

_SCANS = """
SELECT toDate(f.at, {{zone:String}}) AS day, count() AS scans FROM timeline_fact AS f
WHERE f.tenant_id = {{tenant:UInt64}} AND f.kind = {{kind:String}} AND f.at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC')
  AND ({{every:Bool}} OR JSONExtractUInt(f.payload, 'code_id') IN {{codes:Array(UInt64)}}) AND {clean}
GROUP BY day
"""


def overview(actor: Actor, *, exclude_suspicious: bool = True) -> Overview:
    """Return the figures defined above. Raises Forbidden, ClickHouseAway."""
    actor.require(SEE_INSIGHT)
    zone = ZoneInfo(org.tenant(actor).timezone)
    today = clock.now().astimezone(zone).date()
    counts = people.count_contacts(actor, since=_midnight(today, zone), operation=SEE_INSIGHT)
    days = _scan_days(actor, today, zone, clean=exclude_suspicious)
    visits = timeline.visits(
        actor,
        operation=SEE_INSIGHT,
        since=_midnight(days[0].day, zone),
        until=_midnight(today + timedelta(days=1), zone),
        exclude_suspicious=exclude_suspicious,
    )
    return Overview(
        contacts=counts.total,
        new_today=counts.new,
        lost_today=counts.lost,
        scans=sum(one.count for one in days),
        visits=visits.visits,
        visitors=visits.people,
        bounce_rate=round(visits.bounces / visits.visits, 4) if visits.visits else None,
        scan_days=days,
    )


def _scan_days(actor: Actor, today: date, zone: ZoneInfo, *, clean: bool) -> tuple[Day, ...]:
    first = today - timedelta(days=DAYS - 1)
    since = int(_midnight(first, zone).timestamp() * 1000)
    codes = live_codes.reachable_ids(actor, SEE_INSIGHT)
    found = rows(
        actor.tenant_id,
        _SCANS.format(clean=timeline.clean_facts("f") if clean else "true"),
        zone=zone.key,
        kind=CodeScanned.kind,
        since=since,
        every=codes is None,
        codes=codes or [],
    )
    scans = {row["day"]: int(row["scans"]) for row in found}
    days = (first + timedelta(days=number) for number in range(DAYS))
    return tuple(Day(day, scans.get(day, 0)) for day in days)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)

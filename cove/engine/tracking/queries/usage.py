"""Who uses the company's products, by customer account: facts that name the account they were done for.

A person is counted once, as whom he is known now: a visitor who turned out to be a contact is that contact.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.timeline.facade import FACTS, PERSON, clean_facts
from cove.engine.tracking.contracts import AccountFigures, AccountPerson, UsageCount, UsageReport
from cove.engine.tracking.models import Account, PqlTouch
from cove.engine.tracking.permissions import SEE_USAGE
from cove.engine.tracking.queries.findings import traffic_kinds
from cove.engine.tracking.queries.quality import LONGEST, period_of
from cove.facts.tracking import AccountJoined, EventTracked, IdentityAliased, VisitorIdentified
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.errors import NotFound
from cove.kernel.ids import ANONYMOUS_BIT

DAYS = 28
"""Four whole weeks, so that working days weigh the same in each."""
FEATURES = 20
PEOPLE = 200

_USE = f"""
SELECT f.account AS account, f.at AS at, f.kind AS kind, f.event AS event, f.payload AS payload, {PERSON} AS person FROM {FACTS}
WHERE f.tenant_id = {{tenant:UInt64}} AND f.kind IN {{kinds:Array(String)}} AND f.account != ''
  AND (empty({{keys:Array(String)}}) OR f.account IN {{keys:Array(String)}})
  AND f.at >= fromUnixTimestamp64Milli({{since:Int64}}, 'UTC') AND f.at < fromUnixTimestamp64Milli({{until:Int64}}, 'UTC')
  AND ({{everything:Bool}} OR {clean_facts("f")})
"""  # noqa: S608 -- constants
_COUNTS = "uniq(account) AS accounts, uniq(person) AS users, count() AS events"
# Facts are read once, and people known once, for all that is counted of them. The best features come first among their like.
_REPORT = f"""
SELECT toDate(at, {{zone:String}}) AS day, if(kind = {{tracked:String}}, event, '') AS feature,
  grouping(day) = 0 AS of_day, grouping(feature) = 0 AS of_feature, {_COUNTS}
FROM ({_USE}) GROUP BY GROUPING SETS ((), (day), (feature)) HAVING NOT (of_feature AND feature = '')
ORDER BY users DESC, events DESC, feature LIMIT {LONGEST.days} BY of_day, of_feature
"""  # noqa: S608 -- constants
_FIGURES = f"""
SELECT account, toDate(at, {{zone:String}}) AS day, grouping(day) = 0 AS of_day,
  uniqIf(person, at >= split) AS users, uniqIf(person, at < split) AS users_before, countIf(at >= split) AS events,
  fromUnixTimestamp64Milli({{split:Int64}}, 'UTC') AS split FROM ({_USE}) GROUP BY GROUPING SETS ((account), (account, day))
"""  # noqa: S608 -- constants
_PEOPLE = f"""
SELECT person, max(JSONExtractString(payload, 'proof') IN ('server', 'signature')) AS verified, count() AS events, max(at) AS last_at
FROM ({_USE}) WHERE person != 0
GROUP BY person ORDER BY events DESC, person LIMIT {PEOPLE}
"""  # noqa: S608 -- constants


def usage_report(
    actor: Actor, *, first: date, last: date, account: Account | None = None, exclude_suspicious: bool = True
) -> UsageReport:
    """Return how products were used in these days (the tenant's, both included), by one account if given.

    Raises Forbidden, InvalidInput, ClickHouseAway.
    """
    asked = _asked(actor, first, last, account, exclude_suspicious=exclude_suspicious)
    zone = ZoneInfo(org.tenant(actor).timezone)
    found = rows(actor.tenant_id, _REPORT, zone=zone.key, tracked=EventTracked.kind, **asked)
    days = {row["day"]: _count(row) for row in found if row["of_day"]}
    features = [row for row in found if row["of_feature"]][:FEATURES]
    every_day = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return UsageReport(
        whole=next((_count(row) for row in found if not (row["of_day"] or row["of_feature"])), UsageCount()),
        days={day: days.get(day, UsageCount()) for day in every_day},
        features={row["feature"]: _count(row) for row in features},
        pql=_pql(asked, account),
    )


def accounts(actor: Actor, *, search: str = "", silent_days: int = 0) -> QuerySet[Account]:
    """Return the accounts the actor may see: named or keyed like `search`, and silent for `silent_days` if given. Raises Forbidden."""
    actor.require(SEE_USAGE)
    found = Account.visible_to(actor)
    if search:
        found = found.filter(Q(name__icontains=search) | Q(key__icontains=search))
    if silent_days:
        found = found.filter(last_seen_at__lt=clock.now() - timedelta(days=silent_days))
    return found


def account(actor: Actor, account_id: int) -> Account:
    """Return one account. Raises Forbidden, NotFound."""
    found = accounts(actor).filter(id=account_id).first()
    if found is None:
        raise NotFound
    return found


def figures_of(actor: Actor, found: Sequence[Account]) -> dict[str, AccountFigures]:
    """Return the last 28 days of each of these accounts by key, suspicious traffic left out. Raises ClickHouseAway."""
    zone = ZoneInfo(org.tenant(actor).timezone)
    today = clock.now().astimezone(zone).date()
    first = today - timedelta(days=DAYS - 1)
    keys = [one.key for one in found]
    if not keys:
        return {}
    since, until = period_of(first - timedelta(days=DAYS), today, zone)
    asked: dict[str, Any] = {
        "kinds": usage_kinds(),
        "keys": keys,
        "since": since,
        "until": until,
        "everything": False,
        "split": int(datetime.combine(first, time(), tzinfo=zone).timestamp() * 1000),
    }
    counts = rows(actor.tenant_id, _FIGURES, zone=zone.key, **asked)
    trend = {(row["account"], row["day"]): row["events"] for row in counts if row["of_day"]}
    counted = {row["account"]: row for row in counts if not row["of_day"]}
    every_day = [first + timedelta(days=number) for number in range(DAYS)]
    return {
        key: AccountFigures(
            users=counted[key]["users"] if key in counted else 0,
            users_before=counted[key]["users_before"] if key in counted else 0,
            events=counted[key]["events"] if key in counted else 0,
            trend=tuple(trend.get((key, day), 0) for day in every_day),
        )
        for key in keys
    }


def people_of(
    actor: Actor, *, first: date, last: date, account: Account, exclude_suspicious: bool = True
) -> list[AccountPerson]:
    """Return who acted for an account in these days, the busiest first, at most PEOPLE. Raises Forbidden, InvalidInput, ClickHouseAway."""
    asked = _asked(actor, first, last, account, exclude_suspicious=exclude_suspicious)
    found = rows(actor.tenant_id, _PEOPLE, **asked)
    seen = people.contacts_by_id(actor, [row["person"] for row in found if row["person"] < ANONYMOUS_BIT])
    return [
        AccountPerson(
            row["person"] if row["person"] in seen else None, bool(row["verified"]), row["events"], row["last_at"]
        )
        for row in found
    ]


def usage_kinds() -> list[str]:
    """Return the kinds of facts that are use of a product: what the collector takes in, save who somebody is."""
    return [
        kind
        for kind in traffic_kinds()
        if kind not in (VisitorIdentified.kind, IdentityAliased.kind, AccountJoined.kind)
    ]


def _asked(
    actor: Actor, first: date, last: date, account: Account | None, *, exclude_suspicious: bool
) -> dict[str, Any]:
    actor.require(SEE_USAGE)
    since, until = period_of(first, last, ZoneInfo(org.tenant(actor).timezone))
    return {
        "kinds": usage_kinds(),
        "keys": [account.key] if account else [],
        "since": since,
        "until": until,
        "everything": not exclude_suspicious,
    }


def _pql(asked: dict[str, Any], account: Account | None) -> int:
    ends = [datetime.fromtimestamp(asked[name] / 1000, UTC) for name in ("since", "until")]
    touches = PqlTouch.objects.filter(at__gte=ends[0], at__lt=ends[1]).exclude(contact=None)
    if account:
        touches = touches.filter(account=account.key)
    return touches.order_by().values("contact_id").distinct().count()


def _count(row: dict[str, Any]) -> UsageCount:
    return UsageCount(row["accounts"], row["users"], row["events"])

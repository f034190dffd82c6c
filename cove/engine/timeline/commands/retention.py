"""Behaviour that has grown old: it leaves the log as far as every consumer has passed it, and ClickHouse.

ClickHouse drops by itself what is certain to go (`queries.ageing`); what is not over for everybody, was dated back, or was left behind by a
change of the limit is removed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cove.directory.privacy import facade as privacy
from cove.engine.timeline.queries.ageing import BEHAVIOUR, CALLBACKS, FACTS, Ageing, Group
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import remove, rows
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.log.ageing import drop_aged
from cove.kernel.log.forget import drop_facts
from cove.kernel.personal_data import Retained, keeps
from cove.kernel.words import Words

PATIENCE = timedelta(days=3)
"""How long ClickHouse may take to drop what is over: a day until midnight, a day until it looks, a day to be late."""

_KNOWN = "SELECT visitor FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}"
_ANONYMOUS = f"person_id >= {ANONYMOUS_BIT} AND person_id NOT IN ({_KNOWN})"
_COUNT = "SELECT count() AS n FROM {table} WHERE tenant_id = {{tenant:UInt64}} AND {where}"
_LEAVING = (
    "toDateTime64({moment}, 3, 'UTC') >= fromUnixTimestamp64Milli({{overdue:Int64}}, 'UTC') "
    "AND toDateTime64({moment}, 3, 'UTC') < fromUnixTimestamp64Milli({{certain:Int64}}, 'UTC')"
)

_POSITIONS = """
SELECT position FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND position > {{after:UInt64}} AND {where}
ORDER BY position LIMIT {{limit:UInt32}}
"""


def _old(key: str, label: Words, *, least: int, usual: int | None, group: Group, whose: str) -> Retained:
    """Declare the facts of a group and of some people (`whose`, a condition) as a class that goes with age."""
    counting = _COUNT.format(table=FACTS.table, where=f"{FACTS.old} AND {whose}")
    positions = _POSITIONS.format(where=f"{FACTS.old} AND {whose}")

    def asked(before: datetime) -> dict[str, Any]:
        return {"kinds": group.kinds(), "before": _milliseconds(before)}

    def count(actor: Actor, before: datetime) -> int:
        return int(rows(actor.tenant_id, counting, **asked(before))[0]["n"])

    def take_away(actor: Actor, before: datetime, most: int) -> int:
        """Drop old facts from the log, first those that ClickHouse knows; from ClickHouse what does not go by itself."""
        days = privacy.days_kept(actor, group.keys)
        certain = _certain(group, days)
        gone, after = 0, 0
        while page := rows(actor.tenant_id, positions, **asked(before), after=after, limit=most):
            gone += drop_facts([row["position"] for row in page])
            after = page[-1]["position"]
        removed = [_remove(actor, table, whose, asked(before), certain) for table in group.tables]
        walked = 0
        if certain is not None and group.walker(days) == key:
            walked = drop_aged(group.name, kinds=group.kinds(), before=certain)
        return max(gone, *removed) + walked

    return keeps(Retained(key, label, least, usual, count, take_away))


def _certain(group: Group, days: Mapping[str, int | None]) -> datetime | None:
    longest = group.certain_days(days)
    return None if longest is None else clock.now() - timedelta(days=longest)


def _remove(actor: Actor, table: Ageing, whose: str, asked: Mapping[str, Any], certain: datetime | None) -> int:
    """Remove what is old from a table of ClickHouse, unless all of it is about to go by itself; return how many rows went."""
    old, stays = f"{table.old} AND {whose}", dict(asked)
    if certain is not None:
        old = f"{old} AND NOT ({_LEAVING.format(moment=table.moment)})"
        stays |= {"certain": _milliseconds(certain), "overdue": _milliseconds(certain - PATIENCE)}
    found = int(rows(actor.tenant_id, _COUNT.format(table=table.table, where=old), **stays)[0]["n"])
    if found:
        remove(actor.tenant_id, table.table, old, **stays)
    return found


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


ANONYMOUS = _old(
    "timeline.anonymous",
    Words("匿名访客行为", "Behaviour of anonymous visitors"),
    least=7,
    usual=None,
    group=BEHAVIOUR,
    whose=_ANONYMOUS,
)
CONTACTS = _old(
    "timeline.contacts",
    Words("客户行为", "Behaviour of contacts"),
    least=30,
    usual=None,
    group=BEHAVIOUR,
    whose=f"NOT ({_ANONYMOUS})",
)
# What a platform told as it told it: everything of worth was taken over into facts of its own.
OLD_CALLBACKS = _old(
    "timeline.callbacks",
    Words("平台原始回调", "Callbacks of platforms as they came"),
    least=7,
    usual=30,
    group=CALLBACKS,
    whose="person_id = 0",
)

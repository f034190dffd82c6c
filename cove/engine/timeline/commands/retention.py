"""Behaviour that has grown old: it leaves ClickHouse, and the log as far as every consumer has passed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import remove, rows
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.log.fact import catalogue
from cove.kernel.log.forget import drop_facts
from cove.kernel.personal_data import Retained, keeps
from cove.kernel.words import Words

_KNOWN = "SELECT visitor FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}"
_OLD = "kind IN {kinds:Array(String)} AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')"
_ANONYMOUS = f"person_id >= {ANONYMOUS_BIT} AND person_id NOT IN ({_KNOWN})"
_COUNT = "SELECT count() AS n FROM timeline_fact WHERE tenant_id = {{tenant:UInt64}} AND {where}"

_POSITIONS = """
SELECT position FROM timeline_fact
WHERE tenant_id = {{tenant:UInt64}} AND position > {{after:UInt64}} AND {where}
ORDER BY position LIMIT {{limit:UInt32}}
"""


def _kinds() -> list[str]:
    """Return the kinds of behaviour: what visitors do, of which it is later known whose it was."""
    return [kind.kind for kind in catalogue if kind.shows_presence and "contact_id" not in kind.model_fields]


def _where(*, anonymous: bool) -> str:
    return f"{_OLD} AND {_ANONYMOUS if anonymous else f'NOT ({_ANONYMOUS})'}"


def _asked(before: datetime) -> dict[str, object]:
    return {"kinds": _kinds(), "before": int(before.timestamp() * 1000)}


def _count(*, anonymous: bool) -> Callable[[Actor, datetime], int]:
    sql = _COUNT.format(where=_where(anonymous=anonymous))

    def count(actor: Actor, before: datetime) -> int:
        return int(rows(actor.tenant_id, sql, **_asked(before))[0]["n"])

    return count


def _remove(*, anonymous: bool) -> Callable[[Actor, datetime, int], int]:
    where = _where(anonymous=anonymous)
    positions, counted = _POSITIONS.format(where=where), _count(anonymous=anonymous)

    def take_away(actor: Actor, before: datetime, most: int) -> int:
        """Drop old behaviour from the log, `most` at a time, then from ClickHouse, which knows it until the log is done."""
        asked, after = _asked(before), 0
        gone = counted(actor, before)
        while page := [row["position"] for row in rows(actor.tenant_id, positions, **asked, after=after, limit=most)]:
            drop_facts(page)
            after = page[-1]
        if gone:
            remove(actor.tenant_id, "timeline_fact", where, **asked)
        return gone

    return take_away


ANONYMOUS = keeps(
    Retained(
        "timeline.anonymous",
        Words("匿名访客行为", "Behaviour of anonymous visitors"),
        7,
        None,
        _count(anonymous=True),
        _remove(anonymous=True),
    )
)
CONTACTS = keeps(
    Retained(
        "timeline.contacts",
        Words("客户行为", "Behaviour of contacts"),
        30,
        None,
        _count(anonymous=False),
        _remove(anonymous=False),
    )
)

"""What grows old of timelines, and from which age on it goes whoever's it was.

Behaviour of the unknown and of contacts may have different limits, and who is known changes. What is older than the longer of the two
goes in any case: that is what ClickHouse may drop by itself (`certain_days`), and what the log is walked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cove.directory.privacy import facade as privacy
from cove.facts.wecom import CallbackAccepted
from cove.kernel.clickhouse.limits import LONGEST_DAYS, Limit
from cove.kernel.log.fact import catalogue
from cove.kernel.personal_data import retained


@dataclass(frozen=True, slots=True)
class Ageing:
    """A table of ClickHouse: `old` tells which rows are over `{before:Int64}`, `moment` is the time from which a row's age is certain.

    A fact that was dated back is as old as its recording: the log must have been looked through before ClickHouse forgets it.
    """

    table: str
    old: str
    moment: str


FACTS = Ageing(
    "timeline_fact",
    "kind IN {kinds:Array(String)} AND at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')",
    "greatest(at, recorded_at)",
)
VISITS = Ageing("timeline_session", "day < toDate(fromUnixTimestamp64Milli({before:Int64}, 'UTC'))", "day")
VERDICTS = Ageing("timeline_verdict", "slice < fromUnixTimestamp64Milli({before:Int64}, 'UTC')", "slice")


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of fact that are certain to go at one age: the longest of those of the classes `keys`; none if one is kept for ever."""

    name: str
    keys: tuple[str, ...]
    kinds: Callable[[], list[str]]
    tables: tuple[Ageing, ...]

    def certain_days(self, days: Mapping[str, int | None]) -> int | None:
        """Return at which age everything of the group is over, None where that is never or too far off for ClickHouse to tell."""
        found = [days[key] for key in self.keys]
        longest = max((one for one in found if one is not None), default=None)
        return None if longest is None or None in found or longest > LONGEST_DAYS else longest

    def walker(self, days: Mapping[str, int | None]) -> str:
        """Return the class at whose turn the log is walked: the last that is kept the longest."""
        return max(self.keys, key=lambda key: (days[key] or 0, self.keys.index(key)))


def _behaviour() -> list[str]:
    """Return the kinds of behaviour: what visitors do, of which it is later known whose it was."""
    return sorted(kind.kind for kind in catalogue if kind.shows_presence and "contact_id" not in kind.model_fields)


def _callbacks() -> list[str]:
    return [CallbackAccepted.kind]


BEHAVIOUR = Group(
    "timeline.behaviour", ("timeline.anonymous", "timeline.contacts"), _behaviour, (FACTS, VISITS, VERDICTS)
)
CALLBACKS = Group("timeline.callbacks", ("timeline.callbacks",), _callbacks, (FACTS,))
GROUPS = (BEHAVIOUR, CALLBACKS)


def limits() -> Iterator[tuple[Ageing, list[Limit]]]:
    """Give each table with the limits of all tenants, as they were decided."""
    decided = privacy.days_decided([key for group in GROUPS for key in group.keys])
    found: dict[Ageing, list[Limit]] = {table: [] for group in GROUPS for table in group.tables}
    for group in GROUPS:
        by_tenant = {tenant_id: group.certain_days(days) for tenant_id, days in decided.items()}
        usual = group.certain_days({key: retained[key].usual for key in group.keys})
        kinds = ", ".join(f"'{kind}'" for kind in group.kinds())
        for table in group.tables:
            of_kind = f"kind IN ({kinds})" if table is FACTS else ""
            found[table] += list(_limits(by_tenant, usual, of_kind))
    yield from found.items()


def _limits(by_tenant: Mapping[int, int | None], usual: int | None, of_kind: str) -> Iterator[Limit]:
    """Give a limit for each number of days: of the tenants that chose it, and of all that did not choose another than the usual."""
    chosen: dict[int, list[int]] = {}
    others = sorted(tenant_id for tenant_id, days in by_tenant.items() if days != usual)
    for tenant_id in others:
        days = by_tenant[tenant_id]
        if days is not None:
            chosen.setdefault(days, []).append(tenant_id)
    for days, tenants in chosen.items():
        yield Limit(days, _both(of_kind, f"tenant_id IN ({_list(tenants)})"))
    if usual is not None:
        yield Limit(usual, _both(of_kind, f"tenant_id NOT IN ({_list(others)})" if others else ""))


def _both(*conditions: str) -> str:
    return " AND ".join(one for one in conditions if one) or "1"


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))

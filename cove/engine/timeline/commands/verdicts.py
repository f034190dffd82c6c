"""What turns out later about how suspicious somebody's behaviour was: kept beside the facts, which stay as they are."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cove.engine.timeline.commands.watching import tell_watchers
from cove.engine.timeline.contracts import VERDICT_COLUMNS, Verdict
from cove.engine.timeline.queries.watching import news_of, watched
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import insert_block, remove, rows
from cove.kernel.ids import ANONYMOUS_BIT, new_slug, person_id
from cove.kernel.personal_data import Holder, Person, holds
from cove.kernel.words import Words

_THEIRS = "person_id IN {people:Array(UInt64)}"
_COUNT = f"SELECT count() AS n FROM timeline_verdict FINAL WHERE tenant_id = {{tenant:UInt64}} AND {_THEIRS}"  # noqa: S608 -- constants
_ALL = f"""
SELECT slice, score, reasons FROM timeline_verdict FINAL
WHERE tenant_id = {{tenant:UInt64}} AND stands AND {_THEIRS} ORDER BY slice
"""  # noqa: S608 -- constants


def keep_verdicts(tenant_id: int, verdicts: Sequence[Verdict], *, token: str = "") -> None:
    """Write verdicts down and tell whoever has the timeline of such a visitor open; the newest about a slice wins.

    The same `token` again writes nothing again. Raises ClickHouseAway.
    """
    version = time.time_ns() // 1000
    block = [
        [tenant_id, one.person_id, one.slice, one.score, list(one.reasons), one.mark, one.stands, version]
        for one in verdicts
    ]
    if block:
        insert_block("timeline_verdict", VERDICT_COLUMNS, block, token=f"verdicts:{token or new_slug(16)}")
        _tell(Actor.system(tenant_id), verdicts)


def _tell(actor: Actor, verdicts: Sequence[Verdict]) -> None:
    contacts = watched(actor)
    if not contacts:
        return
    visitors: dict[int, datetime] = {}
    for one in verdicts:
        visitor = one.person_id - ANONYMOUS_BIT
        visitors[visitor] = min(one.slice, visitors.get(visitor, one.slice))
    if news := news_of(actor, contacts, {}, visitors):
        tell_watchers(actor, news=news)


def _people(person: Person) -> dict[str, Any]:
    return {"people": [person_id(visitor=one) for one in person.visitors]}


def _count(actor: Actor, person: Person) -> int:
    return int(rows(actor.tenant_id, _COUNT, **_people(person))[0]["n"])


def _collect(actor: Actor, person: Person) -> Iterator[dict[str, Any]]:
    yield from rows(actor.tenant_id, _ALL, **_people(person))


def _erase(actor: Actor, person: Person) -> int:
    """His facts become a nameless visitor's, and so do the verdicts about them: what was left out of reports stays left out."""
    found = rows(actor.tenant_id, _ALL, **_people(person))
    statistic = person_id(visitor=person.statistic)
    keep_verdicts(
        actor.tenant_id, [Verdict(statistic, row["slice"], row["score"], tuple(row["reasons"])) for row in found]
    )
    if _count(actor, person):
        remove(actor.tenant_id, "timeline_verdict", _THEIRS, **_people(person))
    return len(found)


VERDICTS = holds(
    Holder(
        "timeline.verdicts",
        Words("流量质量判定", "Verdicts about traffic"),
        ("clickhouse:timeline_verdict",),
        _count,
        _collect,
        _erase,
        {
            "slice": Words("起始时间", "From"),
            "score": Words("可疑程度", "Suspicion"),
            "reasons": Words("理由", "Reasons"),
        },
        "outside",
    )
)
